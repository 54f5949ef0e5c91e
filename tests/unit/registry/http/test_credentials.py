"""Who asks comes from the environment, then the keyring, then a person; never from an address, and never shown."""

from types import SimpleNamespace

import keyring
import keyring.errors
import pytest

from icstip.errors import RegistryError
from icstip.registry.http.addresses import checked_address, is_private, shown_origin
from icstip.registry.http.credentials import Credentials, find_credentials

ADDRESS = "https://registry.example.org:8443/FMR/sdmx/v2"
KEPT = "from the keyring"
IN_ENVIRONMENT = {"ICSTIP_REGISTRY_USER": "alice", "ICSTIP_REGISTRY_PASSWORD": "open sesame"}


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The services that the keyring was asked for; it has the password of one of them."""
    services: list[str] = []

    def get_credential(service: str, user: str | None) -> SimpleNamespace | None:
        services.append(service)
        assert user is None
        known = service == "icstip:https://registry.example.org:8443"
        return SimpleNamespace(username="bob", password=KEPT) if known else None

    monkeypatch.setattr(keyring, "get_credential", get_credential)
    return services


def nobody(_place: str) -> None:
    return None


def test_the_environment_goes_before_the_keyring(asked: list[str]) -> None:
    found = find_credentials(ADDRESS, IN_ENVIRONMENT, nobody)
    assert found == Credentials("alice", "open sesame")
    assert asked == []


def test_a_token_goes_before_a_user() -> None:
    found = find_credentials(ADDRESS, {**IN_ENVIRONMENT, "ICSTIP_REGISTRY_TOKEN": "t0ken"}, nobody)
    assert found is not None
    assert found.header == "Bearer t0ken"


def test_the_keyring_has_a_password_for_a_place_whatever_the_path(asked: list[str]) -> None:
    assert find_credentials(ADDRESS, {}, nobody) == Credentials("bob", KEPT)
    assert asked == ["icstip:https://registry.example.org:8443"]


def test_a_person_is_asked_last() -> None:
    other = "https://other.example.org/rest"
    assert find_credentials(other, {}, lambda place: (place, "typed")) == Credentials(
        "https://other.example.org", "typed"
    )
    assert find_credentials(other, {}, nobody) is None


def test_a_keyring_that_is_locked_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_service: str, _user: str | None) -> None:
        raise keyring.errors.KeyringLocked

    monkeypatch.setattr(keyring, "get_credential", locked)
    assert find_credentials(ADDRESS, {}, nobody) is None


@pytest.mark.parametrize("name", IN_ENVIRONMENT)
def test_half_of_user_and_password_is_refused(name: str) -> None:
    with pytest.raises(RegistryError, match="without a"):
        find_credentials(ADDRESS, {name: "half"}, nobody)


def test_a_line_end_in_a_token_is_refused_and_not_shown() -> None:
    with pytest.raises(RegistryError) as refused:
        find_credentials(ADDRESS, {"ICSTIP_REGISTRY_TOKEN": "t0ken\nX-Header: 1"}, nobody)
    assert "t0ken" not in str(refused.value)


def test_a_token_that_no_header_can_hold_is_refused_and_not_shown() -> None:
    with pytest.raises(RegistryError) as refused:
        find_credentials(ADDRESS, {"ICSTIP_REGISTRY_TOKEN": "t0k€n"}, nobody)
    assert "t0k€n" not in str(refused.value)


def test_a_password_may_have_any_letter() -> None:
    assert Credentials("alice", "contraseña").header.startswith("Basic ")


def test_credentials_show_nothing() -> None:
    assert repr(Credentials("alice", "open sesame")) == "Credentials()"


@pytest.mark.parametrize(
    "said", ["Basic YWxpY2U6b3BlbiBzZXNhbWU=", "alice:open sesame", "p=open%20sesame", "b3BlbiBzZXNhbWU="]
)
def test_a_secret_in_what_comes_back_is_hidden_however_it_is_written(said: str) -> None:
    hidden = Credentials("alice", "open sesame").hidden_in(f"refused: {said}!")
    assert hidden.startswith("refused: ")
    assert not any(form in hidden for form in ("open sesame", "open%20sesame", "b3BlbiBzZXNhbWU", "YWxpY2U6b3Blbi"))


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("https://registry.example.org", True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:8080", True),
        ("http://registry.example.org", False),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_what_is_sent_is_private_where_it_is_encrypted_or_stays_here(address: str, private: bool) -> None:  # noqa: FBT001
    assert is_private(address) is private


@pytest.mark.parametrize(
    "address",
    ["", "registry", "file:///etc/passwd", "https://", "https://a:b@c.org", "https://c.org:x", "https://c/?q=1"],
)
def test_an_address_that_is_none_or_has_a_secret_in_it_is_refused(address: str) -> None:
    with pytest.raises(RegistryError):
        checked_address(address)


def test_a_place_is_shown_without_user_path_and_query() -> None:
    assert shown_origin("https://alice:pw@Registry.example.org/a?b=c") == "https://registry.example.org"
    assert shown_origin("http://[::1]:8080/x") == "http://[::1]:8080"
