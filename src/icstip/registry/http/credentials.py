"""Who asks: from the environment, the keyring of the system, or a prompt. Never from arguments, and never shown."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Final
from urllib.parse import quote

from icstip.errors import RegistryError
from icstip.registry.http.addresses import shown_origin

TOKEN: Final = "ICSTIP_REGISTRY_TOKEN"  # noqa: S105 - the name of a variable
USER: Final = "ICSTIP_REGISTRY_USER"
PASSWORD: Final = "ICSTIP_REGISTRY_PASSWORD"  # noqa: S105 - the name of a variable
SERVICE: Final = "icstip:{place}"
"""The name under which the keyring has user and password for a place, for example ``icstip:https://registry.org``."""

HIDDEN: Final = "…"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or a user and a password. Neither is ever part of a text.

    Attributes:
        user: Name of the user; empty with a token.
        secret: The password or token.
    """

    user: str = field(repr=False)
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        # A line end would begin another header. A token is sent as it is (RFC 6750: ASCII), a password encoded. What
        # cannot be sent would be told by an exception that has the value in it.
        is_token = not self.user
        if any(ord(letter) < ord(" ") for letter in self.user + self.secret) or (
            is_token and not self.secret.isascii()
        ):
            raise RegistryError("registry-credentials", where=TOKEN if is_token else USER)

    @property
    def header(self) -> str:
        """The value of the header ``Authorization`` (RFC 7617, RFC 6750)."""
        return f"Basic {self._pair}" if self.user else f"Bearer {self.secret}"

    @property
    def _pair(self) -> str:
        return b64encode(f"{self.user}:{self.secret}".encode()).decode("ascii")

    def hidden_in(self, text: str) -> str:
        """Return a text that may have come from the other side without the secret in it, however it is written."""
        forms = {self.secret, quote(self.secret, safe=""), b64encode(self.secret.encode()).decode("ascii")}
        if self.user:
            forms.add(self._pair)
        for form in sorted(filter(None, forms), key=len, reverse=True):
            text = text.replace(form, HIDDEN)
        return text


Prompt = Callable[[str], tuple[str, str] | None]
"""Asks a person for user and password at a place, or returns None where nobody can be asked."""


def find_credentials(address: str, environment: Mapping[str, str], prompt: Prompt) -> Credentials | None:
    """Return who asks a registry: what the environment says, else the keyring, else who sits there; None if nobody.

    Args:
        address: The registry.
        environment: Variables of the environment: `TOKEN`, or `USER` and `PASSWORD`.
        prompt: Asks for user and password at a place.

    Raises:
        RegistryError: A user without a password, or the other way round, or a character that no header can hold.
    """
    if environment.get(TOKEN):
        return Credentials("", environment[TOKEN])
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if bool(user) != bool(password):
        raise RegistryError("registry-credentials-half", where=PASSWORD if user else USER)
    if user:
        return Credentials(user, password)
    place = shown_origin(address)
    kept = _in_keyring(SERVICE.format(place=place))
    if kept is not None:
        return kept
    asked = prompt(place)
    return Credentials(*asked) if asked else None


def _in_keyring(service: str) -> Credentials | None:
    """Return what the keyring of the system has, where the package is installed and the system has one."""
    if find_spec("keyring") is None:
        return None
    keyring = import_module("keyring")
    errors = import_module("keyring.errors")
    try:
        found = keyring.get_credential(service, None)
    except errors.KeyringError:  # locked, or there is none: the next way is tried
        return None
    return Credentials(found.username, found.password) if found and found.username and found.password else None
