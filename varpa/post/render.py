"""Writing a letter: in the reader's language and time zone, plain and HTML from one text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template import Context, Engine, Template
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.post.envelope import Recipient, reads_mail
from varpa.post.kinds import LetterKind

SUBJECT_LENGTH = 200
BRIEF_LENGTH = 120
_BREAKS = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Written:
    """A letter in words."""

    subject: str
    text: str
    html: str
    brief: str = ""


@dataclass(frozen=True)
class Line:
    """One thing of a letter that tells of several, and where it is; `link` is absolute or empty."""

    text: str
    link: str


@dataclass(frozen=True)
class Paragraph:
    """Words that belong together: either one `text`, or the `items` of a list."""

    text: str
    items: list[str]


def one_line(text: str) -> str:
    """A text for a header: no line ends, no control characters; no-break spaces stay."""
    return _BREAKS.sub(" ", text).strip()


def write(
    kind: LetterKind,
    *,
    to: Recipient,
    context: Mapping[str, object],
    link: str = "",
    stop_link: str = "",
    has_calendar: bool = False,
    lines: Sequence[Line] = (),
) -> Written:
    """The subject, the plain text and the HTML of a letter. `link` and `stop_link` are absolute or empty."""
    values = {"name": to.name, **context, "adult": to.adult, "link": link}
    with translation.override(to.language), timezone.override(zone_of(to.zone)):
        subject = one_line(_fill(kind.subject, to.language, values))[:SUBJECT_LENGTH]
        parts = {
            "language": to.language,
            "product": settings.PRODUCT_NAME,
            "subject": subject,
            "paragraphs": _paragraphs(_fill(kind.text, to.language, values)),
            "lines": lines,
            "how": one_line(_fill(kind.how, to.language, values)) if kind.how and reads_mail() else "",
            "button": one_line(_fill(kind.button, to.language, values)) if kind.button else "",
            "link": link,
            "footer_paragraphs": _footer(_fill(kind.reason, to.language, values), has_calendar),
            "stop": one_line(_fill(kind.stop, to.language, values)) if kind.stop else "",
            "stop_link": stop_link,
        }
        text = _collapse(render_to_string("post/letter.txt", parts))
        brief = one_line(_fill(kind.brief, to.language, values))[:BRIEF_LENGTH] if kind.brief else ""
        return Written(subject, text, render_to_string("post/letter.html", parts), brief)


def _footer(reason: str, has_calendar: bool) -> list[str]:
    lines = [one_line(reason)]
    if has_calendar:
        lines.append(_("The calendar entry is attached."))
    if settings.DEMONSTRATION:
        lines.append(str(settings.DEMONSTRATION_NOTE))
    return lines


def _fill(text: TranslatedText, language: str, values: Mapping[str, object]) -> str:
    # Never escaped here: the plain letter takes it as it is, and the HTML template escapes all of it.
    filled = _compiled(text.within(language)).render(Context(dict(values), autoescape=False))
    return _CONTROLS.sub("", str(filled).replace("\r\n", "\n"))


@lru_cache(maxsize=1024)
def _compiled(source: str) -> Template:
    return Engine.get_default().from_string(source)


def _paragraphs(text: str) -> list[Paragraph]:
    found = []
    for block in _BLANK_LINE.split(text.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and lines[0].startswith("- "):
            found.append(
                Paragraph("", [item.replace("\n", " ") for item in "\n".join(lines)[2:].split("\n- ")])
            )
        elif lines:
            found.append(Paragraph(" ".join(lines), []))
    return found


def _collapse(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
