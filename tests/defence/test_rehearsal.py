"""A day tried out beforehand: the same pages and rules, and afterwards nothing of it has happened."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import DAY, SETTINGS, finish, say
from tests.make import NOW
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, favourite, jurors, order, rehearsal, stage
from varpa.defence.models import Defence, Juror, Recusal, Slot, Voice, Word
from varpa.defence.papers import canonical
from varpa.defence.queries import defences_of, favourites_of, slots_of, wall_of
from varpa.dossier.counting import sums
from varpa.dossier.papers.defence import CERTIFICATES, DEFENCE
from varpa.dossier.papers.pieces import Table
from varpa.dossier.reach import Reach
from varpa.evaluation.shown import BY_MEMBER, BY_PROGRAMME
from varpa.history.models import Line
from varpa.kernel.clock import moved_to
from varpa.methodology import EvidenceKind
from varpa.post.models import Letter
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import methodology_of
from varpa.ui.walls import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tried(cast: Cast, ready: Defence) -> Defence:
    return rehearsal.rehearse(defence=ready, by=cast.inga, now=NOW)


def live_through(tried: Defence, cast: Cast) -> None:
    """The whole day: the first presents twice over, the hall chooses, the last is not here."""
    favourite.open_hall(defence=tried, by=cast.inga, now=NOW)
    first, *others = slots_of(tried)
    for slot in (first, *others[:-1]):
        slot.defence = tried
        stage.start_slot(slot=slot, by=cast.inga, now=NOW)
        rehearsal.let_jurors_speak(defence=tried, now=NOW)
        favourite.choose_favourite(slot=slot, device=slot.ref)
        stage.close_slot(slot=slot, by=cast.inga, now=NOW)
    others[-1].defence = tried
    stage.mark_absent(slot=others[-1], by=cast.inga, now=NOW)
    days.finish_defence(defence=tried, by=cast.inga, now=NOW)


def traces(cast: Cast, real: Defence) -> dict[str, Any]:
    """What anybody could find of a day elsewhere."""
    reach = Reach(cast.programme, "en")
    tables = [each for paper in (DEFENCE, CERTIFICATES) for each in paper.write(reach)]
    return {
        "lines": Line.objects.count(),
        "letters": Letter.objects.count(),
        "plans": list(BusinessPlan.objects.order_by("pk").values_list("state", flat=True)),
        "real": canonical(real),
        "listed": list(defences_of(cast.programme)),
        "dossier": [list(each.rows) for each in tables if isinstance(each, Table)],
        "figures": sums(reach),
        "evidence": evidence(cast),
    }


def evidence(cast: Cast) -> list[int]:
    """How many show that a defence was held, a plan defended, plans judged; asked anew, past what is kept."""
    activities = [each for period in methodology_of(cast.programme).calendar for each in period.activities]
    by = {each.evidence: each for each in activities}
    held = BY_PROGRAMME[EvidenceKind.DEFENCE_HELD](cast.programme, by[EvidenceKind.DEFENCE_HELD])
    members = [
        Membership.objects.filter(BY_MEMBER[kind](cast.programme, by[kind])).count()
        for kind in (EvidenceKind.PLAN_DEFENDED, EvidenceKind.PLANS_JUDGED)
    ]
    return [Programme.objects.filter(held).count(), *members]


def client_of(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_a_rehearsal_leaves_no_trace(cast: Cast, ready: Defence) -> None:
    before = traces(cast, ready)
    for _again in range(2):
        tried = rehearsal.rehearse(defence=ready, by=cast.inga, now=NOW)
        live_through(tried, cast)
        assert Word.objects.count() > 0
        assert traces(cast, ready) == before, "nor while it is still there"
        rehearsal.throw_rehearsal_away(defence=tried)
        assert traces(cast, ready) == before
        assert (Word.objects.count(), Voice.objects.count(), Recusal.objects.count()) == (0, 0, 0)
        assert (Defence.objects.count(), Slot.objects.count()) == (1, 2)
    days.begin_defence(defence=ready, by=cast.inga, now=DAY)
    finish(ready, cast)
    assert {plan.state for plan in BusinessPlan.objects.all()} == {"defended"}
    assert evidence(cast)[:2] == [1, 2]


def test_a_rehearsal_has_the_rules_of_the_day_and_its_order(
    cast: Cast, ready: Defence, tried: Defence
) -> None:
    assert [slot.title for slot in slots_of(tried)] == [slot.title for slot in slots_of(ready)]
    assert [slot.plan for slot in slots_of(tried)] == [None, None]
    assert {each.person for each in tried.jurors.all()} == {None}
    assert tried.jurors.count() == ready.jurors.count()
    live_through(tried, cast)
    assert all(each.spent <= each.budget for each in tried.jurors.all())
    first = slots_of(tried).first()
    assert first
    assert first.received > 0
    assert favourites_of(tried) == [first]


def test_without_an_order_everything_is_made_up(cast: Cast, defence: Defence) -> None:
    tried = rehearsal.rehearse(defence=defence, by=cast.inga, now=NOW)
    assert slots_of(tried).count() == rehearsal.MADE_UP_SLOTS
    assert {slot.presented for slot in slots_of(tried)} == {None}
    live_through(tried, cast)


def test_a_day_has_one_rehearsal_and_begins_without_it(cast: Cast, ready: Defence, tried: Defence) -> None:
    assert rehearsal.rehearse(defence=ready, by=cast.inga, now=NOW) == tried
    days.begin_defence(defence=ready, by=cast.inga, now=DAY)
    assert list(Defence.objects.all()) == [ready]
    with pytest.raises(days.TooLateToChange):
        rehearsal.rehearse(defence=ready, by=cast.inga, now=DAY)


def test_nobody_rehearses_a_rehearsal_or_makes_up_jurors_of_a_real_day(
    cast: Cast, ready: Defence, tried: Defence
) -> None:
    with pytest.raises(days.TooLateToChange):
        rehearsal.rehearse(defence=tried, by=cast.inga, now=NOW)
    with pytest.raises(rehearsal.NoRehearsal):
        rehearsal.let_jurors_speak(defence=ready, now=NOW)
    with pytest.raises(rehearsal.NoRehearsal):
        rehearsal.throw_rehearsal_away(defence=ready)
    assert Defence.objects.filter(pk=ready.pk).exists()


def test_nobody_is_written_to_from_a_rehearsal(cast: Cast, tried: Defence) -> None:
    said = {"name": "Laima Berga", "address": "l@b.example", "language": "lv"}
    with pytest.raises(jurors.MadeUp):
        jurors.invite_guest(defence=tried, **said, by=cast.inga, now=NOW)
    with pytest.raises(jurors.MadeUp):
        jurors.add_lead_partner(defence=tried, by=cast.inga, now=NOW)
    with pytest.raises(days.TooLateToChange):
        order.add_late(defence=tried, by=cast.inga, now=NOW)
    with pytest.raises(days.TooLateToChange):
        days.change_defence(defence=tried, revision=0, by=cast.inga, now=NOW, budget=1)


def test_a_rehearsal_takes_no_plan_from_another_day(cast: Cast, ready: Defence, tried: Defence) -> None:
    days.take_defence_back(defence=ready, by=cast.inga, now=NOW)
    order.draw_order(defence=ready, seed=3, by=cast.inga, now=NOW)
    assert slots_of(ready).count() == 2
    other = days.make_defence(programme=cast.programme, seed=8, by=cast.inga, now=NOW, **SETTINGS)
    with pytest.raises(order.NothingSubmitted):
        order.draw_order(defence=other, seed=8, by=cast.inga, now=NOW)


def test_every_page_of_a_rehearsal_says_so(cast: Cast, tried: Defence) -> None:
    inga, mark = client_of(cast.inga), "Mēģinājums"
    slot, who = slots_of(tried).first(), tried.jurors.first()
    assert slot
    assert who
    at = f"/defences/{tried.ref}/"
    with moved_to(NOW):
        inga.post(f"/slots/{slot.ref}/acts/start/")
        inga.post(f"{at}hall/choice/")
        inga.post(f"{at}rehearsal/words/")
        assert Word.objects.filter(slot=slot).count() == tried.jurors.count()
        phone = Client()
        phone.get(f"/favourite/{tried.ref}/{token_of(wall_of(tried), NOW)}/")
        pages = [inga.get(each) for each in (at, f"{at}hall/", f"{at}jurors/", f"/jurors/{who.ref}/phone/")]
        pages.append(phone.get(f"/favourite/{tried.ref}/?language=lv"))
        inga.post(f"/slots/{slot.ref}/acts/close/")
        pages.append(inga.get(f"/slots/{slot.ref}/result/"))
    assert [(page.status_code, mark in page.content.decode()) for page in pages] == [(200, True)] * len(pages)


def test_a_rehearsal_has_no_papers(cast: Cast, tried: Defence) -> None:
    live_through(tried, cast)
    slot = slots_of(tried).filter(state="closed").first()
    assert slot
    inga = client_of(cast.inga)
    assert inga.get(f"/defences/{tried.ref}/protocol.pdf").status_code == 404
    assert inga.get(f"/slots/{slot.ref}/certificate.pdf").status_code == 404
    assert Client().get(f"/certificates/{slot.number}/").status_code == 404
    page = inga.get(f"/slots/{slot.ref}/result/").content.decode()
    assert "certificate.pdf" not in page


def test_only_the_host_rehearses(cast: Cast, ready: Defence, tried: Defence) -> None:
    made_up, real = Juror.objects.filter(person=None)[0], Juror.objects.exclude(person=None)[0]
    for who in (cast.andris, cast.elina, cast.tomas):
        client = client_of(who)
        for rest in ("", "hall/", "pulse/", "jury/"):
            assert client.get(f"/defences/{tried.ref}/{rest}").status_code == 404
        for rest in ("rehearsal/words/", "rehearsal/end/"):
            assert client.post(f"/defences/{tried.ref}/{rest}").status_code == 404
        assert client.post(f"/defences/{ready.ref}/rehearsal/").status_code in (403, 404)
        assert client.get(f"/jurors/{made_up.ref}/phone/").status_code == 404
    inga = client_of(cast.inga)
    assert inga.get(f"/jurors/{real.ref}/phone/").status_code == 404, "nobody sits in a real juror's chair"
    assert inga.post(f"/defences/{ready.ref}/rehearsal/end/").status_code == 404


def test_the_host_rehearses_again_and_throws_it_away(cast: Cast, ready: Defence) -> None:
    inga = client_of(cast.inga)
    with moved_to(NOW):
        first = inga.post(f"/defences/{ready.ref}/rehearsal/").url
        second = inga.post(f"{first}rehearsal/end/", {"again": "1"}).url
        assert first != second
        assert inga.get(first).status_code == 404
        assert "Turpināt" in inga.get(f"/defences/{ready.ref}/").content.decode()
        assert inga.post(f"{second}rehearsal/end/").url == f"/defences/{ready.ref}/"
    assert Defence.objects.count() == 1


def test_a_made_up_juror_keeps_to_the_budget_and_stands_back(cast: Cast, tried: Defence) -> None:
    slot, who = slots_of(tried).first(), tried.jurors.first()
    assert slot
    assert who
    slot.defence = tried
    stage.start_slot(slot=slot, by=cast.inga, now=NOW)
    say(slot, who, 5_00)
    inga = client_of(cast.inga)
    with moved_to(NOW):
        assert inga.post(f"/jurors/{who.ref}/phone/standing-back/", {"slot": slot.ref}).status_code == 302
        said = {"slot": slot.ref, "revision": "2", "convinced": "Jā", "next": "", "amount": "1"}
        assert inga.post(f"/jurors/{who.ref}/phone/", said).status_code == 200
    assert Word.objects.get().amount == 0
