"""Two clicks at one moment: one picture, one taking out; and a version beside a picture taken out."""

import pytest

from tests.businessplans.test_pictures import LATER, put
from tests.cast import Cast
from tests.profiles.test_races import twice
from tests.together import at_once
from varpa.businessplans.actions.pictures import take_picture_out
from varpa.businessplans.actions.plans import keep_version
from varpa.businessplans.actions.remarks import remark
from varpa.businessplans.models import BusinessPlan, Picture
from varpa.files.models import File
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.messaging.actions import want_quiet
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_keep_one_picture(cast: Cast, plan: BusinessPlan) -> None:
    ref = new_ref()
    twice(lambda: put(plan, cast.elina, ref=ref))
    assert Picture.objects.count() == File.objects.count() == 1


def test_two_clicks_take_it_out_once(cast: Cast, plan: BusinessPlan) -> None:
    put(plan, cast.elina)
    twice(lambda: take_picture_out(picture=Picture.objects.get(), by=cast.elina, now=LATER))
    assert Line.objects.filter(verb="business_plan.take_picture_out").count() == 1


def test_a_version_kept_at_that_moment_has_a_picture_that_can_be_seen(cast: Cast, plan: BusinessPlan) -> None:
    put(plan, cast.elina)
    found = at_once(
        lambda: take_picture_out(picture=Picture.objects.get(), by=cast.elina, now=LATER),
        lambda: keep_version(plan=BusinessPlan.objects.get(), by=cast.elina, now=LATER),
    )
    assert not [each for each in found if isinstance(each, Exception)]
    version, picture = plan.versions.get(), Picture.objects.select_related("file").get()
    if version.pictures.exists():
        assert picture.file.withdrawn_at is None


def test_a_remark_at_the_moment_of_the_stop_brings_no_letter(cast: Cast, shared: BusinessPlan) -> None:
    said = {"part": "idea", "quote": "", "text": "Atbildi beidzot", "by": cast.andris, "now": LATER}
    found = at_once(
        lambda: remark(plan=BusinessPlan.objects.get(), **said),
        lambda: want_quiet(pair=cast.pair, by=cast.elina, now=LATER),
    )
    assert not [each for each in found if isinstance(each, Exception)]
    letters = Letter.objects.filter(kind="businessplans.remarked")
    assert not letters.exclude(state=LetterState.WITHDRAWN).exists()
