"""Settings of Eurostat's SDMX Converter that are not about places: what of them a mapping says, and what it cannot."""

from collections.abc import Iterator, Mapping
from typing import Final

from icstip.findings import Finding, TextId
from icstip.mapping.figures import CellMeanings
from icstip.mapping.importing.checked import NO_SUCH_SETTING, OTHERWISE
from icstip.mapping.importing.converter_book import ConverterBook
from icstip.mapping.importing.imported import Part
from icstip.mapping.importing.parameters import Parameters, Setting, cell_address, column_letters, whole

# What a mapping does in another way, or does not do, by the setting: the key of the text that says it.
_OTHERWISE: Final[Mapping[str, str]] = {
    "maxemptyrows": "import.to-the-end",
    "maxemptycolumns": "import.to-the-end",
    "skipincompletekeys": "import.set-aside",
    "formatvalues": "import.as-stored",
}
_LOST: Final[Mapping[str, str]] = {
    "skipobservationwithvalue": "import.no-skipping",
    "codesfromexternalfile": "import.no-code-sheet",
    "subfieldseparator": "import.one-value",
    "roundingprecision": "import.no-rounding",
    "roundtofit": "import.no-rounding",
}
_NOT_DONE: Final = "false"
_MISSING: Final = frozenset({"", "nan", "null"})
"""Default values that say that a figure is missing, without case."""


def signs_part(parameters: Parameters, meanings: CellMeanings) -> Iterator[Part]:
    """Yield what the sign for a missing figure means: missing, or the number that is put in its place."""
    sign = parameters.value("missingobservationcharacter")
    if sign:
        default = parameters.value("defaultvalue")
        meaning = {"value": default} if _is_number(default) else dict(meanings.blank)
        yield Part("[figures.signs]", {sign: meaning})


def settings_remarks(book: ConverterBook) -> tuple[Finding, ...]:
    """Return what settings a mapping cannot say, or does in another way."""
    return tuple(_remarks(book))


def _remarks(book: ConverterBook) -> Iterator[Finding]:
    parameters = book.parameters
    for setting in parameters.unknown:
        yield _remark(NO_SUCH_SETTING, setting, "import.not-known")
    for name, settings in parameters.settings.items():
        for setting in settings:
            yield from _of_setting(name, setting)
    if book.lacks_transcoding:
        told = f"TranscodingSheet = {book.lacks_transcoding}"
        yield Finding(NO_SUCH_SETTING, parameters.place, told, {"reason": TextId("import.no-sheet")})
    for sheet in book.empty:
        yield Finding(OTHERWISE, parameters.place, sheet, {"reason": TextId("import.no-figures")})
    if not book.data:
        yield Finding(OTHERWISE, parameters.place, parameters.sheet, {"reason": TextId("import.no-data")})


def _of_setting(name: str, setting: Setting) -> Iterator[Finding]:
    value = setting.value.casefold().strip()
    if reason := _OTHERWISE.get(name):
        yield _remark(OTHERWISE, setting, reason)
    elif (reason := _LOST.get(name)) and value not in {"", _NOT_DONE}:
        yield _remark(NO_SUCH_SETTING, setting, reason)
    elif name == "defaultvalue" and value not in _MISSING:
        yield _remark(NO_SUCH_SETTING, setting, "import.no-default")
    elif not _is_understood(name, setting.value):
        yield _remark(NO_SUCH_SETTING, setting, "import.not-understood")


def _remark(code: str, setting: Setting, reason: str) -> Finding:
    return Finding(code, setting.place, f"{setting.name} = {setting.value}", {"reason": TextId(reason)})


def _is_understood(name: str, value: str) -> bool:
    parts = [part.strip() for part in value.split(",") if part.strip()]
    match name:
        case "dataend":
            return cell_address(value) is not None
        case "numcolumns":
            return bool(whole(value))
        case "skiprows":
            return all(whole(part) for part in parts)
        case "skipcolumns":
            return all(column_letters(part) for part in parts)
        case _:
            return True


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()
