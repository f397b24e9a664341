"""What a person is told when a rule says no: a sentence, never an error page."""

from typing import ClassVar

from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818 - the word of the house; it is told to a person, it is no error
    """An action that a rule does not allow now. The sentence says what happened and what to do.

    A room names its own: `class NotPrepared(Refusal): sentence = _("…")`. Values go in by name.
    """

    sentence: ClassVar[str | Promise] = ""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__()

    def __str__(self) -> str:
        return str(self.sentence).format(**self.values)
