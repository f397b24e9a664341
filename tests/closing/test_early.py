"""A pair that ends early ends kindly: what is kept, what is handed over, closing words of both (R3, R8)."""

from datetime import date, datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, forms, queries, words
from varpa.closing import actions
from varpa.closing.models import LookBack
from varpa.messaging.actions import want_quiet
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import NotPermitted, PairHasEnded, dissolve_pair
from varpa.pairs.queries import facts_of
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + DAY
SAID = {"lv": "Daži noslēguma vārdi", "lt": "Keli baigiamieji žodžiai", "en": "A few closing words"}


@pytest.fixture
def cast() -> Cast:
    """The manager ended the pair, and lets the two write closing words."""
    assembled = assemble()
    make.entry(assembled.pair)
    end(assembled)
    return assembled


def end(cast: Cast, *, closing_words: bool = True) -> None:
    given = {"reason": "Pārcelšanās", "outcome": "rematched", "by": cast.inga, "now": NOW}
    dissolve_pair(pair=cast.pair, closing_words=closing_words, **given)


def write(cast: Cast, by: Person, text: str, *, now: datetime = LATER) -> LookBack:
    return actions.look_back(pair=cast.pair, text=text, thanks="Par laiku", revision=0, by=by, now=now)


def address(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/closing/"


def page(cast: Cast, who: Person, language: str = "lv", days: int = 1) -> str:
    return words(Visitor(who, days=days, language=language).get(address(cast))).replace("\xa0", " ")


def told(cast: Cast) -> list[str]:
    return list(Letter.objects.filter(kind="closing.words").values_list("to_address", flat=True))


def test_each_reads_the_words_of_the_other_once_both_have_written(cast: Cast) -> None:
    write(cast, cast.andris, "Tavas krūzes ir drošas")
    assert "Tavas krūzes" not in page(cast, cast.elina)
    write(cast, cast.elina, "Protu rēķināt cenu")
    for who in (cast.andris, cast.elina):
        shown = page(cast, who)
        assert "Tavas krūzes" in shown
        assert "Protu rēķināt" in shown
    assert told(cast) == [cast.andris.email]


def test_what_is_counted_stays_as_it_was(cast: Cast) -> None:
    for who in (cast.andris, cast.elina):
        write(cast, who, "Paldies")
    assert Fact.CLOSING_REVIEW not in facts_of(cast.pair)
    assert not LookBack.objects.filter(wants_to_stay_in_touch=True).exists()


@pytest.mark.parametrize("days", [30, 40])
def test_for_thirty_days_and_no_longer(cast: Cast, days: int) -> None:
    with pytest.raises(PairHasEnded):
        write(cast, cast.andris, "Par vēlu", now=NOW + days * DAY)
    assert SAID["lv"] not in page(cast, cast.andris, days=days)


def test_none_where_whoever_ended_the_pair_leaves_them_off() -> None:
    cast = assemble()
    end(cast, closing_words=False)
    with pytest.raises(PairHasEnded):
        write(cast, cast.andris, "Tomēr")
    assert SAID["lv"] not in page(cast, cast.andris)
    assert "noslēguma vārdus" not in Letter.objects.filter(kind="pairs.ended")[0].text


def test_none_where_a_guardian_had_taken_the_permission_back_before() -> None:
    cast = assemble()
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4))
    cast.pair.refresh_from_db()
    end(cast)
    assert not cast.pair.closing_words
    assert "noslēguma vārdus" not in Letter.objects.filter(kind="pairs.ended")[0].text


def test_none_once_a_guardian_permits_no_more_that_the_two_go_on(cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4))
    cast.pair.refresh_from_db()
    with pytest.raises(NotPermitted):
        write(cast, cast.andris, "Tavas krūzes")
    assert SAID["lv"] not in page(cast, cast.andris)


def test_words_wait_for_whoever_wants_none(cast: Cast) -> None:
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    write(cast, cast.elina, "Protu rēķināt cenu")
    write(cast, cast.andris, "Atbildi man")
    assert "Atbildi man" not in page(cast, cast.elina)
    assert told(cast) == []


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_of_each_says_what_is_left(cast: Cast, language: str) -> None:
    day = {"lv": "līdz 13. novembrim", "lt": "iki lapkričio 13 d.", "en": "by 13 November"}[language]
    for who in (cast.andris, cast.elina):
        shown = page(cast, who, language)
        assert SAID[language] in shown
        assert shown.count(day) >= 2
        assert f"/pairs/{cast.pair.ref}/diary/" in shown
        assert address(cast) in words(Visitor(who, days=1, language=language).get("/"))


def test_home_leads_there_until_it_is_written(cast: Cast) -> None:
    write(cast, cast.elina, "Paldies")
    assert address(cast) not in words(Visitor(cast.elina, days=1).get("/"))
    assert address(cast) in words(Visitor(cast.andris, days=1).get("/"))
    assert address(cast) not in words(Visitor(cast.andris, days=31).get("/"))


def test_the_letter_of_the_end_says_so_and_leads_there(cast: Cast) -> None:
    for letter in Letter.objects.filter(kind="pairs.ended"):
        text = letter.text.replace("\xa0", " ")
        assert "noslēguma vārdus" in text
        assert "13. novembrim" in text
        assert address(cast) in text


def test_they_are_written_and_written_over_on_the_page(cast: Cast) -> None:
    elina = Visitor(cast.elina, days=1)
    for text in ("Paldies", "Paldies par visu"):
        form = next(each for each in forms(elina.get(address(cast))) if each.action.endswith("/closing/"))
        assert "contact" not in form.fields
        elina.send(form, text=text)
    assert LookBack.objects.get().text == "Paldies par visu"


@pytest.mark.parametrize("lets", [True, False])
def test_the_manager_chooses(lets: bool) -> None:
    cast = assemble()
    inga = Visitor(cast.inga)
    form = next(
        each for each in forms(inga.get(f"/pairs/{cast.pair.ref}/manage/")) if "reason" in each.written
    )
    assert form.fields["closing_words"] == ["on"]
    if not lets:
        del form.fields["closing_words"]
    inga.send(form, outcome="dissolved", reason="Pārcelšanās")
    cast.pair.refresh_from_db()
    assert cast.pair.closing_words is lets


def test_as_many_questions_whatever_was_written(cast: Cast) -> None:
    before = queries(cast.andris, address(cast), days=1)
    for who in (cast.andris, cast.elina):
        write(cast, who, "Paldies")
    assert queries(cast.andris, address(cast), days=1) <= before <= 12


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_both_at_one_second_and_one_of_them_is_told() -> None:
    cast = assemble()
    end(cast)
    found = at_once(
        lambda: write(cast, cast.andris, "Tavas krūzes ir drošas"),
        lambda: write(cast, cast.elina, "Protu rēķināt cenu"),
    )
    assert not [each for each in found if isinstance(each, Exception)]
    assert LookBack.objects.filter(pair=cast.pair).count() == 2
    assert len(told(cast)) == 1
