"""The kinds of letters. Each room registers its own in its `letters.py`; post knows none."""

from dataclasses import dataclass, fields

from django.template import Engine, TemplateSyntaxError

from varpa.kernel.text import TranslatedText


@dataclass(frozen=True)
class LetterKind:
    """What a letter says, as Django template strings in three languages.

    `subject` is also the heading. `text` is plain: paragraphs stand apart by a blank line, a single line end
    is a space, a paragraph that begins with "- " is a list; all is escaped for HTML afterwards. `reason` is
    the sentence of the footer that says why this letter came. `essential` letters (sign-in codes, a meeting
    that moves) cannot be stopped; the others carry a link, worded by `stop` where that is given.
    `answer` names the handler (`post.replies`) to which an answer by mail goes; without one it is shown to a
    person. `how` says in a sentence what one can write; it stands in the letter where mail is read.
    `readers` are the keys of those to whom it is ever written, as the rooms above call them; none: anybody.
    A `prompt` letter never waits for quiet hours: a code, an answer to what was just done, safety.
    `brief` is what a device shows of it, on a locked screen too: a short sentence without what was written.
    The templates see the context of `send` and `adult` (Jūs or tu), `name` and `link`.
    """

    key: str
    essential: bool
    reason: TranslatedText
    subject: TranslatedText
    text: TranslatedText
    button: TranslatedText | None = None
    stop: TranslatedText | None = None
    answer: str = ""
    how: TranslatedText | None = None
    readers: tuple[str, ...] = ()
    prompt: bool = False
    brief: TranslatedText | None = None


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> LetterKind:
    """Make a kind known; a second one under the same key is a mistake of the rooms (ValueError)."""
    known = _kinds.setdefault(kind.key, kind)
    if known != kind:
        raise ValueError(f"two letter kinds have the key {kind.key}")
    return kind


def kinds() -> dict[str, LetterKind]:
    """All kinds by key, for the documents and the tests."""
    return dict(_kinds)


def known(key: str) -> LetterKind | None:
    """The kind of a letter that was written earlier; None where its room has dropped it."""
    return _kinds.get(key)


def problems(kind: LetterKind) -> list[str]:
    """What is wrong with the words of a kind: a missing language, a template that does not compile."""
    found = []
    for field in fields(kind):
        text = getattr(kind, field.name)
        if not isinstance(text, TranslatedText):
            continue
        for language, words in text.as_dict().items():
            place = f"{kind.key}, {field.name}, {language}"
            if not words.strip():
                found.append(f"{place}: empty")
            try:
                Engine.get_default().from_string(words)
            except TemplateSyntaxError as error:
                found.append(f"{place}: {error}")
    return found
