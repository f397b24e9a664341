"""At the same second: two guardians, two clicks, an answer and a link that is closed."""

import pytest

from tests.cast import Cast
from tests.guardians.people import guardian, link_of, pupil
from tests.make import NOW
from tests.together import at_once
from varpa.guardians.actions import answers, worries
from varpa.guardians.actions import guardians as actions
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink, Worry
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.programmes.models import NoticeVersion, Permission
from varpa.programmes.queries import has_permission

pytestmark = pytest.mark.django_db(transaction=True)


def _failed(found: list[object]) -> list[object]:
    return [each for each in found if isinstance(each, Exception)]


def test_a_yes_and_a_no_at_the_same_second_are_a_no(cast: Cast) -> None:
    member = pupil(cast)
    anna, juris = guardian(member, cast.inga), guardian(member, cast.inga, "juris@maja.example")
    yes, no = link_of(anna), link_of(juris)
    found = at_once(
        lambda: answers.answer(link=yes, answers={"taking_part": True}, now=NOW),
        lambda: answers.answer(link=no, answers={"taking_part": False}, now=NOW),
    )
    assert _failed(found) == []
    assert not has_permission(member, "taking_part")
    assert GuardianAnswer.objects.count() == 2


def test_two_clicks_give_once(cast: Cast) -> None:
    link = link_of(guardian(pupil(cast), cast.inga))

    def click() -> object:
        return answers.answer(link=link, answers={"visit": True}, now=NOW)

    assert _failed(at_once(click, click)) == []
    assert (Permission.objects.count(), GuardianAnswer.objects.count()) == (1, 1)
    assert Line.objects.filter(verb="permission.give").count() == 1


def test_two_guardians_who_are_the_first_to_read_a_notice_read_one_version(cast: Cast) -> None:
    links = [
        link_of(guardian(pupil(cast, name), cast.inga, f"anna{place}@maja.example"))
        for place, name in enumerate(("Kārlis Šķēle", "Rūta Šķēle"))
    ]
    found = at_once(
        *(
            lambda link=link: answers.answer(link=link, answers={"visit": True}, language="lv", now=NOW)
            for link in links
        )
    )
    assert _failed(found) == []
    assert NoticeVersion.objects.count() == 1
    assert Permission.objects.filter(notice__number=1).count() == 2


def test_two_clicks_send_one_link(cast: Cast) -> None:
    anna, ref = guardian(pupil(cast), cast.inga), new_ref()

    def click() -> object:
        return actions.send_link(guardian=anna, by=cast.inga, now=NOW, ref=ref)

    assert _failed(at_once(click, click)) == []
    assert GuardianLink.objects.count() == 2


def test_two_who_write_down_a_third_guardian_leave_it_at_two(cast: Cast) -> None:
    member = pupil(cast)
    guardian(member, cast.inga)
    found = at_once(
        lambda: guardian(member, cast.inga, "juris@maja.example"),
        lambda: guardian(member, cast.dace, "oma@maja.example"),
    )
    assert [type(each) for each in _failed(found)] == [actions.TwoGuardians]
    assert Guardian.objects.count() == 2


def test_two_clicks_tell_one_worry(cast: Cast) -> None:
    link, ref = link_of(guardian(pupil(cast), cast.inga)), new_ref()

    def click() -> object:
        return worries.tell_worry(link=link, text="Bažas", now=NOW, ref=ref)

    assert _failed(at_once(click, click)) == []
    assert Worry.objects.count() == 1
