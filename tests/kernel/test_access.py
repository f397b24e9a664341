"""One rule says which things, whether this one, and why; it is compiled once, whoever asks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from tests import make
from tests.cast import Cast, assemble
from varpa.kernel import access
from varpa.kernel.access import allowed, grants, may
from varpa.messaging.access import MessageAction
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def anew(action: PairAction, person: object) -> Q:
    """The rules as they are written, without anything that was compiled before."""
    rules = Q(pk__in=[])
    for each in grants()[action]:
        rules |= each.rule(person)
    return rules


def test_the_compiled_rule_answers_what_the_written_one_does(cast: Cast) -> None:
    for person in (cast.andris, cast.elina, cast.inga, cast.rimantas, cast.zane):
        for action in PairAction:
            written = set(Pair.objects.filter(anew(action, person)))
            assert set(allowed(action, person, Pair.objects.all())) == written
            assert {pair for pair in Pair.objects.all() if may(action, person, pair)} == written


def test_a_rule_holds_inside_another_question(cast: Cast) -> None:
    own = allowed(PairAction.READ, cast.andris, Pair.objects.all())
    inside = Pair.objects.filter(pk__in=own.values("pk"))
    assert set(inside) == {cast.pair}
    assert set(inside | allowed(PairAction.READ, cast.rimantas, Pair.objects.all())) == {
        cast.pair,
        cast.neighbours,
    }
    assert cast.pair not in Pair.objects.exclude(pk__in=own)
    joined = Pair.objects.filter(programme=cast.pair.programme).select_related("mentor__person")
    assert [pair.mentor.person for pair in allowed(PairAction.READ, cast.andris, joined)] == [cast.andris]


def test_rules_that_look_at_another_table_are_asked_row_by_row(cast: Cast) -> None:
    text = access._text(MessageAction.READ, Message)
    assert text
    assert text.sql.startswith("EXISTS")
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=make.NOW)
    message = write_message(thread=thread, text="Sveika!", by=cast.andris, now=make.NOW)
    assert list(allowed(MessageAction.READ, cast.elina, Message.objects.all())) == [message]
    assert list(allowed(MessageAction.READ, cast.rimantas, Message.objects.all())) == []


def test_who_is_not_signed_in_may_nothing(cast: Cast) -> None:
    nobody = AnonymousUser()
    assert not allowed(PairAction.READ, nobody, Pair.objects.all()).exists()
    assert not may(PairAction.READ, nobody, cast.pair)
    assert not allowed(PairAction.READ, make.person("somebody"), Pair.objects.all()).exists()
