"""Two people, or one person on two devices, edit one text: nobody loses a word (R13)."""

from typing import Any

from django.db.models import Model


class Conflict(Exception):  # noqa: N818 - two texts, no error
    """The row was saved by somebody else since the form was opened.

    `stored` and `given` are {field: text}; `revision` is the one to save on next. `chosen`: what stands, and
    would be lost, of fields in which one chooses.
    """

    def __init__(
        self,
        *,
        stored: dict[str, str],
        given: dict[str, str],
        revision: int,
        chosen: dict[str, Any] | None = None,
    ) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.stored = stored
        self.given = given
        self.revision = revision
        self.chosen = chosen or {}

    @property
    def differing(self) -> list[str]:
        """The fields in which the two differ, in the order of the form."""
        return [name for name, text in self.given.items() if text != self.stored.get(name, "")]


def save_text(thing: Model, *, revision: int, texts: dict[str, str], **changes: Any) -> bool:
    """Write `texts` if the row still has `revision`; raise Conflict where it does not.

    Saving what already stands there changes nothing and answers False: a resent form is no conflict.
    """
    manager = type(thing)._default_manager
    current: dict[str, Any] = manager.filter(pk=thing.pk).values("revision", *texts).get()
    stored = {name: current[name] for name in texts}
    if stored == texts and not changes:
        thing.revision = current["revision"]  # type: ignore[attr-defined]  # every merged model has it
        return False
    written = manager.filter(pk=thing.pk, revision=revision).update(revision=revision + 1, **texts, **changes)
    if not written:
        raise Conflict(stored=stored, given=texts, revision=current["revision"])
    for name, value in {**texts, **changes, "revision": revision + 1}.items():
        setattr(thing, name, value)
    return True
