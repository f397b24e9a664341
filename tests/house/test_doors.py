"""No address without a door: not one page can forget to ask who may see it."""

from django.conf import settings

from varpa.site import drawings

# The pages of the sign-in library are its own; the list grows only by hand.
SIGN_IN = {
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_inactive",
    # Closed: leads to the door. The library names it in its own code.
    "account_signup",
}


def _addresses() -> list[tuple[str, object]]:
    return list(drawings.addresses())


def test_every_address_has_a_door() -> None:
    bare = [
        address
        for address, view in _addresses()
        if not hasattr(view, "door") and not getattr(view, "__module__", "").startswith("allauth.")
    ]
    assert bare == []


def test_every_reason_is_said() -> None:
    doors = [(address, view.door) for address, view in _addresses() if hasattr(view, "door")]
    silent = [
        address for address, (kind, reason) in doors if isinstance(kind, str) and not str(reason).strip()
    ]
    assert silent == []


def test_the_sign_in_library_shows_only_what_is_meant() -> None:
    from django.urls import get_resolver

    names = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("account_")
    }
    assert names <= SIGN_IN, f"shown without being meant: {sorted(names - SIGN_IN)}"


def test_the_demonstration_is_off_unless_marked() -> None:
    assert settings.DEMONSTRATION is False
