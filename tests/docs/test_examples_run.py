"""Every example of the documents does what it shows: commands in blocks `console`, Python in blocks `pycon`.

A line that ends with a file name in backticks and a colon says under which name another block after it is saved.
In what a command shows, a line ``…`` stands for any lines and ``…`` at the end of a line for the rest of it. A command
ends with exit code 0, unless ``$ echo $?`` after it shows another one.
"""

import doctest
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.registry.server import LocalRegistry
from tests.registry.service import Credentials

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "docs/tutorial.md",
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs" / "howto").glob("*.md"))),
    "docs/reference/python.md",
    "registry_samples/README.md",
)
RUN = ("console", "pycon")
INSTALLS_OR_UPLOADS = re.compile(r"make \w+|\. \.venv/bin/activate|curl .*|  --data-binary .*")

_BLOCK = re.compile(r"(?P<before>[^\n]*)\n+```(?P<language>[\w-]+)\n(?P<body>.*?)\n```$", re.MULTILINE | re.DOTALL)
_SAVED_AS = re.compile(r"`([\w./-]+)`:$")
_END = "\x1e"
_STATUS = "$ echo $?"


@dataclass(frozen=True)
class Block:
    """A block of code: what it is written in, what it says, and under which name a reader saves it."""

    language: str
    body: str
    saved_as: str


def _blocks(document: str) -> Iterator[Block]:
    for found in _BLOCK.finditer((ROOT / document).read_text(encoding="utf-8")):
        name = _SAVED_AS.search(found["before"])
        is_saved = name is not None and found["language"] not in RUN
        yield Block(found["language"], found["body"], name[1] if name and is_saved else "")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like that of the project, in which an example may write."""
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    shutil.copytree(ROOT / "dsd", tmp_path / "dsd")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ICSTIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ICSTIP_CACHE", str(tmp_path / "kept"))
    return tmp_path


@pytest.fixture(autouse=True)
def registry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A registry at the address `$REGISTRY`, which knows who asks."""
    assert folder.is_dir()  # whose environment is the one that is changed
    with LocalRegistry(credentials=Credentials("alice", "a password")) as running:
        monkeypatch.setenv("REGISTRY", running.url)
        monkeypatch.setenv("ICSTIP_REGISTRY_USER", "alice")
        monkeypatch.setenv("ICSTIP_REGISTRY_PASSWORD", "a password")
        yield


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_examples_of_a_document_do_what_they_show(document: str, folder: Path) -> None:
    names: dict[str, object] = {}
    blocks = list(_blocks(document))
    for block in blocks:
        if block.saved_as:
            path = folder / block.saved_as
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{block.body}\n", encoding="utf-8")
        elif block.language == "console":
            _run_commands(block.body, folder)
        elif block.language == "pycon":
            names = _run_python(block.body, names, document)
    assert any(block.language in RUN for block in blocks)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_not_run_only_installs_or_needs_what_a_test_has_not(document: str) -> None:
    lines = [line for block in _blocks(document) if block.language == "sh" for line in block.body.splitlines()]
    assert [line for line in lines if not INSTALLS_OR_UPLOADS.fullmatch(line)] == []


@pytest.mark.parametrize(
    ("shown", "output", "fits"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a", "…", "d"], "a\nb\nc\nd\n", True),
        (["a", "…"], "a\n", True),
        (["ab…"], "abc\n", True),
        (["a"], "a\nb\n", False),
        (["a", "c"], "a\nb\nc\n", False),
        ([], "anything\n", True),
    ],
)
def test_what_is_shown_is_compared_with_the_output(shown: list[str], output: str, fits: bool) -> None:  # noqa: FBT001
    assert _fits(shown, output) is fits


def _run_commands(body: str, folder: Path) -> None:
    """Run the commands of a block in one shell, so that `$?` is what it would be for a reader."""
    commands, shown = _parsed(body)
    script = "".join(
        f"{command}\n__status=$?; printf '{_END}%s{_END}' $__status; (exit $__status)\n" for command in commands
    )
    environment: Mapping[str, str] = {
        **os.environ,
        "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec 2>&1\n{script}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
        encoding="utf-8",
    )
    parts = done.stdout.split(_END)
    outputs, statuses = parts[0:-1:2], parts[1::2]
    for i, (command, lines, output, status) in enumerate(zip(commands, shown, outputs, statuses, strict=True)):
        assert _fits(lines, output), f"$ {command}\n{output}"
        is_shown = i + 1 < len(commands) and f"$ {commands[i + 1]}" == _STATUS
        assert is_shown or status == "0", f"$ {command}\nexit code {status}\n{output}"


def _parsed(body: str) -> tuple[list[str], list[list[str]]]:
    commands: list[str] = []
    shown: list[list[str]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            commands.append(line.removeprefix("$ "))
            shown.append([])
        else:
            shown[-1].append(line)
    return commands, shown


def _fits(shown: list[str], output: str) -> bool:
    """Return whether an output is what a document shows of it; a document may show nothing."""
    if not shown:
        return True
    patterns = [r"(?:.*\n)*?" if line == "…" else _line_pattern(line) for line in shown]
    return re.fullmatch("".join(patterns), output) is not None


def _line_pattern(line: str) -> str:
    return (re.escape(line[:-1]) + ".*" if line.endswith("…") else re.escape(line)) + r"\n"


def _run_python(body: str, names: dict[str, object], document: str) -> dict[str, object]:
    test = doctest.DocTestParser().get_doctest(f"{body}\n", names, document, document, 0)
    problems: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=problems.append, clear_globs=False)
    assert problems == [], "".join(problems)
    return test.globs
