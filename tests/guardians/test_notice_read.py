"""Which notice a guardian had read is kept with the permission: its language, its version, its words."""

import pytest

from tests.cast import Cast
from tests.guardians.people import Parent, address_of, guardian, link_of, pupil
from tests.guardians.test_notices import RUSSIAN, manager, page, write
from tests.make import NOW
from tests.visits import forms
from varpa.guardians.actions import answers as actions
from varpa.guardians.actions.guardians import take_off
from varpa.guardians.actions.papers import record_paper
from varpa.guardians.models import GuardianAnswer
from varpa.programmes.models import Membership, NoticeVersion, Permission

pytestmark = pytest.mark.django_db


def yes(parent: Parent, address: str) -> int:
    """The page is opened, everything is permitted; answers the status."""
    form = next(each for each in forms(parent.get(address)) if "taking_part" in dict(each.boxes))
    said = {name: values[0] for name, values in form.fields.items() if values}
    return parent.post(form.action, {**said, "taking_part": "yes"}).status_code


def permission(member: Membership, kind: str = "taking_part") -> Permission:
    return Permission.objects.select_related("notice").get(membership=member, kind=kind, withdrawn_at=None)


def test_a_permission_knows_the_notice_that_was_read(cast: Cast) -> None:
    member = pupil(cast)
    assert yes(Parent(), address_of(guardian(member, cast.inga))) == 302
    read = permission(member).notice
    assert read
    assert (read.language, read.number, read.at) == ("lv", 1, Parent().now)
    assert "Kas tas ir" in read.text
    assert GuardianAnswer.objects.get(kind="taking_part").notice == read


def test_in_the_language_in_which_it_was_read(cast: Cast) -> None:
    write(cast)
    member = pupil(cast)
    assert yes(Parent(), f"{address_of(guardian(member, cast.inga))}?notice=ru") == 302
    read = permission(member).notice
    assert read
    assert read.language == "ru"
    assert RUSSIAN in read.text


def test_other_words_are_another_version_and_the_same_words_the_same(cast: Cast) -> None:
    members = [pupil(cast, name) for name in ("Kārlis Šķēle", "Rūta Šķēle", "Ilze Šķēle")]
    for place, member in enumerate(members):
        if place == 2:
            write(cast, "lv", text="Citi vārdi.")
        assert yes(Parent(), address_of(guardian(member, cast.inga, f"anna{place}@maja.example"))) == 302
    notices = [permission(member).notice for member in members]
    assert [each and each.number for each in notices] == [1, 1, 2]
    assert NoticeVersion.objects.count() == 2
    assert permission(members[0]).notice == notices[0]


def test_a_notice_that_changed_meanwhile_is_read_first(cast: Cast) -> None:
    member = pupil(cast)
    parent, anna = Parent(), guardian(member, cast.inga)
    form = next(each for each in forms(parent.get(address_of(anna))) if "taking_part" in dict(each.boxes))
    write(cast, "lv", text="Citi vārdi.")
    said = {name: values[0] for name, values in form.fields.items() if values}
    answer = parent.post(form.action, {**said, "taking_part": "yes"})
    assert answer.status_code == 200
    assert "ir mainījies" in answer.content.decode()
    assert not Permission.objects.exists()
    assert yes(parent, address_of(anna)) == 302
    read = permission(member).notice
    assert read
    assert "Citi vārdi." in read.text


def test_a_no_needs_no_notice(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga)
    actions.answer(link=link_of(anna), answers={"taking_part": False}, digest="other", now=NOW)
    assert GuardianAnswer.objects.get().notice is None
    assert not NoticeVersion.objects.exists()


def test_what_another_no_held_up_keeps_its_notice(cast: Cast) -> None:
    member = pupil(cast)
    anna, juris = guardian(member, cast.inga), guardian(member, cast.inga, "juris@maja.example", name="Juris")
    actions.answer(link=link_of(juris), answers={"taking_part": False}, now=NOW)
    actions.answer(link=link_of(anna), answers={"taking_part": True}, language="lv", now=NOW)
    assert not Permission.objects.exists()
    take_off(guardian=juris, by=cast.inga, now=NOW)
    read = permission(member).notice
    assert read
    assert read.language == "lv"


def test_of_a_paper_nobody_knows_it(cast: Cast) -> None:
    member = pupil(cast)
    record_paper(membership=member, answers={"taking_part": True}, guardian="Anna", by=cast.inga, now=NOW)
    assert permission(member).notice is None
    assert "Notice read before" not in page(manager(cast), f"/memberships/{member.ref}/")


@pytest.mark.parametrize(
    ("language", "says"), [("lv", "1. redakcija"), ("lt", "1 redakcija"), ("en", "version 1")]
)
def test_the_manager_sees_which_and_reads_it(cast: Cast, language: str, says: str) -> None:
    member = pupil(cast)
    yes(Parent(), address_of(guardian(member, cast.inga)))
    client = manager(cast)
    type(cast.inga).objects.filter(pk=cast.inga.pk).update(language=language)
    shown = page(client, f"/memberships/{member.ref}/")
    assert says in shown
    assert "Kas tas ir" in shown
