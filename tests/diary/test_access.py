"""Who may read and write a diary: the mentor alone; after the handover the mentee; nobody else, ever (R6)."""

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.diary.access import DiaryAction, EntryAction
from varpa.diary.actions import hand_over, note_read_through, seal_left_diaries
from varpa.diary.models import Diary, DiaryState, Entry
from varpa.kernel.access import allowed, may, why
from varpa.pairs.actions.pairs import dissolve_pair

pytestmark = pytest.mark.django_db

SECRET = "Slepens teikums."
EVERYBODY = ("andris", "elina", "inga", "dace", "rimantas", "gabija", "zane", "tomas", "jonas")
STRANGERS = ("rimantas", "gabija", "zane", "tomas", "jonas")
STAFF = ("inga", "dace")


@pytest.fixture
def cast() -> Cast:
    found = assemble()
    make.entry(found.pair, text=SECRET)
    return found


def handed(cast: Cast) -> Diary:
    diary = Diary.objects.get(pair=cast.pair)
    note_read_through(diary=diary, by=cast.andris, now=NOW)
    hand_over(diary=diary, by=cast.andris, now=NOW)
    return diary


def addresses(cast: Cast) -> dict[str, str]:
    diary = Diary.objects.get(pair=cast.pair)
    return {
        "diary": f"/pairs/{cast.pair.ref}/diary/",
        "new": f"/pairs/{cast.pair.ref}/diary/new/",
        "entry": f"/entries/{Entry.objects.get().ref}/",
        "handover": f"/diaries/{diary.ref}/handover/",
        "copy": f"/diaries/{diary.ref}/copy.pdf",
        "answer": f"/diaries/{diary.ref}/answer/",
    }


def statuses(cast: Cast, name: str, method: str = "get") -> dict[str, int]:
    address = addresses(cast)[name]
    return {
        who: getattr(Visitor(getattr(cast, who)), method)(address, follow=True).status_code
        for who in EVERYBODY
    }


def expected(**own: int) -> dict[str, int]:
    return {**dict.fromkeys(STRANGERS, 404), **dict.fromkeys(STAFF, 403), **own}


BEFORE = {
    "diary": expected(andris=200, elina=200),
    "new": expected(andris=200, elina=403),
    "entry": expected(andris=200, elina=403),
    "handover": expected(andris=200, elina=403),
    # Nothing to keep yet: the mentor comes to the diary.
    "copy": expected(andris=200, elina=403),
}
AFTER = {
    "diary": expected(andris=200, elina=200),
    "new": expected(andris=200, elina=403),
    "entry": expected(andris=200, elina=403),
    "handover": expected(andris=200, elina=403),
    "copy": expected(andris=200, elina=200),
}


@pytest.mark.parametrize("name", BEFORE)
def test_before_the_handover_the_diary_is_the_mentors_alone(cast: Cast, name: str) -> None:
    assert statuses(cast, name) == BEFORE[name]


@pytest.mark.parametrize("name", AFTER)
def test_after_the_handover_the_mentee_reads_it_too(cast: Cast, name: str) -> None:
    handed(cast)
    assert statuses(cast, name) == AFTER[name]


def test_only_the_mentee_answers_and_only_after_the_handover(cast: Cast) -> None:
    assert statuses(cast, "answer", "post") == expected(andris=403, elina=403)
    handed(cast)
    assert statuses(cast, "answer", "post") == expected(andris=403, elina=200)


@pytest.mark.parametrize("name", ["new", "entry", "handover"])
def test_nobody_else_writes(cast: Cast, name: str) -> None:
    writing = statuses(cast, name, "post")
    assert {who for who, status in writing.items() if status == 200} == {"andris"}


def test_no_word_reaches_anybody_else_before_or_after(cast: Cast) -> None:
    others = [who for who in EVERYBODY if who not in ("andris", "elina")]
    for round_trip in range(2):
        for address in (*addresses(cast).values(), f"/pairs/{cast.pair.ref}/", "/"):
            for who in others:
                answer = Visitor(getattr(cast, who)).get(address, follow=True)
                assert SECRET not in words(answer), (address, who)
        if round_trip == 0:
            handed(cast)


def test_before_the_handover_no_word_reaches_the_mentee(cast: Cast) -> None:
    for address in (*addresses(cast).values(), f"/pairs/{cast.pair.ref}/", "/"):
        answer = Visitor(cast.elina).get(address, follow=True)
        assert SECRET not in words(answer), address


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast) -> None:
    visitor = Visitor(cast.andris)
    visitor.leave()
    for address in addresses(cast).values():
        answer = visitor.get(address)
        assert answer.status_code in (302, 405), address
        if answer.status_code == 302:
            assert "/sign-in/" in answer["Location"]


def test_a_sealed_diary_is_read_by_nobody(cast: Cast) -> None:
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    seal_left_diaries(NOW + make.timedelta(days=30))
    for name in ("entry", "handover", "copy"):
        found = statuses(cast, name)
        assert 200 not in found.values(), (name, found)
    for who in ("andris", "elina"):
        answer = words(Visitor(getattr(cast, who)).get(addresses(cast)["diary"]))
        assert SECRET not in answer
        assert "aizzīmogota" in answer


def test_the_rule_lists_what_it_allows(cast: Cast) -> None:
    make.entry(cast.elsewhere)
    mine = Diary.objects.get(pair=cast.pair)
    assert list(allowed(DiaryAction.READ, cast.andris, Diary.objects.all())) == [mine]
    assert list(allowed(EntryAction.WRITE, cast.andris, Entry.objects.all())) == list(mine.entries.all())
    assert not may(DiaryAction.READ, cast.elina, mine)
    assert why(DiaryAction.READ, cast.inga, mine) == []
    handed(cast)
    assert may(DiaryAction.READ, cast.elina, mine)
    assert not may(EntryAction.READ, cast.elina, mine.entries.get())
    assert Diary.objects.get(pk=mine.pk).state == DiaryState.HANDED_OVER
