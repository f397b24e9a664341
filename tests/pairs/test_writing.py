"""Writing on the pages of a pair: nobody loses a word, wrong fields are told, two clicks are one (R13)."""

import json
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import form, merged, send, text
from varpa.pairs.actions import goals, pairs, plans
from varpa.pairs.models import Plan

pytestmark = pytest.mark.django_db

RHYTHM = "rhythm"


def agreed_text(cast: Cast) -> str:
    return str(Plan.objects.get(pair=cast.pair).agreed_answers.get(question=RHYTHM).text)


class TestAQuestion:
    def at(self, cast: Cast) -> tuple[str, str, str]:
        return ("question", cast.pair.ref, RHYTHM)

    def test_both_views_and_one_agreement(self, cast: Cast) -> None:
        at = self.at(cast)
        for person, view in ((cast.elina, "Bieži."), (cast.andris, "Reti.")):
            given = {**form(person, *at), "view": view, "text": "Reizi nedēļā.", "every": "1"}
            assert send(person, *at, **given).status_code == 302
        plan = Plan.objects.get()
        assert dict(plan.views.values_list("side", "text")) == {"mentee": "Bieži.", "mentor": "Reti."}
        assert (plan.agreed_answers.get().text, plan.agreed_answers.get().choice) == ("Reizi nedēļā.", 7)

    def test_on_to_the_next_and_at_last_to_the_whole(self, cast: Cast) -> None:
        ref = cast.pair.ref
        answer = send(cast.elina, "question", ref, "means", **form(cast.elina, "question", ref, "means"))
        assert answer["Location"] == reverse("pairs:question", args=[ref, "expectations"])
        last = ("question", ref, "between_meetings")
        answer = send(cast.elina, *last, **form(cast.elina, *last))
        assert answer["Location"] == reverse("pairs:plan", args=[ref])

    def test_a_form_with_nothing_in_it_changes_nothing(self, cast: Cast) -> None:
        send(cast.elina, *self.at(cast))
        plan = Plan.objects.get()
        assert (plan.edition, plan.views.count(), plan.agreed_answers.count()) == (0, 0, 0)

    def test_writing_my_view_is_no_conflict_with_the_others_agreement(self, cast: Cast) -> None:
        """The form is sent whole, with an old copy of the agreed text in it."""
        at = self.at(cast)
        mine = form(cast.elina, *at)
        send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Reizi nedēļā."})
        answer = send(cast.elina, *at, **{**mine, "view": "Bieži."})
        assert answer.status_code == 302
        assert agreed_text(cast) == "Reizi nedēļā."

    def test_two_agreements_at_once_stand_side_by_side_and_are_merged(self, cast: Cast) -> None:
        at = self.at(cast)
        mine = form(cast.elina, *at)
        send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Pirmdienās."})
        answer = send(cast.elina, *at, **{**mine, "text": "Trešdienās.", "view": "Man vienalga."})
        page = answer.content.decode()
        assert [word for word in ("Pirmdienās.", "Trešdienās.", "Man vienalga.") if word not in page] == []
        again = merged(answer)
        assert again["text"] == "Pirmdienās.\nTrešdienās."
        assert send(cast.elina, *at, **again).status_code == 302
        assert agreed_text(cast) == "Pirmdienās.\nTrešdienās."
        assert Plan.objects.get().views.get().text == "Man vienalga."

    def test_a_third_text_while_merging_is_shown_again(self, cast: Cast) -> None:
        at = self.at(cast)
        mine = form(cast.elina, *at)
        send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Pirmdienās."})
        again = merged(send(cast.elina, *at, **{**mine, "text": "Trešdienās."}))
        send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Piektdienās."})
        answer = send(cast.elina, *at, **again)
        assert answer.status_code == 200
        assert "Piektdienās." in answer.content.decode()
        assert agreed_text(cast) == "Piektdienās."

    def test_two_choices_at_once_are_told(self, cast: Cast) -> None:
        at = self.at(cast)
        mine = form(cast.elina, *at)
        send(cast.andris, *at, **{**form(cast.andris, *at), "every": "2"})
        answer = send(cast.elina, *at, **{**mine, "every": "3", "unit": "days"})
        assert answer.status_code == 200
        assert "reizi 2 nedēļās" in answer.content.decode()
        assert send(cast.elina, *at, **{**merged(answer), "every": "3", "unit": "days"}).status_code == 302
        assert Plan.objects.get().agreed_answers.get().choice == 3

    def test_sending_it_twice_is_once(self, cast: Cast) -> None:
        at = self.at(cast)
        given = {**form(cast.elina, *at), "view": "Bieži.", "text": "Reizi nedēļā."}
        assert [send(cast.elina, *at, **given).status_code for _click in range(2)] == [302, 302]
        assert Plan.objects.get().edition == 1

    @pytest.mark.parametrize("every", ["x", "0", "-1", "53", "1000000000000000000000", "1,5"])
    def test_a_wrong_figure_is_told_at_the_field_and_nothing_is_lost(self, cast: Cast, every: str) -> None:
        at = self.at(cast)
        given = {**form(cast.elina, *at), "view": "Nekas nezūd.", "every": every}
        answer = send(cast.elina, *at, **given)
        assert list(answer.context["form"].errors) == ["every"]
        assert "Nekas nezūd." in answer.content.decode()
        assert not Plan.objects.exists()

    def test_a_text_too_long_is_told_and_kept(self, cast: Cast) -> None:
        at = self.at(cast)
        answer = send(cast.elina, *at, **{**form(cast.elina, *at), "text": "ā" * 10_001})
        assert list(answer.context["form"].errors) == ["text"]
        assert "ā" * 10_001 in answer.content.decode()

    @pytest.mark.parametrize(
        "stamp", ["", "x", "[]", "null", '{"shown": 3}', '{"version":1,"shown":{"view":[1]}}']
    )
    def test_a_broken_stamp_overwrites_nothing(self, cast: Cast, stamp: str) -> None:
        at = self.at(cast)
        send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Pirmdienās."})
        answer = send(cast.elina, *at, revision=stamp, text="Trešdienās.")
        assert answer.status_code == 200
        assert agreed_text(cast) == "Pirmdienās."

    @pytest.mark.parametrize("key", ["means", "reply_time", "boundaries"])
    def test_the_other_kinds_of_questions(self, cast: Cast, key: str) -> None:
        at = ("question", cast.pair.ref, key)
        choices: dict[str, Any] = {"means": {"means": ["email", "video"]}, "reply_time": {"days": "3"}}
        given = {**form(cast.elina, *at), "text": "Tā.", **choices.get(key, {})}
        assert send(cast.elina, *at, **given).status_code == 302
        kept = {"means": ["video", "email"], "reply_time": 3, "boundaries": None}
        assert Plan.objects.get().agreed_answers.get().choice == kept[key]

    def test_an_unknown_means_is_told(self, cast: Cast) -> None:
        at = ("question", cast.pair.ref, "means")
        answer = send(cast.elina, *at, **{**form(cast.elina, *at), "means": ["pigeon"]})
        assert list(answer.context["form"].errors) == ["means"]

    def test_an_agreed_plan_keeps_what_was_typed_and_says_why_not(self, cast: Cast) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.elina, now=NOW)
        at = self.at(cast)
        mine = form(cast.elina, *at)
        for person in (cast.andris, cast.elina):
            plans.confirm_plan(plan=plan, by=person, now=NOW)
        answer = send(cast.elina, *at, **{**mine, "text": "Par vēlu."})
        assert answer.context["form"].non_field_errors()
        assert "Par vēlu." in answer.content.decode()
        assert "<textarea" not in text(cast.elina, *at)

    def test_a_pause_meanwhile_keeps_what_was_typed(self, cast: Cast) -> None:
        at = self.at(cast)
        mine = form(cast.elina, *at)
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        answer = send(cast.elina, *at, **{**mine, "view": "Nekas nezūd."})
        assert "Nekas nezūd.</textarea>" in answer.content.decode()


class TestSavingItself:
    def test_each_saving_goes_upon_the_last(self, cast: Cast) -> None:
        at = ("question", cast.pair.ref, RHYTHM)
        given = form(cast.elina, *at)
        for view, agreed in (("B", ""), ("Bie", ""), ("Bieži.", "Re"), ("Bieži.", "Reizi nedēļā.")):
            answer = send(cast.elina, *at, by_script=True, **{**given, "view": view, "text": agreed}).json()
            assert answer["saved_at"]
            given["revision"] = answer["revision"]
        assert (Plan.objects.get().views.get().text, agreed_text(cast)) == ("Bieži.", "Reizi nedēļā.")

    def test_the_others_words_are_never_overwritten_unseen(self, cast: Cast) -> None:
        """I save my view; the other agrees on a text; I go on writing my view, then touch the text."""
        at = ("question", cast.pair.ref, RHYTHM)
        given = {**form(cast.elina, *at), "view": "Bieži."}
        given["revision"] = send(cast.elina, *at, by_script=True, **given).json()["revision"]
        send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Pirmdienās."})
        given["view"] = "Ļoti bieži."
        given["revision"] = send(cast.elina, *at, by_script=True, **given).json()["revision"]
        answer = send(cast.elina, *at, by_script=True, **{**given, "text": "Trešdienās."})
        assert answer.json() == {"conflict": True}
        assert agreed_text(cast) == "Pirmdienās."

    def test_a_wrong_figure_and_a_resting_pair_are_refused(self, cast: Cast) -> None:
        at = ("question", cast.pair.ref, RHYTHM)
        given = {**form(cast.elina, *at), "view": "Bieži."}
        assert send(cast.elina, *at, by_script=True, **{**given, "every": "x"}).json() == {"refused": True}
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert send(cast.elina, *at, by_script=True, **given).json() == {"refused": True}

    def test_the_topic(self, cast: Cast) -> None:
        at = ("topic", cast.pair.ref)
        mine, theirs = form(cast.elina, *at), form(cast.andris, *at)
        mine["problems"], theirs["actions"] = "Krāsns ir dārga.", "Piezvanīt."
        for person, given in ((cast.elina, mine), (cast.andris, theirs)):
            given["revision"] = send(person, *at, by_script=True, **given).json()["revision"]
        mine["problems"] += " Nav telpu."
        assert send(cast.elina, *at, by_script=True, **mine).json()["saved_at"]
        rows = dict(cast.pair.topic_answers.values_list("question", "text"))
        assert rows == {"problems": "Krāsns ir dārga. Nav telpu.", "actions": "Piezvanīt."}
        assert send(cast.elina, *at, by_script=True, **{**mine, "actions": "Rakstīt."}).json() == {
            "conflict": True
        }

    def test_own_words_and_a_goal(self, cast: Cast) -> None:
        goal = goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
        for at, field in ((("own_words", cast.pair.ref), "own_words"), (("goal", goal.ref), "progress")):
            given = form(cast.elina, *at)
            for said in ("P", "Puse.", "Puse ir."):
                given[field] = said
                given["revision"] = send(cast.elina, *at, by_script=True, **given).json()["revision"]
            stale = {**given, "revision": "0", field: "Cits."}
            assert send(cast.andris, *at, by_script=True, **stale).json() == {"conflict": True}
        goal.refresh_from_db()
        assert (goal.progress, Plan.objects.get().own_words) == ("Puse ir.", "Puse ir.")


def test_a_stamp_is_no_way_around(cast: Cast) -> None:
    """Somebody who forges the stamp overwrites what stood there, and history says who it was."""
    at = ("question", cast.pair.ref, RHYTHM)
    send(cast.andris, *at, **{**form(cast.andris, *at), "text": "Pirmdienās."})
    forged = json.dumps({"version": 1, "shown": {"text": [10**20, "x"]}})
    assert send(cast.elina, *at, revision=forged, text="Trešdienās.").status_code == 200
    assert agreed_text(cast) == "Pirmdienās."
