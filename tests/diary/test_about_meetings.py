"""An entry about a meeting begins with what is known, and its length is the ledger's (principle 5)."""

from datetime import datetime

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import about, form_of, page_of
from tests.visits import Visitor, forms, words
from varpa.diary.models import Entry, EntryState
from varpa.meetings.models import MeetingState
from varpa.meetings.queries import hours_of

pytestmark = pytest.mark.django_db


def test_an_entry_about_a_meeting_begins_with_what_is_known(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    address = about(cast)
    shown = words(visitor.get(address))
    assert "Kā pagāja 15.\u00a0oktobra tikšanās?" in shown
    form = form_of(visitor, address)
    assert form.fields["minutes"] == ["60"]
    assert form.fields["day"] == ["2025-10-15"]
    assert form.action == address


def test_a_wrong_length_of_a_meeting_can_be_mended(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    answer = visitor.send(form_of(visitor, about(cast)), notes="Paliek.", minutes="ilgi")
    assert visitor.send(forms(answer)[-1], minutes="75").status_code == 302
    entry = Entry.objects.get()
    assert (entry.notes, entry.minutes, str(entry.day)) == ("Paliek.", 75, "2025-10-15")
    assert hours_of(cast.pair).waiting == 75


@pytest.mark.parametrize(("minutes", "told"), [("1440", "no 1 līdz 720"), ("720", "ne vairāk kā")])
def test_a_length_that_no_review_takes_is_told_at_the_field(cast: Cast, minutes: str, told: str) -> None:
    make.held(cast.pair, kind="regular", days=2)
    visitor = Visitor(cast.andris, days=2)
    make.meeting(cast.pair, days=2, starts_local=datetime(2025, 10, 16, 8, 0))
    address = f"{page_of(cast)}new/?meeting={cast.pair.meetings.earliest('starts_at').ref}"
    answer = visitor.send(form_of(visitor, address), notes="Paliek.", minutes=minutes)
    shown = words(answer)
    assert told in shown.split('name="minutes"')[0].rsplit("<label", 1)[1]
    assert forms(answer)[-1].fields["minutes"] == [minutes]
    assert forms(answer)[-1].fields["notes"] == ["Paliek."]
    assert hours_of(cast.pair).waiting == 60
    assert visitor.send(forms(answer)[-1], minutes="120").status_code == 302
    assert hours_of(cast.pair).waiting == 180


def test_a_meeting_still_ahead_is_prepared_as_a_draft_and_not_finished(cast: Cast, andris: Visitor) -> None:
    meeting = make.meeting(cast.pair)
    address = f"{page_of(cast)}new/?meeting={meeting.ref}"
    andris.autosave(form_of(andris, address), notes="Par ko runāsim.")
    entry = Entry.objects.get()
    assert entry.notes == "Par ko runāsim."
    shown = words(andris.send(form_of(andris, f"/entries/{entry.ref}/")))
    assert "Tikšanās vēl nav sākusies" in shown
    assert Entry.objects.get().state == EntryState.DRAFT


def test_an_entry_that_is_begun_is_opened_again(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    address = about(cast)
    visitor.autosave(form_of(visitor, address), notes="Sākums.")
    assert visitor.get(address)["Location"] == f"/entries/{Entry.objects.get().ref}/"


@pytest.mark.parametrize("ref", ["nekas", "a" * 400, "\u200b"])
def test_a_meeting_that_is_not_there_begins_an_ordinary_entry(cast: Cast, andris: Visitor, ref: str) -> None:
    assert "Ko gribat atcerēties?" in words(andris.get(page_of(cast) + "new/", query_params={"meeting": ref}))


def test_a_meeting_of_another_pair_is_not_shown(cast: Cast) -> None:
    other = make.held(cast.neighbours, days=1)
    shown = words(Visitor(cast.andris, days=2).get(f"{page_of(cast)}new/?meeting={other.ref}"))
    assert "Ko gribat atcerēties?" in shown


def test_meetings_without_an_entry_are_offered(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    address = about(cast)
    assert address.replace("&", "&amp;") in words(visitor.get(page_of(cast)))
    visitor.send(form_of(visitor, address), notes="Uzrakstīts.")
    assert address not in words(visitor.get(page_of(cast)))


def test_hours_taken_back_do_not_return_when_a_word_is_changed(cast: Cast) -> None:
    from varpa.meetings.actions.hours import withdraw_hours

    visitor = Visitor(cast.andris, days=2)
    visitor.send(form_of(visitor, about(cast)), notes="Uzrakstīts.")
    withdraw_hours(line=cast.pair.hours.get(), by=cast.andris, now=visitor.now)
    entry = Entry.objects.get()
    visitor.send(form_of(visitor, f"/entries/{entry.ref}/"), notes="Uzrakstīts labāk.")
    assert hours_of(cast.pair).waiting == 0
    entry.refresh_from_db()
    assert entry.notes == "Uzrakstīts labāk."


def test_a_length_corrected_in_the_ledger_is_not_turned_back(cast: Cast) -> None:
    from varpa.meetings.actions.reviews import review_meeting

    visitor = Visitor(cast.andris, days=2)
    visitor.send(form_of(visitor, about(cast)), notes="Uzrakstīts.")
    meeting = cast.pair.meetings.get()
    review = meeting.reviews.get()
    review_meeting(
        meeting=meeting,
        by=cast.andris,
        now=visitor.now,
        minutes=50,
        text=review.text,
        revision=review.revision,
    )
    form = form_of(visitor, f"/entries/{Entry.objects.get().ref}/")
    assert form.fields["minutes"] == ["50"]
    visitor.send(form, notes="Uzrakstīts labāk.")
    assert hours_of(cast.pair).waiting == 50


def test_a_meeting_that_did_not_happen_is_not_counted(cast: Cast) -> None:
    from varpa.meetings.actions.meetings import miss_meeting

    visitor = Visitor(cast.andris, days=2)
    meeting = make.meeting(cast.pair, days=1)
    miss_meeting(meeting=meeting, missed_by="mentee", reason="", by=cast.andris, now=visitor.now)
    visitor.send(form_of(visitor, f"{page_of(cast)}new/?meeting={meeting.ref}"), notes="Nesatikāmies.")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.MISSED
    assert hours_of(cast.pair).waiting == 0
