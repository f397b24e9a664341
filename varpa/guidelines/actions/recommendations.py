"""Offering a recommendation, giving and taking back one's word, sorting what came in."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.guidelines.models import Consent, Recommendation, Says, ShownAs, Source
from varpa.guidelines.outline import topics_of
from varpa.guidelines.owning import may_be_named
from varpa.guidelines.passages import edited_out
from varpa.guidelines.queries import concerning
from varpa.guidelines.springs import Spring
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import OVER, Programme, Role
from varpa.programmes.queries import methodology_of

LONGEST = 4000
NOTED = (Source.NOTE, Source.SURVEY, Source.EVENT)


class NothingOffered(Refusal):
    sentence = _("Choose a sentence, or write one in your own words.")


class OneOrTheOther(Refusal):
    sentence = _("Choose sentences or write in your own words, not both at once.")


class TooMuchOffered(Refusal):
    sentence = _("This is very long. Choose the sentences that matter to others most.")


class UnknownTag(Refusal):
    sentence = _("Choose phase and topic from the list.")


class PublishedAlready(Refusal):
    """What is published stays as it was printed."""

    sentence = _("This recommendation stands in published guidelines and can no longer be taken back.")


class NotAsked(Refusal):
    sentence = _("Only those whose words or whose diary it is give their word for it.")


class TooYoungForAName(Refusal):
    sentence = _(
        "Anybody may read guidelines, so others are told only the role of a pupil who is not of age. Your "
        "words are as they were."
    )


class ProgrammeIsOver(Refusal):
    sentence = _("The programme is over: no more recommendations are collected.")


@transaction.atomic
def offer(
    *,
    programme: Programme,
    spring: Spring,
    chosen: Sequence[str] = (),
    words: str = "",
    says: str = Says.CHANGE,
    phase: str = "",
    topic: str = "",
    for_role: str = "",
    shown_as: str = ShownAs.ROLE,
    source: str = "",
    language: str = "",
    by: Person,
    now: datetime,
    ref: str = "",
) -> Recommendation:
    """Offer a passage (`chosen` sentences of the spring) or own `words`; it is the consent of who offers.

    `source` lets whoever manages say from where a note is: Source.SURVEY, Source.EVENT. `language`: in
    which the words are, where somebody says it; that of the interface says nothing of it. Twice is once.
    """
    text, own = spring.text_of(chosen), words.strip()
    _require_offered(programme, text, own)
    require_tags(programme, phase, topic)
    _require_old_enough(programme, shown_as, by, now)
    fields = {
        "by": by if own else spring.author,
        "role": _role(spring, by) if own else spring.role,
        "pair": None if own else spring.pair,
        "source": _source(spring, own, source),
        "source_ref": "" if own else spring.ref,
        "says": says,
        "text": text or own,
        "language": language if own else spring.language or language,
        "phase": phase,
        "topic": topic,
        "for_role": for_role,
        "at": now,
    }
    made, new = make_once(Recommendation, ref=ref, fields=fields, programme=programme)
    if new:
        Consent.objects.create(recommendation=made, by=by, shown_as=shown_as, at=now)
        _record("recommendation.offer", made, by=by, now=now)
    return made


@transaction.atomic
def consent(*, recommendation: Recommendation, shown_as: str, by: Person, now: datetime) -> None:
    """Give one's word, or say anew how one is shown. The same word twice is one."""
    _require_asked(recommendation, by)
    _require_still_there(recommendation, by)
    _require_open(recommendation, by)
    _require_old_enough(recommendation.programme, shown_as, by, now)
    standing = Consent.objects.filter(recommendation=recommendation, by=by, withdrawn_at=None)
    if standing.filter(shown_as=shown_as).exists():
        return
    standing.update(withdrawn_at=now)
    try:
        with transaction.atomic():
            Consent.objects.create(recommendation=recommendation, by=by, shown_as=shown_as, at=now)
    except IntegrityError:
        return
    _record("recommendation.consent", recommendation, by=by, now=now)


@transaction.atomic
def take_back(*, recommendation: Recommendation, by: Person, now: datetime) -> None:
    """Take one's word back, of one's own words until they are published: gone from every draft at once.

    The owner of a diary may at any time: what is published stays, what comes next does without (R6).
    """
    _require_asked(recommendation, by)
    _require_open(recommendation, by)
    standing = Consent.objects.filter(recommendation=recommendation, by=by, withdrawn_at=None)
    if standing.update(withdrawn_at=now):
        _record("recommendation.take_back", recommendation, by=by, now=now)


@transaction.atomic
def sort(
    *,
    recommendation: Recommendation,
    phase: str,
    topic: str,
    for_role: str,
    says: str,
    by: Person,
    now: datetime,
) -> None:
    """Say where a recommendation belongs. Its words stay as they were given."""
    require_tags(recommendation.programme, phase, topic)
    tags = {"phase": phase, "topic": topic, "for_role": for_role, "says": says}
    if all(getattr(recommendation, name) == value for name, value in tags.items()):
        return
    Recommendation.objects.filter(pk=recommendation.pk).update(**tags)
    _record("recommendation.sort", recommendation, by=by, now=now)


@transaction.atomic
def set_aside(*, recommendation: Recommendation, aside: bool, by: Person, now: datetime) -> None:
    """Leave a recommendation out of the guidelines, or take it in again."""
    found = Recommendation.objects.filter(pk=recommendation.pk, set_aside_at__isnull=aside)
    if found.update(set_aside_at=now if aside else None):
        verb = "recommendation.set_aside" if aside else "recommendation.take_in"
        _record(verb, recommendation, by=by, now=now)


def require_tags(programme: Programme, phase: str, topic: str) -> None:
    """Raise UnknownTag unless the methodology has such a phase and such a guide; empty is neither."""
    methodology = methodology_of(programme)
    phases = ["", *(each.key for each in methodology.phases)]
    topics = ["", *(each.key for each in topics_of(methodology))]
    if phase not in phases or topic not in topics:
        raise UnknownTag()


def _require_old_enough(programme: Programme, shown_as: str, by: Person, now: datetime) -> None:
    if shown_as == ShownAs.NAME and not may_be_named(programme, by, now):
        raise TooYoungForAName()


def _require_offered(programme: Programme, text: str, own: str) -> None:
    if programme.state in OVER:
        raise ProgrammeIsOver()
    if not text and not own:
        raise NothingOffered()
    if text and own:
        raise OneOrTheOther()
    if len(text or own) > LONGEST:
        raise TooMuchOffered()


def _source(spring: Spring, own: str, asked: str) -> str:
    if spring.source == Source.NOTE:
        return asked if asked in NOTED else Source.NOTE
    if spring.source == Source.SURVEY:
        return Source.SURVEY
    return Source.WORDS if own else spring.source


def _role(spring: Spring, by: Person) -> str:
    """In own words one speaks as oneself, also where a mentee read the mentor's diary."""
    return spring.role if spring.author.pk == by.pk else Role.MENTEE


def _require_asked(recommendation: Recommendation, by: Person) -> None:
    if not concerning(recommendation.programme, by).filter(pk=recommendation.pk).exists():
        raise NotAsked()


def _require_still_there(recommendation: Recommendation, by: Person) -> None:
    """The owner of a diary gives no word for what the mentor had edited out before handing it over."""
    if by.pk != recommendation.by_id and edited_out([recommendation]):
        raise NotAsked()


def _require_open(recommendation: Recommendation, by: Person) -> None:
    """Of a word taken back and a publication at the same second one comes first."""
    held = Recommendation.objects.select_for_update().filter(pk=recommendation.pk)
    published = held.values_list("published_at", flat=True).get()
    if published and by.pk == recommendation.by_id:
        raise PublishedAlready()


def _record(verb: str, recommendation: Recommendation, *, by: Person, now: datetime) -> None:
    details = {"source": str(recommendation.source)}
    ref = recommendation.programme.ref
    record(verb, recommendation, now=now, by=by, programme_ref=ref, details=details)
