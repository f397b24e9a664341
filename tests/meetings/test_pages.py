"""The pages of meetings, hours and promises: who sees what, in how many queries, in three languages."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, page, plan, send, speak, text, wall
from varpa.kernel import clock
from varpa.meetings.actions.hours import enter_work, object_to_hours
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting
from varpa.meetings.actions.preparation import add_topic, write_notes
from varpa.meetings.actions.reviews import Given, make_promise, review_meeting, take_promise_step
from varpa.meetings.models import HourLine, Meeting, Promise, Topic
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.models import PlanAnswer
from varpa.people.models import Person
from varpa.site import catalogues

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
LATER = NOW + 4 * DAY
PAIR_PAGES = ("meetings/", "meetings/new/", "meetings/log/", "hours/", "promises/")
MEETING_PAGES = ("", "review/", "miss/", "move/")


@pytest.fixture
def things(cast: Cast) -> dict[str, str]:
    """One of everything, by its address: a meeting that has passed, a line, a promise of the mentee's."""
    meeting = make.meeting(cast.pair)
    add_topic(meeting=meeting, text="Cik maksā krāsns?", by=cast.elina, now=NOW)
    line = enter_work(
        pair=cast.pair, day=NOW.date(), minutes=30, work="Plāna lasīšana", by=cast.andris, now=NOW
    )
    promise = make_promise(pair=cast.pair, text="Piezvanīšu", due=None, by=cast.elina, now=NOW)
    named = {f"/pairs/{cast.pair.ref}/{name}": "get" for name in PAIR_PAGES}
    named |= {f"/meetings/{meeting.ref}/{name}": "get" for name in MEETING_PAGES}
    named |= {f"/hours/{line.ref}/": "get", f"/promises/{promise.ref}/": "get"}
    named |= {f"/meetings/{meeting.ref}/{name}/": "post" for name in ("topics", "preparation", "notes")}
    named |= {f"/hours/{line.ref}/{name}/": "post" for name in ("confirm", "objection", "settlement")}
    named |= {f"/hours/{line.ref}/withdrawal/": "post", f"/promises/{promise.ref}/day/": "post"}
    return named


class TestWho:
    def test_the_two_see_their_pages(self, cast: Cast, things: dict[str, str]) -> None:
        for address in [address for address, verb in things.items() if verb == "get"]:
            assert page(cast.elina, address, now=LATER).status_code == 200, address

    @pytest.mark.parametrize("who", ["zane", "rimantas", "gabija", "tomas", "jonas", "inga", "dace"])
    def test_nobody_else_does_not_even_the_manager(
        self, cast: Cast, things: dict[str, str], who: str
    ) -> None:
        for address, verb in things.items():
            ask = page if verb == "get" else send
            given = () if verb == "get" else ({},)
            assert ask(getattr(cast, who), address, *given, now=LATER).status_code == 404, address

    def test_who_is_not_signed_in_is_asked_to(self, cast: Cast, things: dict[str, str]) -> None:
        for address in things:
            answer = page(None, address)
            assert answer.status_code == 302
            assert "sign-in" in answer["Location"]

    def test_a_promise_is_its_makers_to_mark(self, cast: Cast) -> None:
        promise = make_promise(pair=cast.pair, text="Piezvanīšu", due=None, by=cast.elina, now=NOW)
        assert page(cast.andris, f"/promises/{promise.ref}/").status_code == 403
        assert send(cast.andris, f"/promises/{promise.ref}/", {"step": "keep"}).status_code == 403

    def test_opening_a_page_changes_nothing(self, cast: Cast, things: dict[str, str]) -> None:
        before = [*Meeting.objects.values(), *HourLine.objects.values(), *Promise.objects.values()]
        for address in things:
            page(cast.elina, address, now=LATER)
        assert [*Meeting.objects.values(), *HourLine.objects.values(), *Promise.objects.values()] == before

    def test_an_address_that_nothing_has_is_not_there(self, cast: Cast) -> None:
        for address in ("/meetings/nowhere23456/", "/hours/nowhere23456/", "/pairs/nowhere23456/hours/"):
            assert page(cast.elina, address).status_code == 404


def queries(who: Person, address: str) -> int:
    client = Client()
    client.force_login(who)
    with clock.moved_to(LATER), CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


class TestQueries:
    def fill(self, cast: Cast, numbers: range) -> None:
        for number in numbers:
            make.held(cast.pair, days=number, kind="regular")
            make_promise(pair=cast.pair, text=f"Solu {number}", due=None, by=cast.andris, now=NOW)

    @pytest.mark.parametrize("name", PAIR_PAGES)
    def test_the_same_number_for_one_row_and_for_thirty(self, cast: Cast, name: str) -> None:
        self.fill(cast, range(1, 2))
        address = f"/pairs/{cast.pair.ref}/{name}"
        one = queries(cast.elina, address)
        self.fill(cast, range(2, 31))
        assert queries(cast.elina, address) == one <= MOST_QUERIES

    def test_a_meeting_with_one_topic_and_with_thirty(self, cast: Cast) -> None:
        meeting = plan(cast)
        add_topic(meeting=meeting, text="Cena?", by=cast.elina, now=NOW)
        one = queries(cast.andris, f"/meetings/{meeting.ref}/")
        for number in range(29):
            Topic.objects.create(meeting=meeting, side="mentee", text=f"Vēl {number}", at=NOW)
        assert queries(cast.andris, f"/meetings/{meeting.ref}/") == one <= MOST_QUERIES

    def test_a_held_meeting_of_a_minor(self, cast: Cast) -> None:
        meeting = make.held(cast.pair, days=1, kind="regular")
        Person.objects.filter(pk=cast.elina.pk).update(born=date(2012, 5, 4))
        for reader in (cast.elina, cast.andris):
            assert queries(reader, f"/meetings/{meeting.ref}/") <= MOST_QUERIES

    def test_a_long_list_is_paged(self, cast: Cast) -> None:
        for number in range(55):
            make_promise(pair=cast.pair, text=f"Solu {number}.", due=None, by=cast.elina, now=NOW)
        first = text(page(cast.elina, f"/pairs/{cast.pair.ref}/promises/"))
        second = text(page(cast.elina, f"/pairs/{cast.pair.ref}/promises/?page=2"))
        assert first.count("Solu ") > 50 > 5 <= second.count("Solu ")


@pytest.mark.parametrize("language", ["lv", "lt"])
def test_no_page_speaks_english_to_those_who_read_another_language(
    cast: Cast, things: dict[str, str], language: str
) -> None:
    speak(language, cast.andris, cast.elina)
    english = {each.words for each in catalogues.collect("meetings") if len(each.words) > 14}
    english = {words.split("%(")[0] for words in english if len(words.split("%(")[0]) > 14}
    for address in [address for address, verb in things.items() if verb == "get"]:
        for who in (cast.elina, cast.andris):
            for now in (NOW + DAY, NOW + 3 * DAY - 2 * HOUR, LATER):
                shown = text(page(who, address, now=now))
                assert [words for words in english if words in shown] == [], address


class TestBefore:
    def test_after_the_closing_meeting_comes_the_review_of_the_results(self, cast: Cast) -> None:
        new, closing = (f'href="/pairs/{cast.pair.ref}/{page}/"' for page in ("meetings/new", "closing"))
        for kind, days, there, gone in (("regular", 3, new, closing), ("closing", 5, closing, new)):
            meeting = make.held(cast.pair, kind=kind, days=days)
            review_meeting(meeting=meeting, by=cast.elina, now=NOW + 6 * DAY, text="Labi.", minutes=60)
            for who in (cast.andris, cast.elina):
                shown = text(page(who, f"/meetings/{meeting.ref}/", now=NOW + 7 * DAY))
                assert there in shown
                assert gone not in shown

    def test_an_agenda_that_nobody_wrote_is_no_heading_afterwards(self, cast: Cast) -> None:
        meeting = plan(cast)
        address = f"/meetings/{meeting.ref}/"
        assert "Darba kārtība" in text(page(cast.elina, address))
        assert "Darba kārtība" not in text(page(cast.elina, address, now=LATER))

    def test_the_mentee_writes_questions_in_the_band(self, cast: Cast) -> None:
        meeting = plan(cast)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "Sagatavo tēmas un jautājumus" in shown
        assert shown.index("Ko gribi pajautāt?") < shown.index("Darba kārtība")
        assert "Andris Ozols" in shown

    def test_the_mentor_reads_them_and_who_asks(self, cast: Cast) -> None:
        meeting = plan(cast)
        add_topic(meeting=meeting, text="Cik maksā krāsns?", by=cast.elina, now=NOW)
        shown = text(page(cast.andris, f"/meetings/{meeting.ref}/"))
        assert "Jautā <strong>Elīna</strong>" in shown
        assert "Cik maksā krāsns?" in shown
        assert "Izlasiet tēmas un jautājumus" in shown

    def test_a_visit_asks_for_the_profile_and_says_who_receives(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair, kind="visit", host="Līga Krūze", place="Bauska")
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "Ko gribi uzzināt uzņēmuma profilam?" in shown
        assert "Viesi uzņem Līga Krūze." in shown

    def test_the_first_meeting_leads_to_the_topic_and_to_the_plan(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        address, pair = f"/meetings/{meeting.ref}/", f"/pairs/{cast.pair.ref}"
        for now in (NOW, meeting.starts_at + HOUR / 4, meeting.starts_at + DAY):
            for who in (cast.andris, cast.elina):
                shown = text(page(who, address, now=now))
                assert shown.count(f'href="{pair}/topic/"') == shown.count(f'href="{pair}/plan/"') == 1
        other = plan(cast, starts_local=wall(days=5))
        assert f'href="{pair}/topic/"' not in text(page(cast.andris, f"/meetings/{other.ref}/"))

    def test_a_role_swap_shows_its_guide(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair, kind="role_swap")
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "Audzēknis kļūst par mentoru" in shown
        assert "Ko jautāsi, kad mentors būsi tu?" in shown
        assert '<div class="prose">' in shown

    def test_each_reads_the_hour_in_their_own_zone_and_the_other_beside_it(self, cast: Cast) -> None:
        cast.elina.zone = "Europe/Oslo"
        cast.elina.save()
        meeting = plan(cast, starts_local=wall(3, 16))
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "plkst.\u00a015.00 (laika josla: Oslo), 45\u00a0min" in shown
        assert "Rīga: piektdien, 17.\u00a0oktobrī plkst.\u00a016.00" in shown

    def test_in_a_pair_that_rests_nothing_can_be_written(self, cast: Cast) -> None:
        meeting = plan(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert "<textarea" not in text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "<textarea" not in text(page(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/"))


class TestDuringAndAfter:
    def test_notes_and_the_others_notes(self, cast: Cast) -> None:
        meeting = plan(cast)
        during = meeting.starts_at + HOUR / 4
        write_notes(meeting=meeting, notes="Cena 25 eiro.", revision=0, by=cast.andris, now=during)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=during))
        assert "Tava tikšanās notiek tagad" in shown
        assert "data-autosave" in shown
        assert "Cena 25 eiro." in shown

    def test_after_its_hour_it_asks_how_it_was(self, cast: Cast) -> None:
        meeting = plan(cast)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=LATER))
        assert "Pieraksti, kā pagāja tikšanās" in shown
        assert f"/meetings/{meeting.ref}/review/" in shown
        assert f"/meetings/{meeting.ref}/miss/" in shown

    def test_the_mentor_goes_on_to_the_diary_the_mentee_does_not(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        review_meeting(meeting=meeting, by=cast.elina, now=LATER, minutes=60, text="Labi.")
        diary = f"/pairs/{cast.pair.ref}/diary/new/?meeting={meeting.ref}"
        assert diary in text(page(cast.andris, f"/meetings/{meeting.ref}/", now=LATER))
        assert diary not in text(page(cast.elina, f"/meetings/{meeting.ref}/", now=LATER))

    @pytest.mark.parametrize(
        ("mine", "theirs", "read"), [(True, True, True), (True, False, False), (False, True, False)]
    )
    def test_the_others_review_only_where_both_share(
        self, cast: Cast, mine: bool, theirs: bool, read: bool
    ) -> None:
        meeting = make.meeting(cast.pair)
        review_meeting(
            meeting=meeting, by=cast.andris, now=LATER, minutes=60, text="Mentora vārdi.", shared=theirs
        )
        review_meeting(
            meeting=meeting, by=cast.elina, now=LATER, minutes=60, text="Audzēknes vārdi.", shared=mine
        )
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=LATER))
        assert "Audzēknes vārdi." in shown
        assert ("Mentora vārdi." in shown) is read

    def test_before_the_other_has_written_nothing_of_it_shows(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        review_meeting(
            meeting=meeting, by=cast.andris, now=LATER, minutes=60, text="Mentora vārdi.", shared=True
        )
        for address in ("", "review/"):
            shown = text(page(cast.elina, f"/meetings/{meeting.ref}/{address}", now=LATER))
            assert "Mentora vārdi." not in shown

    def test_two_lengths_stand_side_by_side(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        review_meeting(meeting=meeting, by=cast.elina, now=LATER, minutes=90, text="Labi.")
        line = HourLine.objects.get()
        for address in (
            f"/meetings/{meeting.ref}/",
            f"/meetings/{meeting.ref}/review/",
            f"/hours/{line.ref}/",
        ):
            shown = text(page(cast.elina, address, now=LATER))
            assert "1\u00a0h" in shown
            assert "1\u00a0h 30\u00a0min" in shown
            assert f"/hours/{line.ref}/" in shown

    def test_called_off_and_missed_say_so_without_blame(self, cast: Cast) -> None:
        off, missed = plan(cast), plan(cast, starts_local=wall(2))
        cancel_meeting(meeting=off, by=cast.elina, now=NOW, reason="Slimoju.")
        miss_meeting(meeting=missed, missed_by="mentor", by=cast.elina, now=LATER)
        shown = text(page(cast.andris, f"/meetings/{off.ref}/", now=LATER))
        assert "Šī tikšanās ir atcelta" in shown
        assert "Slimoju." in shown
        shown = text(page(cast.elina, f"/meetings/{missed.ref}/", now=LATER))
        assert "Andris Ozols nevarēja piedalīties." in shown
        assert 'class="state late"' not in shown


class TestPlanning:
    def test_the_first_meeting_is_the_mentors_with_an_agenda_from_the_methodology(self, cast: Cast) -> None:
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/"))
        assert "Ieplānojiet pirmo tikšanos" in shown
        assert "To plāno un vada mentors." in shown
        assert "- Kādas problēmas ir jāatrisina?" in shown
        assert "Sadarbības plāns" in shown

    def test_the_mentee_is_offered_only_what_the_mentee_plans(self, cast: Cast) -> None:
        shown = text(page(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/"))
        assert 'value="regular"' in shown
        assert 'value="rehearsal"' in shown
        assert 'value="visit"' not in shown
        assert "Pirmo tikšanos plāno un vada mentors." in shown

    def test_what_both_have_comes_first_and_once_agreed_what_is_agreed(self, cast: Cast) -> None:
        address = f"/pairs/{cast.pair.ref}/meetings/new/"
        shown = text(page(cast.andris, address))
        assert shown.index('value="video"') < shown.index('value="phone"')
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(question="means", choice=["phone"])
        shown = text(page(cast.andris, address))
        assert shown.index('value="phone"') < shown.index('value="video"')

    def test_the_next_one_is_a_rhythm_after_the_last_in_ones_own_zone(self, cast: Cast) -> None:
        make.meeting(cast.pair)
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(choice=7)
        cast.andris.zone = "Europe/Oslo"
        cast.andris.save()
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/"))
        assert 'value="2025-10-24T09:00"' in shown
        assert '<option value="Europe/Oslo" selected>' in shown

    def test_a_long_visit_makes_no_long_meetings(self, cast: Cast) -> None:
        make.meeting(cast.pair, minutes=50)
        make.meeting(cast.pair, kind="visit", days=5, minutes=240)
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/", now=NOW + 6 * DAY))
        assert 'value="50"' in shown
        assert 'value="240"' not in shown
        assert 'value="2025-11-02T10:00"' in shown

    def test_the_address_may_name_the_kind(self, cast: Cast) -> None:
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/?kind=visit"))
        assert '<option value="visit" selected data-acts="visit">' in shown
        assert 'value="Māls un uguns"' in shown

    def test_what_was_planned_and_has_passed_is_offered_before_a_new_line(self, cast: Cast) -> None:
        meeting = plan(cast)
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/log/", now=LATER))
        assert f"/meetings/{meeting.ref}/review/" in shown


class TestHoursAndPromises:
    def test_what_waits_for_me_is_the_band(self, cast: Cast) -> None:
        make.held(cast.pair)
        address = f"/pairs/{cast.pair.ref}/hours/"
        assert "Apstiprini stundas" in text(page(cast.elina, address, now=LATER))
        mine = text(page(cast.andris, address, now=LATER))
        assert "Apstipriniet stundas" not in mine
        assert "no 16 stundām" in mine

    def test_an_objection_is_no_red_mark_on_anybodys_page(self, cast: Cast) -> None:
        make.held(cast.pair)
        object_to_hours(line=HourLine.objects.get(), word="Bija īsāk", by=cast.elina, now=LATER)
        for who in (cast.andris, cast.elina):
            shown = text(page(who, f"/pairs/{cast.pair.ref}/hours/", now=LATER)).split("<main")[1]
            assert "Vēl jāvienojas" in shown
            assert 'class="state late"' not in shown

    def test_late_is_only_on_the_makers_page(self, cast: Cast) -> None:
        due = date(2025, 10, 15)
        make_promise(pair=cast.pair, text="Piezvanīšu", due=due, by=cast.elina, now=NOW)
        address = f"/pairs/{cast.pair.ref}/promises/"
        mine, theirs = (text(page(who, address, now=LATER)) for who in (cast.elina, cast.andris))
        assert "Kavējas" in mine
        assert "Kavējas" not in theirs
        assert "līdz\u00a015.\u00a0oktobrim" in theirs
        assert "tick late" not in theirs

    def test_what_was_promised_in_a_review_stands_with_the_meeting(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        promises = [Given("Nosūtīšu paraugu", LATER.date() + timedelta(days=1))]
        review_meeting(meeting=meeting, by=cast.andris, now=LATER, minutes=60, promises=promises)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=LATER))
        assert "Nosūtīšu paraugu" in shown
        assert "Kavējas" not in shown

    def test_a_kept_one_may_be_opened_again_by_its_maker(self, cast: Cast) -> None:
        promise = make_promise(pair=cast.pair, text="Piezvanīšu", due=None, by=cast.elina, now=NOW)
        take_promise_step(promise=promise, step="keep", by=cast.elina, now=NOW)
        address = f"/pairs/{cast.pair.ref}/promises/"
        assert "Tomēr vēl nav" in text(page(cast.elina, address))
        assert "Tomēr vēl nav" not in text(page(cast.andris, address))
