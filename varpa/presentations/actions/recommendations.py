"""What the mentor recommends at a rehearsal, slide by slide; the mentee marks what is done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import require_active, require_not_ended
from varpa.pairs.actions.several import none_goes
from varpa.pairs.mentees import going_pairs_of
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.presentations import letters
from varpa.presentations.actions.presentations import NoSuchSlide, require_maker
from varpa.presentations.models import Presentation, PresentationState, Recommendation, page_number
from varpa.presentations.queries import outline_of


class EmptyRecommendation(Refusal):
    sentence = _("Write in a few words what you recommend.")


class NotShared(Refusal):
    sentence = _("The mentee does not share the presentation now.")


class AnotherFile(Refusal):
    sentence = _(
        "Another file was brought meanwhile, and its pages are other ones. Your words still stand here: "
        "look at this page, then send them."
    )


class NotYours(Refusal):
    sentence = _("Only who said it can take it back.")


@transaction.atomic
def recommend(
    *,
    presentation: Presentation,
    slide: str,
    text: str,
    by: Person,
    now: datetime,
    ref: str = "",
    file: str = "",
) -> Recommendation:
    """The mentor recommends something for a slide, or a page of the file ("page-3"). Sent twice it is one.

    `file`: the reference of the file whose page was seen. Raises AnotherFile where it stands no more.
    """
    pair = _require_pair(presentation, by)
    require_active(pair, now)
    drafting = Presentation.objects.filter(pk=presentation.pk, state=PresentationState.DRAFTING)
    if drafting.exists():
        raise NotShared()
    if not text.strip():
        raise EmptyRecommendation()
    page = page_number(slide)
    # The file that stands now: one that is brought later has other pages.
    stands = Presentation.objects.get(pk=presentation.pk)
    if page and file and (stands.file is None or stands.file.ref != file):
        raise AnotherFile()
    if page > stands.pages or not (page or _in_outline(presentation, slide)):
        raise NoSuchSlide()
    about = stands.file if page else None
    fields = {"slide": slide, "file": about, "text": text.strip(), "by": by, "at": now}
    made, is_new = make_once(Recommendation, ref=ref, presentation=presentation, fields=fields)
    if is_new:
        letters.tell_recommendation(made, pair, now=now)
        _record("presentation.recommend", made, now=now, by=by)
    return made


@transaction.atomic
def mark_recommendation(*, recommendation: Recommendation, done: bool, by: Person, now: datetime) -> None:
    """The mentee has done it, or not after all. Said twice it was said the first time."""
    require_maker(recommendation.presentation, by)
    same = Recommendation.objects.filter(pk=recommendation.pk, withdrawn_at=None, done_at__isnull=done)
    if same.update(done_at=now if done else None):
        recommendation.done_at = now if done else None
        if done:
            post.withdraw(about=letters.about_recommendation(recommendation), now=now)
        _record("presentation.done" if done else "presentation.not_done", recommendation, now=now, by=by)


@transaction.atomic
def withdraw_recommendation(*, recommendation: Recommendation, by: Person, now: datetime) -> None:
    """The mentor takes it back, before the end of the pair. Raises AlreadyMoved the second time."""
    if recommendation.by_id != by.pk:
        raise NotYours()
    _require_pair(recommendation.presentation, by)
    if not Recommendation.objects.filter(pk=recommendation.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise AlreadyMoved()
    post.withdraw(about=letters.about_recommendation(recommendation), now=now)
    _record("presentation.withdraw_recommendation", recommendation, now=now, by=by)


def _require_pair(presentation: Presentation, by: Person) -> Pair:
    """The going pair of a mentor and the mentee, held until the transaction ends; raises NotActive."""
    pair = going_pairs_of(presentation.membership).filter(mentor__person=by).first()
    if pair is None:
        raise none_goes(presentation.membership, by)
    require_not_ended(pair)
    return pair


def _in_outline(presentation: Presentation, slide: str) -> bool:
    return any(part.key == slide for part in outline_of(presentation.membership.programme))


def _record(verb: str, made: Recommendation, *, now: datetime, by: Person) -> None:
    presentation = made.presentation
    ref = presentation.membership.programme.ref
    record(verb, presentation, now=now, by=by, programme_ref=ref, details={"slide": made.slide})
