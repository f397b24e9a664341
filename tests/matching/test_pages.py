"""The pages of matching: from who waits to the pairs, why, and what both answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import asked, matched, mentee, mentor, see, send, text
from varpa.kernel import clock
from varpa.matching.actions.choices import decide
from varpa.matching.actions.proposals import propose_lines
from varpa.matching.models import Choice, ChoiceKind, Run, RunState
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast: Cast) -> None:
    """A potter and a coder; a mentee for each, and one who speaks another language."""
    mentor(cast, "Laima Vītola", languages=["lv"], interests=["clay"], region="Cēsis")
    mentor(cast, "Ruta Saule", languages=["lv"], interests=["code"], region="Rīga")
    mentee(cast, "Jānis Bērzs", languages=["lv"], interests=["code"], region="Rīga")
    mentee(cast, "Oskars Kalns", languages=["lv"], interests=["clay"], region="Cēsis")


def of(cast: Cast, name: str) -> str:
    return cast.programme.memberships.get(person__name=name).ref


@pytest.mark.usefixtures("two")
class TestStart:
    def test_who_waits_is_counted(self, cast: Cast) -> None:
        cast.inga.language = "en"
        cast.inga.save()
        page = text(cast.inga, "start", cast.programme.ref)
        assert "2 mentees wait for a mentor" in page
        assert "Free places in all: 2." in page

    def test_a_matching_is_asked_for(self, cast: Cast) -> None:
        form = see(cast.inga, "start", cast.programme.ref).context["form"]
        data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
        answer = send(cast.inga, "start", cast.programme.ref, **data)
        run = Run.objects.get()
        assert answer.redirect_chain == [(f"/matching/{run.ref}/", 302)]
        assert (run.state, run.by) == (RunState.ASKED, cast.inga)
        assert run.rules["within_travel"] is True

    def test_all_weights_nought_is_told(self, cast: Cast) -> None:
        form = see(cast.inga, "start", cast.programme.ref).context["form"]
        answer = send(cast.inga, "start", cast.programme.ref, ref=form["ref"].value(), interests="0")
        assert answer.context["form"].non_field_errors()
        assert not Run.objects.exists()

    @pytest.mark.parametrize("weight", ["101", "-1", "x"])
    def test_a_wrong_weight_is_told_beside_it(self, cast: Cast, weight: str) -> None:
        form = see(cast.inga, "start", cast.programme.ref).context["form"]
        answer = send(cast.inga, "start", cast.programme.ref, ref=form["ref"].value(), topic=weight)
        assert answer.context["form"].errors["topic"]

    def test_the_last_rules_and_weights_are_offered_again(self, cast: Cast) -> None:
        matched(cast, weights={"topic": 77})
        assert see(cast.inga, "start", cast.programme.ref).context["form"]["topic"].value() == 77


@pytest.mark.usefixtures("two")
class TestRun:
    def test_while_it_waits_it_can_be_cancelled(self, cast: Cast) -> None:
        run = asked(cast)
        assert "data-work" in text(cast.inga, "run", run.ref)
        send(cast.inga, "cancel", run.ref)
        assert Run.objects.get().state == RunState.CANCELLED
        assert "data-work" not in text(cast.inga, "run", run.ref)

    def test_the_board_tells_why(self, cast: Cast) -> None:
        page = text(cast.inga, "run", matched(cast).ref)
        assert "Jānis Bērzs, Ruta Saule" in page
        assert "Laima Vītola" in page

    def test_proposing_is_offered_while_there_is_a_pair_to_propose(self, cast: Cast) -> None:
        cast.inga.language = "en"
        cast.inga.save()
        run = matched(cast)
        assert "Propose all these pairs" in text(cast.inga, "run", run.ref)
        propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW)
        page = text(cast.inga, "run", run.ref)
        assert "Propose all these pairs" not in page
        assert "Propose those ticked" not in page
        assert "See the answers" in page

    def test_a_lock_is_kept_by_the_next_run_and_can_be_undone(self, cast: Cast) -> None:
        run = matched(cast)
        send(
            cast.inga,
            "decide",
            run.ref,
            kind="move",
            mentee=of(cast, "Jānis Bērzs"),
            mentor=of(cast, "Ruta Saule"),
            other=of(cast, "Laima Vītola"),
        )
        assert Choice.objects.get().mentor.person.name == "Laima Vītola"
        again = matched(cast)
        assert again.lines.get(locked=True).mentor.membership.person.name == "Laima Vītola"
        compared = text(cast.inga, "compare", again.ref, **{"with": run.ref})
        assert "Jānis Bērzs" in compared
        send(cast.inga, "undo", run.ref, choice=Choice.objects.get().ref)
        assert not Choice.objects.filter(undone_at=None).exists()

    def test_what_a_move_costs_is_told_at_once(self, cast: Cast) -> None:
        cast.inga.language = "en"
        cast.inga.save()
        run = matched(cast)
        data = {"mentee": of(cast, "Jānis Bērzs"), "mentor": of(cast, "Ruta Saule")}
        answer = send(cast.inga, "decide", run.ref, kind="lock", **data)
        assert "nothing would be lost" in answer.content.decode()
        answer = send(
            cast.inga,
            "decide",
            run.ref,
            kind="move",
            number=str(run.entrants.get(membership__person__name="Jānis Bērzs").number),
            other=of(cast, "Laima Vītola"),
            **data,
        )
        assert "fewer points in all" in answer.content.decode()
        assert "/mentees/" in answer.redirect_chain[0][0]

    @pytest.mark.parametrize("name", ["Jānis Bērzs", "Oskars Kalns"])
    def test_the_page_of_a_mentee_leads_on_after_a_decision_and_back(self, cast: Cast, name: str) -> None:
        run = matched(cast)
        Run.objects.update(begun_at=NOW - timedelta(minutes=1))
        janis = run.entrants.get(membership__person__name=name)
        undo = reverse("matching:undo", args=[run.ref])
        again = reverse("matching:start", args=[cast.programme.ref])
        before = text(cast.inga, "mentee", run.ref, janis.number)
        assert undo not in before
        other = {"Jānis Bērzs": "Laima Vītola", "Oskars Kalns": "Ruta Saule"}[name]
        data = {"mentee": of(cast, name), "other": of(cast, other)}
        after = send(cast.inga, "decide", run.ref, kind="move", number=str(janis.number), **data)
        page = after.content.decode()
        assert f'action="{undo}"' in page
        assert f'class="button second" href="{again}"' in page
        decided = {"choice": Choice.objects.get().ref, "number": str(janis.number)}
        back = send(cast.inga, "undo", run.ref, **decided)
        assert "/mentees/" in back.redirect_chain[0][0]
        assert undo not in back.content.decode()

    def test_the_board_undoes_what_it_names_and_never_what_was_asked_in_confidence(self, cast: Cast) -> None:
        cast.inga.language = "en"
        cast.inga.save()
        run = matched(cast)
        Run.objects.update(begun_at=NOW - timedelta(minutes=1))
        people = {each.person.name: each for each in cast.programme.memberships.select_related("person")}
        both = {"mentee": people["Jānis Bērzs"], "programme": cast.programme, "by": cast.inga, "now": NOW}
        veto = decide(kind=ChoiceKind.VETO, mentor=people["Ruta Saule"], **both)
        assert "Undo" not in text(cast.inga, "run", run.ref)
        lock = decide(kind=ChoiceKind.LOCK, mentor=people["Laima Vītola"], **both)
        veto_too = decide(
            kind=ChoiceKind.VETO, **both | {"mentee": people["Oskars Kalns"]}, mentor=veto.mentor
        )
        page = text(cast.inga, "run", run.ref)
        assert "Undo “together”: Jānis Bērzs, Laima Vītola" in page
        assert f'name="choice" value="{lock.ref}"' in page
        for one in (veto, veto_too):
            assert one.ref not in page
            assert send(cast.inga, "undo", run.ref, choice=one.ref).status_code == 404
        # Somebody else decides before the button is pressed: what it named is undone, and not the newest.
        forbidden = decide(
            kind=ChoiceKind.FORBID, **both | {"mentee": people["Oskars Kalns"]}, mentor=people["Laima Vītola"]
        )
        send(cast.inga, "undo", run.ref, choice=lock.ref)
        assert set(Choice.objects.filter(undone_at=None)) == {veto, veto_too, forbidden}
        assert "Undo “not together”: Oskars Kalns, Laima Vītola" in text(cast.inga, "run", run.ref)

    def test_an_undo_that_brings_nothing_back_says_why(self, cast: Cast) -> None:
        cast.inga.language = "en"
        cast.inga.save()
        run = matched(cast)
        people = {each.person.name: each for each in cast.programme.memberships.select_related("person")}
        both = {"mentee": people["Jānis Bērzs"], "programme": cast.programme, "by": cast.inga, "now": NOW}
        decide(kind=ChoiceKind.LOCK, mentor=people["Laima Vītola"], **both)
        lock = decide(kind=ChoiceKind.LOCK, mentor=people["Ruta Saule"], **both)
        decide(kind=ChoiceKind.FORBID, mentor=people["Laima Vītola"], **both)
        page = send(cast.inga, "undo", run.ref, choice=lock.ref).content.decode()
        assert "Taken back: Jānis Bērzs, Ruta Saule." in page
        assert "What was decided before it does not come back (Jānis Bērzs, Laima Vītola)." in page
        assert "The staff have decided that these two are not together" in page

    def test_no_kind_and_strangers_are_refused(self, cast: Cast) -> None:
        run = matched(cast)
        for data in (
            {"kind": "marry", "mentee": of(cast, "Jānis Bērzs"), "mentor": of(cast, "Ruta Saule")},
            {"kind": "lock", "mentee": cast.elsewhere.mentee.ref, "mentor": of(cast, "Ruta Saule")},
            {"kind": "move", "mentee": of(cast, "Jānis Bērzs")},
        ):
            assert send(cast.inga, "decide", run.ref, **data).status_code == 200
        assert not Choice.objects.exists()

    def test_who_has_left_since_is_told_and_not_proposed(self, cast: Cast) -> None:
        run = matched(cast)
        gone = cast.programme.memberships.get(person__name="Jānis Bērzs")
        withdraw_member(membership=gone, by=None, now=NOW)
        rows = see(cast.inga, "run", run.ref).context["rows"]
        assert [row.can_be_proposed for row in rows] == [False, True]

    def test_a_mentee_of_the_run(self, cast: Cast) -> None:
        page = text(cast.inga, "mentee", matched(cast).ref, 0)
        assert "Cēsis" in page or "Rīga" in page
        assert see(cast.inga, "mentee", Run.objects.get().ref, 99).status_code == 404


@pytest.mark.usefixtures("two")
class TestProposing:
    def test_the_preview_counts_letters_and_languages(self, cast: Cast) -> None:
        person = Person.objects.get(name="Ruta Saule")
        person.language = "lt"
        person.save()
        preview = see(cast.inga, "propose", matched(cast).ref, all="1").context["preview"]
        assert (preview.pairs, preview.letters, preview.languages) == (2, 4, [("lt", 1), ("lv", 3)])

    def test_those_ticked_are_proposed(self, cast: Cast) -> None:
        run = matched(cast)
        line = run.lines.get(mentee__membership__person__name="Jānis Bērzs")
        url = f"{reverse('matching:propose', args=[run.ref])}?who={line.pk}"
        client = Client()
        client.force_login(cast.inga)
        with clock.moved_to(NOW):
            for _click in range(2):
                client.post(url, {"days": "7"})
        pair = Pair.objects.get(mentee__person__name="Jānis Bērzs")
        assert (pair.mentor.person.name, pair.state) == ("Ruta Saule", "proposed")
        assert not Pair.objects.filter(mentee__person__name="Oskars Kalns").exists()
        assert "Jānis Bērzs" in text(cast.inga, "answers", cast.programme.ref)
        assert see(cast.inga, "run", run.ref).context["rows"][0].pair == (pair.ref, pair.state)

    @pytest.mark.parametrize("days", ["0", "61", "x", ""])
    def test_a_wrong_time_is_told(self, cast: Cast, days: str) -> None:
        run = matched(cast)
        client = Client()
        client.force_login(cast.inga)
        with clock.moved_to(NOW):
            answer = client.post(f"{reverse('matching:propose', args=[run.ref])}?all=1", {"days": days})
        assert answer.context["form"].errors
        assert not Pair.objects.filter(mentee__person__name="Jānis Bērzs").exists()


@pytest.mark.usefixtures("two")
class TestConfidence:
    def test_only_that_it_was_asked_is_shown(self, cast: Cast) -> None:
        both = {"mentee": of(cast, "Jānis Bērzs"), "mentor": of(cast, "Ruta Saule")}
        send(cast.inga, "choices", cast.programme.ref, **both)
        choice = Choice.objects.get()
        assert choice.kind == ChoiceKind.VETO
        page = text(cast.inga, "choices", cast.programme.ref)
        shown = page[page.index("<main") : page.index("</main>")]
        assert "Jānis Bērzs, Ruta Saule" in shown
        assert "Inga Liepa" not in shown
        send(cast.inga, "release", choice.ref)
        assert Choice.objects.get().undone_by == cast.inga

    def test_it_stands_above_a_proposal_of_an_earlier_run(self, cast: Cast) -> None:
        run = matched(cast)
        line = run.lines.get(mentee__membership__person__name="Jānis Bērzs")
        two = {"mentee": line.mentee.membership, "mentor": line.mentor.membership}
        decide(programme=cast.programme, kind=ChoiceKind.VETO, **two, by=cast.inga, now=NOW)
        client = Client()
        client.force_login(cast.inga)
        with clock.moved_to(NOW):
            client.post(f"{reverse('matching:propose', args=[run.ref])}?all=1", {"days": "7"})
        assert not Pair.objects.filter(mentee=two["mentee"]).exists()
        assert Pair.objects.filter(mentee__person__name="Oskars Kalns").exists()


PROGRAMME_PAGES = ("start", "choices", "answers")
RUN_PAGES = ("run", "propose", "mentee", "compare")


@pytest.mark.usefixtures("two")
class TestDoors:
    @pytest.mark.parametrize("name", PROGRAMME_PAGES)
    @pytest.mark.parametrize(
        ("who", "status"), [("inga", 200), ("dace", 200), ("andris", 403), ("zane", 404), ("tomas", 404)]
    )
    def test_pages_of_the_programme(self, cast: Cast, name: str, who: str, status: int) -> None:
        assert see(getattr(cast, who), name, cast.programme.ref).status_code == status

    @pytest.mark.parametrize(
        ("who", "status"),
        [("inga", 200), ("dace", 200), ("andris", 404), ("elina", 404), ("zane", 404), ("tomas", 404)],
    )
    def test_pages_of_a_run(self, cast: Cast, who: str, status: int) -> None:
        run = matched(cast)
        for name in RUN_PAGES:
            args = [run.ref, 0] if name == "mentee" else [run.ref]
            asked = {"with": run.ref} if name == "compare" else {}
            assert see(getattr(cast, who), name, *args, **asked).status_code == status, name

    def test_nobody_else_decides(self, cast: Cast) -> None:
        run = matched(cast)
        both = {"mentee": of(cast, "Jānis Bērzs"), "mentor": of(cast, "Ruta Saule")}
        for who in (cast.andris, cast.tomas, cast.zane):
            assert send(who, "decide", run.ref, kind="lock", **both).status_code == 404
        assert not Choice.objects.exists()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.usefixtures("two")
def test_every_page_in_every_language(cast: Cast, language: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    run = matched(cast)
    mentee(cast, "Līga Lapa", languages=["lt"])
    other = matched(cast)
    for name in PROGRAMME_PAGES:
        assert f'lang="{language}"' in text(cast.inga, name, cast.programme.ref)
    assert see(cast.inga, "run", other.ref, show="left").status_code == 200
    assert see(cast.inga, "compare", other.ref, **{"with": run.ref}).status_code == 200
    assert see(cast.inga, "mentee", other.ref, 1).status_code == 200


def queries(cast: Cast, name: str, *args: str, **data: str) -> int:
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(NOW), CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(f"matching:{name}", args=args), data).status_code == 200
    return len(caught)


def test_as_many_queries_for_thirty_as_for_one(cast: Cast) -> None:
    def counted() -> dict[str, int]:
        run = matched(cast)
        number = run.entrants.get(membership__person__name="Jānis Bērzs").number
        return {
            "start": queries(cast, "start", cast.programme.ref),
            "choices": queries(cast, "choices", cast.programme.ref),
            "answers": queries(cast, "answers", cast.programme.ref),
            "run": queries(cast, "run", run.ref),
            "left": queries(cast, "run", run.ref, show="left"),
            "mentee": queries(cast, "mentee", run.ref, str(number)),
            "propose": queries(cast, "propose", run.ref, all="1"),
        }

    mentor(cast, "Laima Vītola", languages=["lv"], capacity=20)
    mentee(cast, "Jānis Bērzs", languages=["lv"])
    mentor(cast, "Ilze Krasta", languages=["lv"])
    mentee(cast, "Gintaras Lapė", languages=["lt"])
    mentor(cast, "Rūta Krūmė", languages=["pl"])
    one = counted()
    for number in range(30):
        mentee(cast, f"Audzēknis {number}", languages=["lv" if number % 3 else "lt"])
    thirty = counted()
    assert {name: count for name, count in thirty.items() if count > one[name]} == {}
    assert max(thirty.values()) <= 12
