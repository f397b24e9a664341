"""No address without a door: not one page can forget to ask who may see it."""

from django.conf import settings

from varpa.site import drawings


def _addresses() -> list[tuple[str, object]]:
    return list(drawings.addresses())


def test_every_address_has_a_door() -> None:
    """The pages of the sign-in library too: its views are reached through ours only."""
    assert [address for address, view in _addresses() if not hasattr(view, "door")] == []


def test_every_reason_is_said() -> None:
    doors = [(address, view.door) for address, view in _addresses() if hasattr(view, "door")]
    silent = [
        address for address, (kind, reason) in doors if isinstance(kind, str) and not str(reason).strip()
    ]
    assert silent == []


def test_the_demonstration_is_off_unless_marked() -> None:
    assert settings.DEMONSTRATION is False
