"""No address without a door: not one page can forget to ask who may see it."""

from enum import StrEnum

from django.conf import settings

from varpa.kernel.access import grants
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


def test_no_two_rooms_call_an_action_the_same() -> None:
    """An action is a word: two of the same spelling would share their grants, on different things."""
    of_enum = {(str(action), type(action).__qualname__, type(action).__module__) for action in grants()}
    words = [word for word, _name, _module in of_enum]
    assert sorted(words) == sorted(set(words))
    for _address, view in _addresses():
        action, _model = getattr(view, "door", (None, None))
        if isinstance(action, StrEnum):
            known = next(each for each in grants() if each == action)
            assert type(known) is type(action), action
