"""The scheme with the agency of the standard, and the data providers."""

from icstip.artefacts.base import Reference, Texts
from icstip.artefacts.items import AgencyScheme, DataProviderScheme, Item
from icstip.standard.model import NO_TEXTS, Code, Scheme, Standard
from icstip.structures.building.maintenance import AGENCIES, DATA_PROVIDERS, UNVERSIONED, Issue, provenance
from icstip.texts import LANGUAGES, texts

_TOP = "SDMX"
"""Maintains the agencies that stand below no other one."""


def build_agency_scheme(standard: Standard) -> AgencyScheme:
    """Return the scheme that the agency of the standard belongs to.

    It is maintained by the agency above, which knows more agencies than this one: it is always partial.
    """
    above, _, agency = standard.agency.rpartition(".")
    return AgencyScheme(
        id=AGENCIES,
        agency=above or _TOP,
        version=UNVERSIONED,
        name=_agencies(standard.languages),
        items=(Item(id=agency, name=standard.agency_name),),
        partial=True,
    )


def build_provider_scheme(scheme: Scheme, issue: Issue) -> DataProviderScheme:
    """Return the scheme of those who report data."""
    return DataProviderScheme(
        id=DATA_PROVIDERS,
        agency=issue.standard.agency,
        version=UNVERSIONED,
        name=scheme.name,
        description=scheme.description,
        items=tuple(_provider(provider) for provider in issue.standard.providers),
    )


def provider_reference(provider: str, issue: Issue) -> Reference:
    """Return the reference to a data provider of the standard."""
    return Reference("DataProvider", issue.standard.agency, DATA_PROVIDERS, UNVERSIONED, provider)


def _provider(provider: Code) -> Item:
    return Item(id=provider.id, name=provider.name, annotations=provenance(provider.source))


def _agencies(languages: tuple[str, ...]) -> Texts:
    key = "artefact.agencies"
    spoken = [language for language in languages if language in LANGUAGES]
    return {
        language: texts(language)[key] for language in spoken or LANGUAGES[:1] if key in texts(language)
    } or NO_TEXTS
