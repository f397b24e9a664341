"""Pictures put into the plan and taken out of it. Nobody but the mentee, by no road (principle 3)."""

from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import pgettext_lazy

from varpa.businessplans.actions.parts import NoSuchPart
from varpa.businessplans.actions.plans import hold_for_writing
from varpa.businessplans.models import BusinessPlan, Picture
from varpa.businessplans.pictures import may_show_writer
from varpa.businessplans.queries import outline_of
from varpa.files import actions as files
from varpa.files.queries import sent_before
from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.pictures import OTHERS, require_shown

MOST = 20
NOBODY, WRITER = "nobody", "writer"


class TooManyPictures(Refusal):
    sentence = pgettext_lazy("mentee", "A plan has at most {most} pictures. Take one out first.")


@transaction.atomic
def add_picture(
    *,
    plan: BusinessPlan,
    part: str,
    upload: "Upload[Any]",
    about: str,
    shows: str,
    by: Person,
    now: datetime,
    ref: str = "",
) -> Picture:
    """Put a picture into a part. `about` says in words what it shows, `shows` who can be recognised in it.

    `shows` is NOBODY, WRITER or OTHERS. Raises TooManyPictures, and the refusals of
    `programmes.pictures` and of `files`; then nothing is kept. Sent twice with one `ref` it is one picture;
    another file or other words are another one.
    """
    hold_for_writing(plan, by)
    if all(each.key != part for each in outline_of(plan.membership.programme)):
        raise NoSuchPart()
    checked = files.check(upload)
    said = {"part": part, "about": about.strip()[:200], "shows_writer": shows == WRITER}
    known = sent_before(plan.pictures.all(), ref, checked.sha256, **said)
    if known:
        return known
    forbidden = shows == WRITER and not may_show_writer(plan, now)
    require_shown(about, others=shows == OTHERS, forbidden=forbidden)
    if plan.pictures.filter(withdrawn_at=None).count() >= MOST:
        raise TooManyPictures(most=MOST)
    free = ref if ref and not Picture.objects.filter(ref=ref).exists() else new_ref()
    about_plan = {"about_kind": "business_plan", "about_ref": plan.ref}
    kept = files.keep_checked(checked=checked, by_id=by.pk, now=now, **about_plan)
    made = Picture.objects.create(ref=free, plan=plan, file=kept, at=now, **said)
    _record("business_plan.add_picture", made, now=now, by=by)
    return made


@transaction.atomic
def take_picture_out(*, picture: Picture, by: Person, now: datetime) -> None:
    """Take a picture out; versions kept before still have it, and where none has, nobody sees it any more.

    Twice is once.
    """
    hold_for_writing(picture.plan, by)
    if Picture.objects.filter(pk=picture.pk, withdrawn_at=None).update(withdrawn_at=now):
        if not picture.versions.exists():
            files.withdraw(file=picture.file, now=now)
        _record("business_plan.take_picture_out", picture, now=now, by=by)


def _record(verb: str, picture: Picture, *, now: datetime, by: Person) -> None:
    plan = picture.plan
    ref = plan.membership.programme.ref
    record(verb, plan, now=now, by=by, programme_ref=ref, details={"part": picture.part})
