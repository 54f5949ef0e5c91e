"""The texts: every language says the same things, and every code and error has its texts."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

import icstip
from icstip.errors import IcstipError
from icstip.findings import SEVERITIES, VARIANTS
from icstip.texts import LANGUAGES, texts

TRANSLATIONS = tuple(language for language in LANGUAGES if language != "en")
SOURCES = Path(icstip.__file__).parent

# Words that are spelt alike, and numbers and names that are put together.
ALIKE: Mapping[str, frozenset[str]] = {
    "fr": frozenset(
        {
            "collection.column.action",
            "collection.column.structures",
            "report.balance.sum",
            "report.data.observations",
            "report.findings.info",
            "report.how.exact",
            "report.labels.code",
            "show.attachments.observation",
            "show.codes",
            "show.dimensions",
            "show.position",
            "show.roles.dimension",
            "show.source",
            "show.version",
            "structure-diff.columns.artefact",
            "structure-diff.columns.version",
            "structure-diff.kind.annotation",
            "structure-diff.kind.contact",
            "structure-diff.kind.description",
        }
    ),
    "es": frozenset(
        {
            "losses.line",
            "report.balance.sum",
            "report.findings.error",
            "validation.pair",
            "validation.severity.error",
        }
    ),
    "ar": frozenset({"report.balance.sum", "validation.pair"}),
}

# These hand their first argument on to an error, under the names that follow.
THROUGH = frozenset({"Fault", "_error", "MistakesError", "RowsError"})
HANDED_ON = frozenset({"fault.kind", "message"})


class Raised(NamedTuple):
    """An error as the code raises it: where, its id, and the parameters that it gives to the text."""

    place: str
    message_id: str
    params: frozenset[str]


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def is_arabic(character: str) -> bool:
    return "\u0620" <= character <= "\u064a"


def files_of(language: str) -> dict[str, Mapping[str, object]]:
    folder = SOURCES / "texts" / language
    return {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}


def keys_of(table: Mapping[str, object], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def kinds_of(kind: type[IcstipError]) -> Iterator[type[IcstipError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds_of(below)


def errors_raised() -> Iterator[Raised]:
    """Yield every error that the code raises, or prepares to raise."""
    names = {kind.__name__ for kind in kinds_of(IcstipError)} | THROUGH
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rpartition(".")[2] in names:
                place = f"{path.relative_to(SOURCES).as_posix()}:{node.lineno}"
                if ast.unparse(node.args[0]) not in HANDED_ON:
                    yield Raised(place, message_id(node.args[0], path), params_of(node))


def message_id(argument: ast.expr, path: Path) -> str:
    """Return a string that is written out, or that a constant of the module holds."""
    if isinstance(argument, ast.Name):
        module = ".".join(("icstip", *path.relative_to(SOURCES).with_suffix("").parts))
        return str(getattr(import_module(module), argument.id))
    return str(ast.literal_eval(argument))


def params_of(call: ast.Call) -> frozenset[str]:
    if ast.unparse(call.func) == "Fault":
        return frozenset({"value"})
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg) - {"where"}


def error_keys(language: str) -> set[str]:
    return {key for key in texts(language) if key.startswith("error.")}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_language_has_the_files_and_keys_of_english(language: str) -> None:
    english = {name: set(keys_of(table)) for name, table in files_of("en").items()}
    assert {name: set(keys_of(table)) for name, table in files_of(language).items()} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_stands_in_one_file_only(language: str) -> None:
    counts = Counter(key for table in files_of(language).values() for key in keys_of(table))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_text_has_the_same_placeholders_in_every_language(language: str) -> None:
    translated = {key: placeholders(text) for key, text in texts(language).items()}
    assert translated == {key: placeholders(text) for key, text in texts("en").items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_blanks_around_it(language: str) -> None:
    assert [key for key, text in texts(language).items() if not text or text != text.strip()] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_only_words_that_are_spelt_alike_are_the_same_as_in_english(language: str) -> None:
    english = texts("en")
    assert {key for key, text in texts(language).items() if text == english.get(key)} == ALIKE[language]


def test_arabic_texts_have_arabic_letters() -> None:
    without = {key for key, text in texts("ar").items() if not any(map(is_arabic, text))}
    assert without == ALIKE["ar"]


def test_arabic_findings_and_errors_begin_in_arabic_so_that_they_are_laid_out_from_the_right() -> None:
    # A reader of mixed text takes its direction from the first letter, which a value in Latin letters must not be.
    told = (item for item in texts("ar").items() if item[0].startswith(("finding.", "error.")))
    assert [key for key, text in told if not is_arabic(text[0])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_title_message_and_hint_and_every_such_text_has_a_code(language: str) -> None:
    registered = {f"finding.{code}.{part}" for code in SEVERITIES for part in ("title", "message", "hint")}
    variants = [(code, variant) for code, several in VARIANTS.items() for variant in several]
    registered |= {f"finding.{code}.{part}-{variant}" for code, variant in variants for part in ("message", "hint")}
    assert {key for key in texts(language) if key.startswith("finding.")} == registered


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_that_is_raised_has_a_text(language: str) -> None:
    known = error_keys(language)
    assert [raised for raised in errors_raised() if f"error.{raised.message_id}" not in known] == []


def test_every_text_of_an_error_is_used() -> None:
    assert error_keys("en") - {f"error.{raised.message_id}" for raised in errors_raised()} == set()


def test_an_error_is_given_what_its_text_needs() -> None:
    english = texts("en")
    told = ((raised, english.get(f"error.{raised.message_id}", "")) for raised in errors_raised())
    assert [raised for raised, text in told if not raised.params >= placeholders(text).keys()] == []
