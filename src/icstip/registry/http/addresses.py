"""Addresses of registries: what is refused, and which of them are the same place."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from icstip.errors import RegistryError

_PORTS: Final = {"https": 443, "http": 80}


def checked_address(given: str) -> str:
    """Return the address of a registry without a slash at its end.

    Raises:
        RegistryError: It is no address of the web, or has a user or password in it, which would be shown wherever the
            address is.
    """
    try:
        parts = urlsplit(given.strip())
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too many
        known = False
    if not known:
        raise RegistryError("registry-address", where=given.rpartition("@")[2])
    if parts.username is not None or parts.password is not None:
        raise RegistryError("registry-address-secret", where=str(parts.hostname))
    if parts.query or parts.fragment:
        raise RegistryError("registry-address", where=shown_origin(given))
    return given.strip().rstrip("/")


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
