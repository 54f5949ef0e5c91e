"""Addresses of registries: what is refused, and which of them are the same place."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urljoin, urlsplit

from icstip.errors import RegistryError

_PORTS: Final = {"https": 443, "http": 80}


def checked_address(given: str) -> str:
    """Return the address of a registry without a slash at its end.

    Raises:
        RegistryError: It is no address of the web, or has a user or password in it, which would be shown wherever the
            address is.
    """
    if not _is_address(given.strip()):
        raise RegistryError("registry-address", where=given.rpartition("@")[2])
    parts = urlsplit(given.strip())
    if parts.username is not None or parts.password is not None:
        raise RegistryError("registry-address-secret", where=str(parts.hostname))
    if parts.query or parts.fragment:
        raise RegistryError("registry-address", where=shown_origin(given))
    return given.strip().rstrip("/")


def redirect_target(here: str, location: str) -> str:
    """Return where a redirect leads.

    Args:
        here: The address that was asked.
        location: What it answered: an address, or the rest of one.

    Raises:
        RegistryError: It leads to no address of the web.
    """
    try:
        target = urljoin(here, location)
    except ValueError:  # half an address of six
        target = ""
    if not _is_address(target):
        raise RegistryError("registry-redirect-none", where=shown_origin(here))
    return target


def _is_address(given: str) -> bool:
    try:
        parts = urlsplit(given)
        return parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too many
        return False


def origin_of(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port: what has another one of them is another place."""
    parts = urlsplit(address)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)


def shown_origin(address: str) -> str:
    """Return the place of an address as people write it, without user, path and query."""
    scheme, host, port = origin_of(address)
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port == _PORTS.get(scheme) else f"{scheme}://{shown}:{port}"


def is_private(address: str) -> bool:
    """Return whether nobody on the way can read what is sent: it is encrypted, or does not leave this computer."""
    scheme, host, _ = origin_of(address)
    if scheme == "https" or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
