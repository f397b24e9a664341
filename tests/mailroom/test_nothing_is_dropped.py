"""What came beside the words, twice under one name, or at a quiet hour: its writer hears of it."""

import pytest

from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.mailroom.test_messages import written
from tests.make import NOW
from varpa.messaging.models import Message
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers
from varpa.people.models import Person
from varpa.post.models import InboundState, Letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("winmail.dat", "application/ms-tnef"),
        ("janis.vcf", "text/vcard"),
        ("plan.ics", "text/calendar"),
    ],
)
def test_a_file_of_no_kind_that_is_kept_is_told(cast: Cast, name: str, kind: str) -> None:
    made = answer(written(cast), "Pielikumā plāns.", files=((name, kind, b"BEGIN:VCARD"),))
    assert bring(made)[0].state == InboundState.PLACED
    assert Message.objects.latest("pk").text == "Pielikumā plāns."
    assert name in letter_to(cast.elina, "mailroom.came_back").text


@pytest.mark.parametrize(("name", "kind"), [("winmail.dat", "application/ms-tnef"), ("j.vcf", "text/vcard")])
@pytest.mark.parametrize(
    ("language", "why"),
    [("lv", "nevar atvērt"), ("lt", "atverti negalima"), ("en", "cannot be opened here")],
)
def test_alone_it_goes_back_and_why(cast: Cast, name: str, kind: str, language: str, why: str) -> None:
    letter = written(cast)
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    assert bring(answer(letter, "", files=((name, kind, b"BEGIN:VCARD"),)))[0].state == InboundState.CAME_BACK
    back = letter_to(cast.elina, "mailroom.came_back").text
    assert name in back
    assert why in back


def test_a_signature_is_no_file(cast: Cast) -> None:
    files = (("signature.asc", "application/pgp-signature", b"-----BEGIN"),)
    bring(answer(written(cast), "Labi.", files=files))
    assert not Letter.objects.filter(kind="mailroom.came_back").exists()


def test_two_mails_under_one_name_are_two(cast: Cast) -> None:
    letter = written(cast)
    first, second = answer(letter, "Pirmais"), answer(letter, "Otrais, cits")
    second.replace_header("Message-ID", first["Message-ID"])
    bring(first, second, first, second)
    assert list(Message.objects.filter(side="mentee").values_list("text", flat=True)) == [
        "Pirmais",
        "Otrais, cits",
    ]


def test_one_mail_by_two_roads_is_one(cast: Cast) -> None:
    made = answer(written(cast), "Pirmais")
    by_another_road = b"Received: from mx2.example\r\nDelivered-To: x@varpa.example\r\n" + made.as_bytes()
    bring(made, by_another_road)
    assert Message.objects.filter(side="mentee").count() == 1


def test_whoever_writes_by_mail_is_told_that_the_letter_waits(cast: Cast) -> None:
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    choices: dict[str, object] = {"keeping_contact": [16, 18]}
    texts = {"keeping_contact": "Pēcpusdienā"}
    write_answers(plan=plan, texts=texts, choices=choices, revisions={}, by=cast.elina, now=NOW)
    for side in (cast.elina, cast.andris):
        plan.refresh_from_db()
        confirm_plan(plan=plan, by=side, now=NOW)
    bring(answer(written(cast), "Atbilde"))
    assert "16" in letter_to(cast.elina, "mailroom.came_back").text
