"""Rules for `standard.toml`."""

import re
from collections.abc import Iterator
from datetime import datetime

from icstip.artefacts.versions import SEMANTIC
from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.model import AGENCY
from icstip.standard.settings import PREPARED, Settings

PROVIDERS = "DATA_PROVIDERS"
"""The id that SDMX gives to every data provider scheme (SDMXStructureOrganisation.xsd)."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def check_settings(source: StandardFolder) -> Iterator[Finding]:
    """Yield each setting that cannot be used."""
    settings = source.settings
    if not settings.faults:
        yield from _issue(settings)
        yield from _languages(settings)
        yield from _counting(source)
        yield from _schemes(source)


def _issue(settings: Settings) -> Iterator[Finding]:
    if not AGENCY.fullmatch(settings.string("standard", "agency")):
        yield _wrong(settings, "agency", "[A-Za-z][A-Za-z0-9_-]*")
    version = SEMANTIC.fullmatch(settings.string("standard", "version"))
    final = settings.value("standard", "final")
    if not version:
        yield _wrong(settings, "version", "1.0.0, 1.0.0-draft")
    elif final is True and version["extension"]:
        yield _wrong(settings, "version", version[0].removesuffix(version["extension"]))
    if not isinstance(final, bool):
        yield _wrong(settings, "final", "true, false")
    prepared = settings.value("standard", "prepared")
    if prepared is not None and not _is_time(prepared):
        yield _wrong(settings, "prepared", f'"{PREPARED}"')


def _languages(settings: Settings) -> Iterator[Finding]:
    found = settings.value("standard", "languages")
    names = settings.strings("standard", "languages")
    sound = isinstance(found, list) and 0 < len(found) == len(names) == len(set(names))
    if not sound or not all(_LANGUAGE.fullmatch(name) for name in names):
        yield _wrong(settings, "languages", '["en", "fr"]')


def _counting(source: StandardFolder) -> Iterator[Finding]:
    codelist = source.settings.string("lint", "counting_codelist")
    if codelist and source.codelists.usable and codelist not in source.heads:
        yield _wrong(source.settings, "counting_codelist", "codelists.csv", table="lint")


def _schemes(source: StandardFolder) -> Iterator[Finding]:
    settings = source.settings
    for key, table in (("category_scheme", source.categories), ("provider_scheme", source.providers)):
        if table.given and settings.value(key) is None:
            yield _wrong(settings, "id", key, table=key)
        elif settings.value(key) is not None and not table.given:
            yield _wrong(settings, "id", table.file, table=key)
    if settings.value("provider_scheme") is None:
        return
    if settings.string("provider_scheme", "id") != PROVIDERS:
        yield _wrong(settings, "id", PROVIDERS, table="provider_scheme")
    codelist = settings.string("provider_scheme", "codelist")
    if source.codelists.usable and codelist not in source.heads:
        yield _wrong(settings, "codelist", "codelists.csv", table="provider_scheme")


def _is_time(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _wrong(settings: Settings, field: str, expected: str, *, table: str = "standard") -> Finding:
    value = settings.value(table, field)
    place = settings.place(table, field)
    return Finding("STD-024", place, "" if value is None else str(value), {"field": field, "expected": expected})
