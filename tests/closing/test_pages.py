"""The end of a pair on one page: what is still ahead, both reviews, what did not happen and why (R3)."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Form, Visitor, forms, queries, words
from varpa.closing import actions
from varpa.closing.models import Excuse, LookBack
from varpa.diary.models import Diary
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.models import PairState
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

KEYS = ("plan", "visit", "role_swap", "hours", "closing_review", "diary")
STRANGERS = ("rimantas", "gabija", "zane", "tomas", "jonas")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def andris(cast: Cast) -> Visitor:
    return Visitor(cast.andris)


@pytest.fixture
def elina(cast: Cast) -> Visitor:
    return Visitor(cast.elina)


def address(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/closing/"


def form_to(answer: Any, part: str) -> Form:
    return next(form for form in forms(answer) if form.action.endswith(part))


def review(visitor: Visitor, cast: Cast, text: str, **more: Any) -> Any:
    return visitor.send(form_to(visitor.get(address(cast)), "/closing/"), text=text, **more)


def excuse(visitor: Visitor, cast: Cast, key: str, reason: str) -> Any:
    form = form_to(visitor.get(address(cast)), f"/excuses/{key}/")
    return visitor.send(form, len(form.buttons) - 1, reason=reason)


def both_say(cast: Cast, key: str, reason: str = "Slimība.") -> None:
    said = {"pair": cast.pair, "requirement": key, "reason": reason, "now": NOW}
    actions.excuse(**said, by=cast.andris)
    actions.agree_excuse(**said, by=cast.elina)


def excuse_all(cast: Cast, *, but: str = "") -> None:
    for key in KEYS:
        if key != but:
            both_say(cast, key)


# Who sees it


@pytest.mark.parametrize("part", ["", "end/", "excuses/visit/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_two_alone(cast: Cast, part: str, method: str) -> None:
    found = {
        who: getattr(Visitor(getattr(cast, who)), method)(address(cast) + part, follow=True).status_code
        for who in ("andris", "elina", "inga", "dace", *STRANGERS)
    }
    expected = {"andris": 200, "elina": 200, "inga": 403, "dace": 403, **dict.fromkeys(STRANGERS, 404)}
    assert found == expected


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast, andris: Visitor) -> None:
    andris.leave()
    for part in ("", "end/", "excuses/visit/"):
        assert "/sign-in/" in andris.get(address(cast) + part)["Location"]


def test_the_review_of_the_other_is_read_once_both_have_written(
    cast: Cast, andris: Visitor, elina: Visitor
) -> None:
    review(andris, cast, "Mentora vārdi.")
    assert "Mentora vārdi." in words(andris.get(address(cast)))
    assert "Mentora vārdi." not in words(elina.get(address(cast)))
    review(elina, cast, "Audzēknes vārdi.")
    for visitor in (andris, elina):
        shown = words(visitor.get(address(cast)))
        assert "Mentora vārdi." in shown
        assert "Audzēknes vārdi." in shown


def test_after_the_end_each_still_reads_both_reviews(cast: Cast, andris: Visitor, elina: Visitor) -> None:
    review(andris, cast, "Mentora vārdi.", stay_in_touch="on")
    review(elina, cast, "Audzēknes vārdi.", stay_in_touch="on")
    excuse_all(cast)
    andris.send(form_to(andris.get(address(cast)), "/end/"))
    for visitor in (andris, elina):
        answer = visitor.get(address(cast))
        assert "Mentora vārdi." in words(answer)
        assert "Audzēknes vārdi." in words(answer)
        assert "Palikt saziņā ir abu vēlēšanās." in words(answer)
        assert [each.action for each in forms(answer)] == [address(cast) + "contact/"]


# Looking back


def test_a_review_is_written_and_written_again(cast: Cast, elina: Visitor) -> None:
    assert review(elina, cast, "Daudz.", stay_in_touch="on")["Location"] == address(cast)
    form = form_to(elina.get(address(cast)), "/closing/")
    assert form.fields["text"] == ["Daudz."]
    assert form.fields["stay_in_touch"] == ["on"]
    elina.send(form, text="Daudz vairāk.")
    assert LookBack.objects.get().text == "Daudz vairāk."


def test_sent_twice_it_is_one_review(cast: Cast, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/closing/")
    for _click in range(2):
        assert elina.send(form, text="Daudz.").status_code == 302
    assert LookBack.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001])
def test_a_wrong_review_is_told_at_the_field_and_stays(cast: Cast, elina: Visitor, text: str) -> None:
    answer = review(elina, cast, text)
    assert answer.status_code == 200
    assert 'class="why"' in words(answer)
    assert form_to(answer, "/closing/").fields["text"] == [text]
    assert not LookBack.objects.exists()


def test_two_devices_lose_no_word(cast: Cast, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/closing/")
    elina.send(form, text="No datora.")
    answer = elina.send(form, text="No tālruņa.", stay_in_touch="on")
    assert "No datora." in words(answer)
    elina.send(form_to(answer, "/closing/"))
    kept = LookBack.objects.get()
    assert kept.text == "No datora.\nNo tālruņa."
    assert kept.wants_to_stay_in_touch


def test_when_the_session_has_ended_the_review_is_kept(cast: Cast, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/closing/")
    elina.leave()
    answer = elina.send(form, text="Garš teksts, kas nedrīkst pazust.")
    assert answer.status_code == 403
    assert "Garš teksts, kas nedrīkst pazust." in words(answer)


def test_while_the_pair_rests_nothing_is_asked_and_a_late_text_stays(cast: Cast, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/closing/")
    excused = form_to(elina.get(address(cast)), "/excuses/visit/")
    actions.excuse(pair=cast.pair, requirement="plan", reason="Slimība.", by=cast.andris, now=NOW)
    withdrawn = form_to(elina.get(address(cast)), "/excuses/plan/")
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    resting = elina.get(address(cast))
    assert resting.status_code == 200
    assert forms(resting) == []
    assert "Par vēlu." in words(elina.send(form, text="Par vēlu."))
    assert "Arī par vēlu." in words(elina.send(excused, reason="Arī par vēlu."))
    assert elina.send(withdrawn).status_code == 200
    assert Excuse.objects.get().requirement == "plan"


# What did not happen, because …


def test_what_is_missing_stands_there_long_before(cast: Cast, andris: Visitor) -> None:
    shown = words(andris.get(address(cast)))
    assert shown.count("Vēl nav") == len(KEYS)
    make.agreed_plan(cast.pair)
    assert words(andris.get(address(cast))).count("Vēl nav") == len(KEYS) - 1


def test_a_reason_is_written_and_taken_back(cast: Cast, elina: Visitor) -> None:
    assert excuse(elina, cast, "visit", "Uzņēmums pārcēlās.")["Location"] == address(cast)
    assert "Uzņēmums pārcēlās." in words(elina.get(address(cast)))
    form = form_to(elina.get(address(cast)), "/excuses/visit/")
    elina.send(form, form.buttons.index(("withdraw", "1")))
    assert not Excuse.objects.filter(withdrawn_at=None).exists()
    assert "Uzņēmums pārcēlās." not in words(elina.get(address(cast)))


@pytest.mark.parametrize(
    ("reason", "told"), [("", "Šeit kaut kas jāuzraksta"), ("x" * 301, "301 rakstzīmes, atļauts līdz 300")]
)
def test_a_wrong_reason_is_told_at_its_place_and_stays(
    cast: Cast, elina: Visitor, reason: str, told: str
) -> None:
    answer = excuse(elina, cast, "visit", reason)
    assert answer.status_code == 200
    assert told in words(answer)
    assert form_to(answer, "/excuses/visit/").fields["reason"] == [reason]
    assert words(answer).count('<details class="fold" open>') == 1


def test_two_reasons_at_once_lose_no_word(cast: Cast, andris: Visitor, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/excuses/visit/")
    excuse(andris, cast, "visit", "Uzņēmums pārcēlās.")
    answer = elina.send(form, reason="Biju slima.")
    assert Excuse.objects.get().reason == "Uzņēmums pārcēlās."
    both = form_to(answer, "/excuses/visit/")
    assert both.fields["reason"] == ["Uzņēmums pārcēlās. Biju slima."]
    save = both.buttons.index(("", ""))
    assert elina.send(both, save).status_code == 302
    assert Excuse.objects.get().reason == "Uzņēmums pārcēlās. Biju slima."


def test_the_same_reason_twice_is_one(cast: Cast, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/excuses/visit/")
    for _click in range(2):
        assert elina.send(form, reason="Biju slima.").status_code == 302


def test_what_is_not_on_the_list_is_not_found(cast: Cast, elina: Visitor) -> None:
    for data in ({"reason": "Lietus."}, {"withdraw": "1"}, {}):
        assert elina.post(f"{address(cast)}excuses/parade/", data).status_code == 404


def test_the_mentor_hands_the_diary_over_from_here(cast: Cast, andris: Visitor, elina: Visitor) -> None:
    make.entry(cast.pair)
    link = f"/diaries/{Diary.objects.get().ref}/handover/"
    assert link in words(andris.get(address(cast)))
    assert link not in words(elina.get(address(cast)))


# Ending


def test_the_end_opens_when_nothing_is_missing(cast: Cast, andris: Visitor) -> None:
    excuse_all(cast, but="diary")
    end = f"{address(cast)}end/"
    assert not any(form.action == end for form in forms(andris.get(address(cast))))
    answer = andris.post(end, follow=True)
    assert "Sarakstā vēl kaut kā trūkst" in words(answer)
    both_say(cast, "diary", "Nav.")
    form = form_to(andris.get(address(cast)), "/end/")
    assert andris.send(form)["Location"] == f"/pairs/{cast.pair.ref}/"
    cast.pair.refresh_from_db()
    assert cast.pair.state == PairState.ENDED


def test_the_end_is_the_largest_thing_once_it_is_what_is_left(cast: Cast, andris: Visitor) -> None:
    excuse_all(cast, but="diary")
    assert "Atskatieties uz kopīgi paveikto" in band(andris.get(address(cast)))
    both_say(cast, "diary", "Nav.")
    answer = andris.get(address(cast))
    assert "Beigt sadarbību" in band(answer)
    assert f'action="{address(cast)}end/"' in band(answer)
    assert form_to(answer, "/closing/").fields["text"] == [""]


def band(answer: Any) -> str:
    """The largest thing on the page: the heading and what belongs to it."""
    return words(answer).split('class="next"')[1].split("</section>")[0]


def test_of_two_clicks_one_ends_and_the_other_is_told(cast: Cast, andris: Visitor, elina: Visitor) -> None:
    excuse_all(cast)
    form = form_to(andris.get(address(cast)), "/end/")
    assert andris.send(form).status_code == 302
    assert elina.send(form).status_code == 302
    assert LookBack.objects.count() == 0


# Three languages


@pytest.mark.parametrize(
    ("who", "language", "said"),
    [
        ("andris", "lv", "Atskatieties uz kopīgi paveikto"),
        ("andris", "lt", "Atsigręžkite į tai, ką nuveikėte kartu"),
        ("andris", "en", "Look back at what you did together"),
        ("elina", "lv", "Atskaties uz kopīgi paveikto"),
        ("elina", "lt", "Atsigręžk į tai, ką nuveikėte kartu"),
        ("elina", "en", "Look back at what you did together"),
    ],
)
def test_each_is_spoken_to_in_the_own_language(cast: Cast, who: str, language: str, said: str) -> None:
    assert said in words(Visitor(getattr(cast, who), language=language).get(address(cast)))


def test_the_page_asks_as_often_with_a_long_story(cast: Cast) -> None:
    few = queries(cast.andris, address(cast))
    for number in range(30):
        make.held(cast.pair, kind="regular", days=number + 1)
        make.entry(cast.pair)
    excuse_all(cast)
    for side in (cast.andris, cast.elina):
        actions.look_back(pair=cast.pair, text="Daudz.", stay_in_touch=True, revision=0, by=side, now=NOW)
    assert queries(cast.andris, address(cast)) == few <= 12


@pytest.mark.parametrize("stays", [True, False])
def test_where_the_other_is_reached_is_read_only_where_both_stay_in_touch(
    cast: Cast, andris: Visitor, elina: Visitor, stays: bool
) -> None:
    for who, stay in ((cast.andris, stays), (cast.elina, True)):
        said = {"text": "Daudz.", "stay_in_touch": stay, "contact": f"{who.ref}@example.org", "revision": 0}
        actions.look_back(pair=cast.pair, by=who, now=NOW, **said)
    assert cast.andris.ref not in words(elina.get(address(cast)))
    excuse_all(cast)
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    assert (f"{cast.andris.ref}@example.org" in words(elina.get(address(cast)))) is stays
    andris.post(address(cast) + "contact/", {})
    for who in (andris, elina):
        page = words(who.get(address(cast)))
        assert "@example.org" not in page
        assert ("Palikt saziņā ir atsaukts" in page) is stays


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", "Vispirms parunā par to ar vecākiem vai aizbildni."),
        ("lt", "Pirmiausia pasikalbėk apie tai su tėvais arba globėju."),
        ("en", "Talk about it with your parents or guardian first."),
    ],
)
def test_a_mentee_who_is_no_adult_chooses_with_the_parents_where_to_be_reached(
    cast: Cast, language: str, told: str
) -> None:
    mentee, mentor = (Visitor(who, language=language) for who in (cast.elina, cast.andris))
    assert told not in words(mentee.get(address(cast)))
    for born in (date(2010, 5, 4), None):
        Person.objects.filter(pk=cast.elina.pk).update(born=born)
        assert told in words(mentee.get(address(cast)))
        refused = mentee.send(form_to(mentee.get(address(cast)), "/closing/"), text="")
        assert told in words(refused)
    assert told not in words(mentor.get(address(cast)))


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("lv", "Par ko ir vēlēšanās pateikties?"),
        ("lt", "Už ką norisi padėkoti?"),
        ("en", "What would you like to thank for?"),
    ],
)
def test_each_may_thank_and_the_other_reads_it_with_the_review(
    cast: Cast, andris: Visitor, elina: Visitor, language: str, asked: str
) -> None:
    cast.elina.language = language
    cast.elina.save()
    assert asked in words(elina.get(address(cast)))
    review(elina, cast, "Daudz.", thanks="Paldies par pacietību.")
    assert "Paldies par pacietību." not in words(andris.get(address(cast)))
    review(andris, cast, "Labi.")
    assert "Paldies par pacietību." in words(andris.get(address(cast)))
    assert form_to(elina.get(address(cast)), "/closing/").fields["thanks"] == ["Paldies par pacietību."]


def test_two_devices_lose_no_thanks(cast: Cast, elina: Visitor) -> None:
    form = form_to(elina.get(address(cast)), "/closing/")
    elina.send(form, text="Daudz.", thanks="Par laiku.")
    both = elina.send(form, text="Daudz.", thanks="Par padomu.")
    assert "Par laiku." in words(both)
    assert "Par padomu." in words(both)
    assert LookBack.objects.get().thanks == "Par laiku."
