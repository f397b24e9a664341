"""What the pages of a pair say, in how many queries, in three languages, without a script."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import queries, see, send, text
from tests.pairs.test_access import filled
from varpa.pairs.actions import goals, pairs, plans
from varpa.pairs.models import Pair, PairState, Plan
from varpa.people.models import Person
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
OF_THE_TWO = ("plan", "goals", "share", "topic", "topic_goals", "own_words", "paper", "answer")


def member(cast: Cast, role: str, name: str, **more: object) -> Membership:
    address = f"m{Person.objects.count()}@varpa.example"
    return make.member(cast.programme, make.person(name, address, born=date(2006, 1, 1)), role, **more)


class TestQueries:
    @pytest.mark.parametrize("name", OF_THE_TWO)
    def test_a_page_of_the_two(self, cast: Cast, name: str) -> None:
        filled(cast)
        assert queries(cast.elina, name, cast.pair.ref) <= MOST_QUERIES
        plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        assert queries(cast.elina, name, cast.pair.ref) <= MOST_QUERIES

    @pytest.mark.parametrize("key", ["means", "rhythm", "boundaries"])
    def test_a_question(self, cast: Cast, key: str) -> None:
        filled(cast)
        assert queries(cast.elina, "question", cast.pair.ref, key) <= MOST_QUERIES

    def test_a_goal_a_version_and_the_managers_page(self, cast: Cast) -> None:
        plan, goal = filled(cast)
        assert queries(cast.elina, "goal", goal.ref) <= MOST_QUERIES
        assert queries(cast.elina, "version", plan.ref) <= MOST_QUERIES
        assert queries(cast.inga, "manage", cast.pair.ref) <= MOST_QUERIES

    def test_free_people_cost_the_same_at_one_and_at_thirty(self, cast: Cast) -> None:
        def add(count: int) -> Membership:
            for number in range(count):
                mentor = member(cast, Role.MENTOR, f"Mentors {number}")
                mentee = member(cast, Role.MENTEE, f"Audzēknis {number}")
                if number % 2:
                    make.pair(mentor, mentee, active=False)
            return mentee

        free, ref = add(1), cast.programme.ref
        add(2)
        few = [queries(cast.inga, "new", ref), queries(cast.inga, "new", ref, mentee=free.ref)]
        add(30)
        assert [queries(cast.inga, "new", ref), queries(cast.inga, "new", ref, mentee=free.ref)] == few
        assert max(few) <= MOST_QUERIES
        assert queries(cast.inga, "new", ref, q="audz") <= MOST_QUERIES

    def test_thirty_goals_cost_as_one(self, cast: Cast) -> None:
        filled(cast)
        one = queries(cast.elina, "goals", cast.pair.ref)
        for number in range(30):
            goal = goals.set_goal(pair=cast.pair, text=f"Mērķis {number}", by=cast.elina, now=NOW)
            goals.add_step(goal=goal, text="Solis", by=cast.elina, now=NOW)
        assert queries(cast.elina, "goals", cast.pair.ref) == one

    def test_versions_cost_as_one(self, cast: Cast) -> None:
        first = make.agreed_plan(cast.pair)
        one = queries(cast.elina, "plan", cast.pair.ref)
        for _time in range(3):
            plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
            for person in (cast.andris, cast.elina):
                plans.confirm_plan(plan=plan, by=person, now=NOW)
        assert queries(cast.elina, "plan", cast.pair.ref) == one
        assert queries(cast.elina, "version", first.ref) <= MOST_QUERIES


class TestLanguages:
    SAID = {
        "lv": ("Vienojieties, kā strādāsiet kopā", "Jauns mērķis", "Izvēlieties audzēkni"),
        "lt": ("Susitarkite, kaip dirbsite kartu", "Naujas tikslas", "Pasirinkite mokinį"),
        "en": ("Agree on how you two work together", "New goal", "Choose a mentee"),
    }

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_each_reader_reads_the_own_language(self, cast: Cast, language: str) -> None:
        Person.objects.update(language=language)
        elina, inga = Person.objects.get(pk=cast.elina.pk), Person.objects.get(pk=cast.inga.pk)
        planned, set_, choose = self.SAID[language]
        assert planned in text(elina, "plan", cast.pair.ref)
        assert set_ in text(elina, "goals", cast.pair.ref)
        assert choose in text(inga, "new", cast.programme.ref)
        plan, goal = filled(cast)
        shown = [text(elina, name, cast.pair.ref) for name in OF_THE_TWO]
        shown += [text(elina, "goal", goal.ref), text(elina, "version", plan.ref)]
        shown += [text(elina, "question", cast.pair.ref, "means"), text(inga, "manage", cast.pair.ref)]
        assert all(f'<html lang="{language}"' in each for each in shown)
        assert see(elina, "plan_pdf", plan.ref).content.startswith(b"%PDF")

    def test_a_mentee_is_addressed_as_tu_and_a_mentor_as_jus(self, cast: Cast) -> None:
        mentor, mentee = member(cast, Role.MENTOR, "Laima Vītola"), member(cast, Role.MENTEE, "Jānis Bērzs")
        pair = make.pair(mentor, mentee, active=False)
        assert "Vai gribi strādāt kopā?" in text(mentee.person, "answer", pair.ref)
        assert "Vai vēlaties strādāt kopā?" in text(mentor.person, "answer", pair.ref)


class TestMakingAPair:
    def test_by_three_clicks(self, cast: Cast) -> None:
        mentee = member(cast, Role.MENTEE, "Kārlis Ķirsis", topic="Kafejnīca", place="Ogres tehnikums")
        mentor = member(cast, Role.MENTOR, "Laima Vītola", topic="Nodokļi")
        ref = cast.programme.ref
        assert "Kafejnīca" in text(cast.inga, "new", ref)
        beside = text(cast.inga, "new", ref, mentee=mentee.ref)
        assert "Kafejnīca" in beside
        assert "Nodokļi" in beside
        asking = see(cast.inga, "new", ref, mentee=mentee.ref, mentor=mentor.ref)
        assert f'action="{reverse("matching:by_hand", args=[ref])}"' in asking.content.decode()
        pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
        again = text(cast.inga, "new", ref)
        assert "Atbildes vēl nav" in again
        assert f"?mentee={mentee.ref}" not in again

    @pytest.mark.parametrize("words", ["ķirsis", "KIRSIS", "karlis", "ogres kārl", "kafejn"])
    def test_a_search_forgives_case_and_accents(self, cast: Cast, words: str) -> None:
        member(cast, Role.MENTEE, "Kārlis Ķirsis", topic="Kafejnīca", place="Ogres tehnikums")
        member(cast, Role.MENTEE, "Jānis Bērzs")
        shown = text(cast.inga, "new", cast.programme.ref, q=words)
        assert "Kārlis Ķirsis" in shown
        assert "Jānis Bērzs" not in shown

    def test_only_accepted_people_of_this_programme_without_a_pair(self, cast: Cast) -> None:
        shown = text(cast.inga, "new", cast.programme.ref)
        for name in (cast.elina.name, cast.gabija.name, "Ieva Stankutė"):
            assert name not in shown

    def test_people_of_another_programme_are_no_choice(self, cast: Cast) -> None:
        stranger = cast.elsewhere.mentee
        assert stranger.person.name not in text(cast.inga, "new", cast.programme.ref, mentee=stranger.ref)

    def test_who_said_rather_not_before_is_no_surprise(self, cast: Cast) -> None:
        mentor, mentee = member(cast, Role.MENTOR, "Laima Vītola"), member(cast, Role.MENTEE, "Jānis Bērzs")
        two, said = {"mentor": mentor.ref, "mentee": mentee.ref}, "jau iepriekš"
        assert said not in text(cast.inga, "new", cast.programme.ref, **two)
        pair = make.pair(mentor, mentee, active=False)
        pairs.answer_proposal(pair=pair, yes=False, by=mentee.person, now=NOW)
        assert said in text(cast.inga, "new", cast.programme.ref, **two)

    def test_a_page_beyond_the_last_is_empty(self, cast: Cast) -> None:
        assert see(cast.inga, "new", cast.programme.ref, page="99").status_code == 200
        assert see(cast.inga, "new", cast.programme.ref, page="x", q="a" * 500).status_code == 200


class TestAnswering:
    def two(self, cast: Cast, *, ready: bool = True) -> Pair:
        mentor = member(cast, Role.MENTOR, "Laima Vītola", ready=ready, place="Bilance", topic="Nodokļi")
        return make.pair(mentor, member(cast, Role.MENTEE, "Jānis Bērzs", ready=ready), active=False)

    def test_who_the_other_is_and_both_answers(self, cast: Cast) -> None:
        pair = self.two(cast)
        shown = text(pair.mentee.person, "answer", pair.ref)
        assert [word for word in ("Laima Vītola", "Bilance", "Nodokļi") if word not in shown] == []
        send(pair.mentee.person, "answer", pair.ref, answer="yes")
        assert "saņemta" in text(pair.mentee.person, "answer", pair.ref)
        send(pair.mentor.person, "answer", pair.ref, answer="yes")
        pair.refresh_from_db()
        assert pair.state == PairState.ACTIVE
        assert reverse("home:room", args=[pair.ref]) in text(pair.mentee.person, "answer", pair.ref)

    def test_it_works_once(self, cast: Cast) -> None:
        pair = self.two(cast)
        for said in ("yes", "yes", "no"):
            assert send(pair.mentee.person, "answer", pair.ref, answer=said).status_code == 302
        pair.refresh_from_db()
        assert (pair.state, pair.answers.count()) == (PairState.PROPOSED, 1)
        assert 'name="answer"' not in text(pair.mentee.person, "answer", pair.ref)

    def test_after_a_no_nobody_is_blamed(self, cast: Cast) -> None:
        pair = self.two(cast)
        send(pair.mentor.person, "answer", pair.ref, answer="no")
        for person in (pair.mentor.person, pair.mentee.person):
            assert "Neviens netiek vainots" in text(person, "answer", pair.ref)

    @pytest.mark.parametrize("said", ["", "maybe", "YES"])
    def test_nonsense_is_no_answer(self, cast: Cast, said: str) -> None:
        pair = self.two(cast)
        assert send(pair.mentee.person, "answer", pair.ref, answer=said).status_code == 302
        assert not pair.answers.exists()

    def test_accepted_and_not_prepared_waits_in_words(self, cast: Cast) -> None:
        pair = self.two(cast, ready=False)
        for person in (pair.mentor.person, pair.mentee.person):
            send(person, "answer", pair.ref, answer="yes")
        assert "sagatavošanās būs pabeigta" in text(pair.mentee.person, "answer", pair.ref)


class TestManaging:
    def test_pause_and_resume(self, cast: Cast) -> None:
        for name, state in (("pause", PairState.PAUSED), ("resume", PairState.ACTIVE)):
            assert send(cast.inga, name, cast.pair.ref).status_code == 302
            cast.pair.refresh_from_db()
            assert cast.pair.state == state

    def test_a_second_click_is_told_and_harmless(self, cast: Cast) -> None:
        for _click in range(2):
            assert send(cast.inga, "pause", cast.pair.ref).status_code == 302
        cast.pair.refresh_from_db()
        assert cast.pair.state == PairState.PAUSED

    def test_ending_asks_for_a_reason_and_an_outcome(self, cast: Cast) -> None:
        answer = send(cast.inga, "manage", cast.pair.ref, reason="")
        assert set(answer.context["form"].errors) == {"reason", "outcome"}
        answer = send(cast.inga, "manage", cast.pair.ref, reason="Tā.", outcome="completed")
        assert set(answer.context["form"].errors) == {"outcome"}
        answer = send(cast.inga, "manage", cast.pair.ref, reason="a" * 2001, outcome="dissolved")
        assert ("a" * 2001) in answer.content.decode()
        send(cast.inga, "manage", cast.pair.ref, reason="Pārcelšanās.", outcome="rematched")
        shown = text(cast.inga, "manage", cast.pair.ref)
        assert "Pārcelšanās." in shown
        assert f"?mentee={cast.mentee.ref}" in shown
        assert "Pārcelšanās." not in text(cast.elina, "answer", cast.pair.ref)

    def test_an_ended_pair_is_not_ended_again(self, cast: Cast) -> None:
        pairs.dissolve_pair(pair=cast.pair, reason="Pirmais.", by=cast.inga, now=NOW)
        send(cast.inga, "manage", cast.pair.ref, reason="Otrais.", outcome="dissolved")
        cast.pair.refresh_from_db()
        assert cast.pair.end_reason == "Pirmais."


class TestReadingAPlan:
    def test_every_version_is_readable(self, cast: Cast) -> None:
        first = make.agreed_plan(cast.pair)
        second = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        plans.write_answers(
            plan=second, texts={"rhythm": "Reizi mēnesī."}, choices={}, revisions={}, by=cast.elina, now=NOW
        )
        shown = text(cast.andris, "version", first.ref)
        assert "Reizi divās nedēļās." in shown
        assert "reizi 2 nedēļās" in shown
        assert "Reizi mēnesī." in text(cast.andris, "version", second.ref)
        assert reverse("pairs:version", args=[first.ref]) in text(cast.andris, "plan", cast.pair.ref)

    def test_questions_of_the_programme_are_asked_too(self, cast: Cast) -> None:
        added = {"key": "pets", "text": {"lv": "Un suns?", "lt": "O šuo?", "en": "And the dog?"}}
        cast.programme.overrides = {"questions": {"plan": [added]}}
        cast.programme.save()
        assert "12. Un suns?" in text(cast.elina, "plan", cast.pair.ref)
        assert "Un suns?" in text(cast.elina, "question", cast.pair.ref, "pets")

    def test_an_answer_to_a_question_no_longer_asked_stays_readable(self, cast: Cast) -> None:
        plan = make.agreed_plan(cast.pair)
        plan.agreed_answers.create(question="pets", text="Suns drīkst.")
        for name, ref in (("version", plan.ref), ("plan", cast.pair.ref)):
            assert "Suns drīkst." in text(cast.elina, name, ref)

    def test_a_resting_pair_reads_and_does_not_write(self, cast: Cast) -> None:
        filled(cast)
        plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert "Reizi divās nedēļās." in text(cast.elina, "plan", cast.pair.ref)
        for name in ("topic", "goals", "own_words", "paper"):
            assert "<textarea" not in text(cast.elina, name, cast.pair.ref)
        assert "<textarea" not in text(cast.elina, "question", cast.pair.ref, "rhythm")

    def test_what_is_written_is_shown_as_text(self, cast: Cast) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        for person, said in ((cast.elina, "<script>a</script> un b"), (cast.andris, "<b>a</b> un b")):
            plans.write_view(plan=plan, question="rhythm", text=said, revision=0, by=person, now=NOW)
        for shown in (
            text(cast.elina, "plan", cast.pair.ref),
            text(cast.elina, "question", cast.pair.ref, "rhythm"),
        ):
            assert "<script>a" not in shown
            assert "&lt;script&gt;" in shown

    def test_differing_words_are_marked(self, cast: Cast) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        days = {cast.elina: "Reizi nedēļā pirmdienās.", cast.andris: "Reizi nedēļā otrdienās."}
        for person, said in days.items():
            plans.write_view(plan=plan, question="rhythm", text=said, revision=0, by=person, now=NOW)
        shown = text(cast.elina, "question", cast.pair.ref, "rhythm")
        assert "Reizi nedēļā <mark>pirmdienās.</mark>" in shown
        assert "Reizi nedēļā <mark>otrdienās.</mark>" in shown

    def test_confirmations_are_dated(self, cast: Cast) -> None:
        plan = make.agreed_plan(cast.pair, now=NOW - timedelta(days=4))
        assert text(cast.elina, "version", plan.ref).count("10.\u00a0oktobrī") >= 2
        assert Plan.objects.get().agreed_at == NOW - timedelta(days=4)
