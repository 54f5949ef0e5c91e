"""Services that sdmx1 knows by a name."""

from icstip.errors import RegistryError
from icstip.registry.http.addresses import checked_address
from icstip.registry.queries import Rest


def known_address(given: str) -> tuple[str, Rest | None]:
    """Return the address of a registry, and the version that it speaks where that is known.

    Args:
        given: An address, or the id of a service in the list of sdmx1: ``SGR3``, ``ESTAT``, ``ILO`` …

    Raises:
        RegistryError: It is neither.
    """
    if "/" in given or ":" in given:
        return checked_address(given), None
    import sdmx.source  # noqa: PLC0415 - it takes half a second to load

    if not sdmx.source.sources:
        sdmx.source.load_package_sources()
    source = sdmx.source.sources.get(given)
    if source is None or not source.url:
        raise RegistryError("registry-address", where=given)
    speaks = {version.name for version in source.versions}
    return checked_address(source.url), Rest.TWO if any(name.startswith("3") for name in speaks) else Rest.ONE
