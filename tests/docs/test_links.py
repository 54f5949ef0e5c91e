"""Links inside the documents lead somewhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _links(documents: Mapping[str, str], prose: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    """Yield document, target and anchor of each link that leads to the repository itself."""
    for document, text in documents.items():
        for link in _LINK.findall(prose(text)):
            if ":" not in link:
                target, _, anchor = link.partition("#")
                path = (ROOT / PurePosixPath(document).parent / target).resolve() if target else ROOT / document
                yield document, path.relative_to(ROOT).as_posix(), anchor


def test_each_link_leads_to_a_file(documents: Mapping[str, str], prose: Callable[[str], str]) -> None:
    broken = [(source, target) for source, target, _ in _links(documents, prose) if not (ROOT / target).is_file()]
    assert broken == []


def test_each_anchor_is_a_heading_of_its_document(
    documents: Mapping[str, str], prose: Callable[[str], str], anchors: Callable[[str], set[str]]
) -> None:
    with_anchor = [link for link in _links(documents, prose) if link[2]]
    assert with_anchor
    assert [link for link in with_anchor if link[2] not in anchors(documents[link[1]])] == []


def test_the_readme_leads_to_every_page_for_users(documents: Mapping[str, str], prose: Callable[[str], str]) -> None:
    reached = {target for source, target, _ in _links(documents, prose) if source == "README.md"}
    pages = {
        name for name in documents if name.startswith(("docs/howto/", "docs/reference/")) or name == "docs/tutorial.md"
    }
    assert pages - reached == set()


def test_each_decision_says_context_decision_and_consequences(documents: Mapping[str, str]) -> None:
    decisions = [text for name, text in documents.items() if re.match(r"docs/adr/\d{4}-", name)]
    numbers = [int(re.match(r"# (\d+)\. ", text)[1]) for text in decisions if re.match(r"# (\d+)\. ", text)]  # type: ignore[index] # matched before
    assert numbers == list(range(1, len(decisions) + 1))
    for text in decisions:
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
