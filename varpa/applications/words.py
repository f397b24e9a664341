"""History, channels and countries in the words of a page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from varpa.applications.queries.sending import Sending
from varpa.applications.rosters.told import COLUMNS
from varpa.history.models import Channel, Line
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.models import PermissionKind, StepKey
from varpa.programmes.queries import SCREENING

Words = str | Promise

VERBS: Final[dict[str, Words]] = {
    "membership.add": pgettext_lazy("history", "Added to the programme"),
    "membership.again": pgettext_lazy("history", "Applied again"),
    "membership.accept": pgettext_lazy("history", "Accepted"),
    "membership.appoint": pgettext_lazy("history", "Appointed"),
    "membership.wait": pgettext_lazy("history", "Put on the waiting list"),
    "membership.decline": pgettext_lazy("history", "Declined"),
    "membership.withdraw": pgettext_lazy("history", "Left the programme"),
    "membership.complete": pgettext_lazy("history", "Went the whole way"),
    "membership.read": pgettext_lazy("history", "Read: {document}"),
    "membership.lesson": pgettext_lazy("history", "Lesson done: {lesson}"),
    "membership.notice": pgettext_lazy("history", "Notice accepted"),
    "membership.trained": pgettext_lazy("history", "Training attended"),
    "membership.screened": pgettext_lazy("history", "Screened: may take part"),
    "membership.held_back": pgettext_lazy("history", "Screened: may not take part"),
    "membership.means": pgettext_lazy("history", "Means of communication changed"),
    "membership.partner": pgettext_lazy("history", "The partner was chosen"),
    "membership.change": pgettext_lazy("history", "Changed: {fields}"),
    "membership.amend": pgettext_lazy("history", "The application was corrected after it was sent"),
    "membership.participation": pgettext_lazy("history", "How one takes part was told"),
    "membership.grown": pgettext_lazy("history", "Came of age and confirmed taking part"),
    "membership.merge": pgettext_lazy("history", "Two records of this person were put together"),
    "membership.unmerge": pgettext_lazy("history", "Two records that were put together are apart again"),
    "membership.talk": pgettext_lazy("history", "Asked for a talk"),
    "membership.written": pgettext_lazy("history", "A letter was written to this person"),
    "membership.note": pgettext_lazy("history", "A note was written"),
    "membership.note_withdrawn": pgettext_lazy("history", "A note was taken off"),
    "permission.give": pgettext_lazy("history", "Guardian’s permission given: {kind}"),
    "permission.withdraw": pgettext_lazy("history", "Guardian’s permission withdrawn: {kind}"),
    "permission.refuse": pgettext_lazy("history", "A guardian does not permit: {kind}"),
    "permission.agree": pgettext_lazy("history", "A guardian agrees, another one does not: {kind}"),
    "guardian.add": pgettext_lazy("history", "A guardian was written down"),
    "guardian.send": pgettext_lazy("history", "A link was sent to a guardian"),
    "guardian.revoke": pgettext_lazy("history", "A guardian’s link was taken back"),
    "guardian.language": pgettext_lazy("history", "A guardian chose the language of the letters"),
    "guardian.take_off": pgettext_lazy("history", "A guardian was taken off"),
    "school.confirm": pgettext_lazy("history", "The school confirms the pupil"),
    "school.doubt": pgettext_lazy("history", "The school says no to the pupil"),
}
CHANNELS: Final[dict[str, Words]] = {
    Channel.PAPER: pgettext_lazy("channel", "on paper"),
    Channel.IMPORT: pgettext_lazy("channel", "from a list"),
    Channel.COMMAND: pgettext_lazy("channel", "on the command line"),
    Channel.SYSTEM: pgettext_lazy("channel", "by itself"),
}
MISSING: Final[dict[str, Words]] = {
    StepKey.TRAINING: pgettext_lazy("missing", "training"),
    "reading": pgettext_lazy("missing", "what is to be read"),
    StepKey.NOTICE: pgettext_lazy("missing", "notice"),
    StepKey.GROWN: pgettext_lazy("missing", "own word, being of age"),
    SCREENING: pgettext_lazy("missing", "screening"),
    "permission": pgettext_lazy("missing", "permission"),
}
IN_LANGUAGE: Final[dict[str, Words]] = {
    "lv": _("%(n)d in Latvian"),
    "lt": _("%(n)d in Lithuanian"),
    "en": _("%(n)d in English"),
}


def told_sending(sending: Sending) -> str:
    """How many letters go out, in which languages, and how many people none reaches."""
    told = []
    if sending.letters:
        parts = [str(IN_LANGUAGE[code]) % {"n": count} for code, count in sending.languages]
        count = sending.letters
        words = ngettext("This sends %(n)d letter: %(parts)s.", "This sends %(n)d letters: %(parts)s.", count)
        told.append(words % {"n": count, "parts": ", ".join(parts)})
    if sending.silent:
        words = ngettext(
            "%(n)d person has no e-mail address: tell that person yourself.",
            "%(n)d people have no e-mail address: tell them yourself.",
            sending.silent,
        )
        told.append(words % {"n": sending.silent})
    return " ".join(told) or str(_("No letter is sent."))


def country_name(code: str) -> str:
    """A country in the reader's language; an unknown code as it is."""
    return str(dict(COUNTRIES).get(code, code))


def told_line(line: Line, documents: dict[str, str], lessons: dict[str, str]) -> str:
    """A line of a membership's history, in words. `documents` and `lessons` are their titles by key."""
    kinds = dict(PermissionKind.choices)
    details = line.details
    fields = [str(COLUMNS.get(name, name)) for name in str(details.get("fields", "")).split(", ") if name]
    document, kind = details.get("document", ""), details.get("kind", "")
    lesson = details.get("lesson", "")
    words = str(VERBS.get(line.verb, line.verb))
    return words.format(
        document=documents.get(document, document),
        lesson=lessons.get(lesson, lesson),
        kind=kinds.get(kind, kind),
        fields=", ".join(fields),
    )
