"""docs/states.md is drawn from the tables of steps."""

from varpa.site import drawings


def test_the_states_are_drawn_as_they_are() -> None:
    assert drawings.is_current("states.md", drawings.drawn()["states.md"]), "run: python3 start.py docs"
