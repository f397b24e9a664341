"""After its end nothing of a pair can be changed, only read by the two: each verb has its decision here."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.programmes.conftest import picture
from tests.taking_part import LATER, TAKING_PART, Doing, Pupil
from tests.together import at_once
from tests.visits import Visitor, words
from varpa.closing import actions as closing
from varpa.diary import actions as diary
from varpa.history.models import Line
from varpa.meetings.actions import hours, meetings, pictures, preparation, private_notes, reviews
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Review
from varpa.messaging import actions as messaging
from varpa.pairs.actions import consents, sharing
from varpa.pairs.actions.pairs import PairHasEnded, dissolve_pair
from varpa.pairs.models import Pair
from varpa.presentations.actions import presentations, recommendations
from varpa.profiles.actions import parts as profile_parts
from varpa.profiles.actions import photographs, profiles
from varpa.profiles.models import Approval, FirmWord, Profile, Publishing
from varpa.support.actions import cases
from varpa.times import actions as times

pytestmark = pytest.mark.django_db

ROOMS = Path(__file__).parents[1] / "varpa"
APART = ("migrations", "views", "views.py", "letters", "letters.py", "forms", "forms.py")
ENDED = LATER - timedelta(hours=1)


class Begun(Pupil):
    """What Krista and Laima have begun, with a message, a promise and papers, and what they said yes to."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        mentee, mentor = self.by["by"], self.mentors["by"]
        self.message = messaging.write_message(thread=self.thread, text="Labdien", by=mentor, now=NOW)
        self.promise = reviews.make_promise(pair=self.pair, text="Zvanīt", due=None, by=mentee, now=NOW)
        self.topic = preparation.add_topic(meeting=self.ahead, text="Cena?", by=mentee, now=NOW)
        self.picture = pictures.add_picture(
            meeting=self.held, upload=picture(), about="Mēs", shows=["mentee"], by=mentor, now=NOW
        )
        self.others = pictures.add_picture(
            meeting=self.held, upload=picture(40), about="Krāsns", shows=[], by=mentor, now=NOW
        )
        self.page = private_notes.photograph_notes(
            meeting=self.held, uploads=[picture()], by=mentee, now=NOW
        )[0]
        presentations.share_presentation(presentation=self.presentation, shared=True, by=mentee, now=NOW)
        self.advice = recommendations.recommend(
            presentation=self.presentation, slide="idea", text="Sāc ar krūzi.", by=mentor, now=NOW
        )
        self._consent()

    def _consent(self) -> None:
        """What the firm and the two have said yes to."""
        mentee = self.by["by"]
        sharing.share(pair=self.pair, goals=True, plan=True, by=mentee, now=NOW)
        consents.consent_to_dossier(pair=self.pair, agrees=True, by=mentee, now=NOW)
        said = {"text": "Labi", "stay_in_touch": True, "contact": "+371 20000000", "revision": 0}
        closing.look_back(pair=self.pair, **said, by=mentee, now=NOW)
        Review.objects.filter(meeting=self.held).update(shared=True)
        part = self.profile.parts.get(key="activity")
        Approval.objects.create(part=part, text=part.text, at=NOW)
        FirmWord.objects.create(photograph=self.photograph, at=NOW)
        Publishing.objects.create(profile=self.profile, side="mentee", at=NOW)
        Profile.objects.filter(pk=self.profile.pk).update(approved_company="Māls")

    def kept_back(self) -> Profile:
        """The profile, of which the mentor has kept a part back."""
        self.profile.parts.update(kept_by_mentor=True)
        return self.profile

    def reviewed(self, **said: Any) -> Review:
        """The mentor's own words on the meeting that was held, written once more."""
        review = Review.objects.get(meeting=self.held, side="mentor")
        asked = {"text": review.text, "shared": review.shared, "revision": review.revision, **said}
        return reviews.review_meeting(meeting=self.held, minutes=None, **asked, **self.mentors)

    def fresh(self) -> Meeting:
        """The meeting that was held, as the database has it now."""
        return Meeting.objects.get(pk=self.held.pk)

    def end(self) -> None:
        """The manager ends the pair."""
        pair = Pair.objects.get(pk=self.pair.pk)
        dissolve_pair(pair=pair, reason="Pārcelšanās", by=self.cast.inga, now=ENDED)


# Beside what asks for an active pair (`TAKING_PART`), each of these is refused: the mentoring has ended.
FROZEN: dict[str, Doing] = {
    "meetings.cancel_meeting": lambda at: meetings.cancel_meeting(meeting=at.ahead, **at.by),
    "meetings.withdraw_topic": lambda at: preparation.withdraw_topic(topic=at.topic, **at.by),
    "meetings.review_meeting": lambda at: at.reviewed(text="Citi vārdi"),
    "meetings.take_picture_away": lambda at: pictures.take_picture_away(picture=at.others, **at.by),
    "meetings.write_private_notes": lambda at: private_notes.write_private_notes(
        meeting=at.held, text="Cits", revision=0, **at.by
    ),
    "meetings.photograph_notes": lambda at: private_notes.photograph_notes(
        meeting=at.held, uploads=[picture(50)], **at.by
    ),
    "meetings.describe_page": lambda at: private_notes.describe_page(page=at.page, about="Cits", **at.by),
    "meetings.take_page_away": lambda at: private_notes.take_page_away(page=at.page, **at.by),
    "meetings.take_promise_step": lambda at: reviews.take_promise_step(
        promise=at.promise, step="keep", **at.by
    ),
    "meetings.miss_meeting": lambda at: meetings.miss_meeting(
        meeting=at.fresh(), missed_by="mentee", **at.mentors
    ),
    "meetings.enter_meeting": lambda at: hours.enter_meeting(
        meeting=at.fresh(), side="mentor", minutes=45, **at.mentors
    ),
    "meetings.move_promise": lambda at: reviews.move_promise(promise=at.promise, due=LATER.date(), **at.by),
    "messaging.take_back": lambda at: messaging.take_back(message=at.message, **at.mentors),
    "messaging.settle_answer": lambda at: messaging.settle_answer(message=at.message, **at.by),
    "presentations.withdraw_recommendation": lambda at: recommendations.withdraw_recommendation(
        recommendation=at.advice, **at.mentors
    ),
    "profiles.keep_back": lambda at: profile_parts.keep_back(
        profile=at.kept_back(), key="activity", kept=False, **at.mentors
    ),
    "profiles.withdraw_correction": lambda at: profile_parts.withdraw_correction(
        correction=at.correction, **at.mentors
    ),
    "profiles.take_photograph_away": lambda at: photographs.take_photograph_away(
        photograph=at.photograph, **at.by
    ),
    "times.decline_times": lambda at: times.decline_times(proposal=at.option.proposal, **at.by),
    "times.take_back_times": lambda at: times.take_back_times(proposal=at.option.proposal, **at.mentors),
}
# These move the pair itself, or share with a mentor who is no more: each has a sentence of its own.
REFUSED_OTHERWISE = {
    "businessplans.share_plan": "a mentee shares with the mentors of going pairs",
    "presentations.share_presentation": "a mentee shares with the mentors of going pairs",
    "closing.end_cooperation": "a pair ends once",
    "pairs.answer_proposal": "a proposal is answered before the pair begins",
    "pairs.complete_pair": "a pair ends once",
    "pairs.dissolve_pair": "a pair ends once",
    "pairs.end_pair": "a pair ends once",
    "pairs.pause_pair": "only a pair that goes can rest",
    "pairs.resume_pair": "only a pair that rests can go on",
}
CONSENT = "a consent is its giver's, and can be taken back (R1, product §2)"
HOURS = (
    "hours that wait still wait: for the other's word, or for 14 days; no length is changed alone (R2, R3)"
)
DIARY = "the mentor's for 30 days after the end, then sealed (R6)"
OWN_WORK = "what the mentee works out is the mentee's, and goes on with another mentor"
HELP = "help is there after the end too (R8)"
STAFF = "staff's own words about the pair, which change nothing of it"
READING = "reading is no change"


def stays(room: str, why: str, verbs: str) -> dict[str, str]:
    """What stays possible after the end, and why."""
    return {f"{room}.{verb}": why for verb in verbs.split()}


STAYS = {
    "behalf.enter_plan": "goes by pairs.agree_on_paper, which is refused",
    "closing.take_contact_back": CONSENT,
    "diary.answer_diary": "the mentee owns the diary, and may answer it (R6)",
    "messaging.lift_quiet": "what had waited can be read",
    "messaging.want_quiet": "being left in peace: a letter may still wait for its hour",
    "pairreports.take_back": "until the event begins: nobody else reads it then",
    "pairs.allow_mentors": "a rule of the programme, of no pair",
    "pairs.propose_pair": "another pair",
    **stays("businessplans", OWN_WORK, "begin_plan name_plan write_part write_figures add_picture"),
    **stays("businessplans", OWN_WORK, "take_picture_out let_manager_read keep_version restore_version"),
    **stays("businessplans", OWN_WORK, "submit_plan take_back_plan"),
    **stays("diary", DIARY, "begin_entry write_entry keep_entry keep_drafts leave_out note_read_through"),
    **stays("diary", DIARY, "hand_over photograph_pages describe_page take_page_away"),
    **stays("diary", DIARY, "revoke_link send_link_anew"),
    **stays("meetings", HOURS, "confirm_hours confirm_on_paper object_to_hours settle_hours"),
    **stays("meetings", HOURS, "withdraw_hours"),
    "diary.count_entry": "it counts nothing then: what the diary says of a length stays in the diary (R3)",
    "meetings.take_meeting_out": "only within meetings.miss_meeting, which is refused for what was counted",
    **stays("messaging", READING, "see_thread see_waited"),
    **stays("pairs", CONSENT, "consent_to_dossier share"),
    **stays("presentations", OWN_WORK, "begin_presentation name_presentation write_slide take_from_plan"),
    **stays("presentations", OWN_WORK, "bring_file take_file_away mark_recommendation"),
    **stays("presentations", OWN_WORK, "submit_presentation take_back_presentation"),
    **stays("profiles", CONSENT, "take_approval_back take_word_back take_name_back take_publishing_back"),
    **stays("support", HELP, "tell add_words take_back ask answer share_question withdraw_question say"),
    **stays("support", HELP, "take_back_word"),
    **stays("support", STAFF, "read_case write_line close_case pass_case note_call"),
    **stays("support", STAFF, "open_pair look end_opening"),
}
# Rooms that read of pairs and write nothing of one.
READERS = {
    "defence": "a day with its jurors",
    "dossier": "an archive of the programme",
    "evaluation": "what staff record of the programme",
    "guidelines": "recommendations of the year",
    "matching": "proposals: who could work with whom",
    "merges": "two records of one human",
    "privacy": "a person's data",
    "reports": "the evaluation report",
}


@pytest.fixture
def ended() -> Begun:
    begun = Begun(assemble())
    begun.end()
    return begun


def verbs() -> dict[str, set[str]]:
    """By room, what somebody does at some moment (`by`, `now`), in rooms that know of pairs."""
    found: dict[str, set[str]] = {}
    for path in sorted(ROOMS.glob("*/**/*.py")):
        room, *inside = path.relative_to(ROOMS).parts
        if not set(inside) & set(APART) and _knows_pairs(room):
            found.setdefault(room, set()).update(_verbs(path))
    return {room: verbs for room, verbs in found.items() if verbs}


def _knows_pairs(room: str) -> bool:
    return any("varpa.pairs" in path.read_text(encoding="utf-8") for path in (ROOMS / room).rglob("*.py"))


def _verbs(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for each in (each for each in tree.body if isinstance(each, ast.FunctionDef)):
        named = {argument.arg for argument in each.args.kwonlyargs}
        if {"by", "now"} <= named and not each.name.startswith("_"):
            yield each.name


def test_every_verb_has_its_decision() -> None:
    """A new one is tried (`TAKING_PART`, `FROZEN`), or stays possible for a reason that stands here."""
    found = {f"{room}.{verb}" for room, names in verbs().items() if room not in READERS for verb in names}
    assert found == {*TAKING_PART, *FROZEN, *REFUSED_OTHERWISE, *STAYS}


def test_no_verb_has_two_decisions() -> None:
    """What asks for a pair that does not rest can still stay possible after its end."""
    assert not set(STAYS) & {*FROZEN, *REFUSED_OTHERWISE}
    assert set(READERS) <= set(verbs())


@pytest.mark.parametrize("name", sorted(set(TAKING_PART) - {*REFUSED_OTHERWISE, *STAYS}))
def test_what_goes_between_the_two_is_refused(ended: Begun, name: str) -> None:
    _refused(TAKING_PART[name], ended)


@pytest.mark.parametrize("name", FROZEN)
def test_what_one_does_alone_is_refused(ended: Begun, name: str) -> None:
    _refused(FROZEN[name], ended)


def _refused(doing: Doing, ended: Begun) -> None:
    lines = Line.objects.count()
    with pytest.raises(PairHasEnded):
        doing(ended)
    assert Line.objects.count() == lines


# Of what stays possible, each thing that takes something back, or asks for help.
TAKEN_BACK: dict[str, Doing] = {
    "closing.take_contact_back": lambda at: closing.take_contact_back(pair=at.pair, **at.by),
    "meetings.review_meeting": lambda at: at.reviewed(shared=False),
    "meetings.take_picture_away": lambda at: pictures.take_picture_away(picture=at.picture, **at.by),
    "messaging.want_quiet": lambda at: messaging.want_quiet(pair=at.pair, **at.by),
    "pairs.consent_to_dossier": lambda at: consents.consent_to_dossier(pair=at.pair, agrees=False, **at.by),
    "pairs.share": lambda at: sharing.share(pair=at.pair, goals=False, plan=False, **at.by),
    "profiles.keep_back": lambda at: profile_parts.keep_back(
        profile=at.profile, key="activity", kept=True, **at.mentors
    ),
    "profiles.take_approval_back": lambda at: profile_parts.take_approval_back(
        profile=at.profile, key="activity", **at.mentors
    ),
    "profiles.take_name_back": lambda at: profiles.take_name_back(profile=at.profile, **at.mentors),
    "profiles.take_photograph_away": lambda at: photographs.take_photograph_away(
        photograph=at.photograph, **at.mentors
    ),
    "profiles.take_publishing_back": lambda at: profiles.take_publishing_back(profile=at.profile, **at.by),
    "profiles.take_word_back": lambda at: photographs.take_word_back(photograph=at.photograph, **at.mentors),
    "support.tell": lambda at: cases.tell(
        membership=at.mentee, pair=at.pair, door="manager", kind="other", text="Man bija grūti.", **at.by
    ),
}


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_a_consent_is_taken_back_after_the_end_too(ended: Begun, name: str) -> None:
    lines = Line.objects.count()
    TAKEN_BACK[name](ended)
    assert Line.objects.count() > lines


class TestWhatWasBefore:
    """What took place before the end is written down for the first time, and once: then it stands (R3)."""

    @pytest.fixture
    def unsaid(self) -> Begun:
        """Of the meeting before the end nobody has said yet whether it took place."""
        begun = Begun(assemble())
        HourLine.objects.filter(meeting=begun.held).delete()
        Review.objects.filter(meeting=begun.held).delete()
        Meeting.objects.filter(pk=begun.held.pk).update(state=MeetingState.PLANNED)
        begun.end()
        return begun

    def test_that_it_did_not_take_place(self, unsaid: Begun) -> None:
        meetings.miss_meeting(meeting=unsaid.fresh(), missed_by="mentee", **unsaid.mentors)
        assert unsaid.fresh().state == MeetingState.MISSED

    def test_how_long_it_was(self, unsaid: Begun) -> None:
        reviews.review_meeting(meeting=unsaid.fresh(), minutes=50, text="Labi.", **unsaid.mentors)
        assert HourLine.objects.get(meeting=unsaid.held).minutes == 50
        with pytest.raises(PairHasEnded):
            reviews.review_meeting(
                meeting=unsaid.fresh(), minutes=70, text="Labi.", revision=1, **unsaid.mentors
            )
        with pytest.raises(PairHasEnded):
            meetings.miss_meeting(meeting=unsaid.fresh(), missed_by="mentee", **unsaid.mentors)

    def test_the_other_still_objects_and_both_settle(self, ended: Begun) -> None:
        line = HourLine.objects.get(meeting=ended.held)
        reviews.review_meeting(meeting=ended.fresh(), minutes=30, text="Īsāk.", **ended.by)
        line.refresh_from_db()
        assert hours.settle_hours(line=line, minutes=30, **ended.mentors)
        assert line.state == LineState.CONFIRMED

    def test_what_was_taken_back_is_not_counted_with_another_length(self, ended: Begun) -> None:
        hours.withdraw_hours(line=HourLine.objects.get(meeting=ended.held), **ended.mentors)
        with pytest.raises(PairHasEnded):
            hours.enter_meeting(meeting=ended.fresh(), side="mentor", minutes=90, **ended.mentors)

    def test_finishing_the_diary_leaves_the_ledger_as_it_is(self, ended: Begun) -> None:
        line = HourLine.objects.get(meeting=ended.held)
        day = ended.held.starts_local.date()
        entry = diary.begin_entry(pair=ended.pair, day=day, meeting=ended.fresh(), **ended.mentors)
        diary.write_entry(
            entry=entry,
            texts={"notes": "Labi."},
            answers={},
            day=day,
            minutes=30,
            revision=entry.revision,
            **ended.mentors,
        )
        diary.keep_entry(entry=entry, **ended.mentors)
        was = line.minutes
        line.refresh_from_db()
        assert (line.minutes, line.state) == (was, LineState.WAITING)

    def test_the_page_that_asks_why_it_was_missed_leads_back(self, ended: Begun) -> None:
        visitor = Visitor(ended.mentors["by"], days=6)
        answer = visitor.get(f"/meetings/{ended.held.ref}/miss/")
        assert answer["Location"] == f"/meetings/{ended.held.ref}/"

    def test_the_review_asks_ones_own_length_no_more(self, ended: Begun) -> None:
        shown = words(Visitor(ended.mentors["by"], days=6).get(f"/meetings/{ended.held.ref}/review/"))
        assert 'name="minutes"' not in shown


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name",
    [
        "meetings.review_meeting",
        "meetings.miss_meeting",
        "meetings.withdraw_topic",
        "messaging.settle_answer",
        "presentations.withdraw_recommendation",
        "profiles.take_photograph_away",
        "times.decline_times",
    ],
)
def test_at_the_second_of_the_end_it_came_before_or_is_refused(name: str) -> None:
    begun = Begun(assemble())
    found = at_once(lambda: FROZEN[name](begun), begun.end)
    assert all(isinstance(each, PairHasEnded) for each in found if isinstance(each, Exception))
    assert Line.objects.latest("pk").verb == "pair.end"
