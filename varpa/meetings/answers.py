"""Answering by mail what is written about meetings, promises and hours (R14).

Each does what the page would have done, by the same action; words that mean nothing of the sort go to the
other of the pair as a message about the meeting.
"""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_utc
from varpa.mailroom.courtesy import is_courtesy
from varpa.mailroom.meant import (
    MOVE,
    NO,
    YES,
    agrees,
    cannot_come,
    is_bare,
    is_only_no,
    is_only_yes,
    meant,
    objects,
    wants_to_move,
)
from varpa.meetings import said as words
from varpa.meetings.actions.coming import as_it_is, say_coming
from varpa.meetings.actions.hours import confirm_hours, object_to_hours, settle_hours
from varpa.meetings.actions.preparation import EmptyTopic, add_topic
from varpa.meetings.actions.reviews import review_meeting, take_promise_step
from varpa.meetings.comings import AS_PLANNED, Proposed
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Promise, PromiseState, Said
from varpa.meetings.queries import lines_with_pair, promises_with_pair, with_pair
from varpa.pairs.actions.pairs import require_side
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import not_passed, wants_quiet
from varpa.people.models import Person
from varpa.post.replies import Answer, CalendarReply, Landed, NothingThere, hand_on, takes
from varpa.ui.words import span, weekday_day

LONGEST_WORD = 300
SAID: Final = {
    "ACCEPTED": Said.YES,
    "TENTATIVE": Said.MAYBE,
    "DECLINED": Said.NO,
    "DELEGATED": Said.NO,
    "COUNTER": Said.NO,
}
LONGEST_PLACE = 300
STANDS = _(
    "That you cannot come at this hour is told. The meeting has been changed since that invitation, the hour "
    "is the same: {now}."
)
SOMEBODY_ELSE = _("By the calendar, somebody else was asked to come instead.")
WHOLE_DAY = _("By the calendar, a whole day is proposed, without an hour: {day}")
FILES_STAYED = _(
    "Your words are where they belong; the files that lay beside them could not be kept there. "
    "Send files in a message."
)
WORDS_STAYED = _(
    "Your yes counts. The words beside it were shown to nobody, because messages are stopped for now."
)
NOT_COUNTED = _("Your words are kept. To count the meeting, answer once more with its length: “50 min”.")
NO_LENGTH = _(
    "Your words are kept; no length was written down from them. If you want to say one, answer once more "
    "with it: “50 min”."
)
LENGTH_KEPT = _(
    "Your words are kept, and as the length of the meeting {minutes} min. If that is not right, answer once "
    "more with the right length: “50 min”."
)


NO_TOPIC = _(
    "No topic or question was written down from your answer. If one comes to your mind, answer once more."
)
STILL_WAITS = _(
    "Your words are with the other. The line still waits: answer “yes” if it is right, or “no” and what is "
    "not. If nothing more is said, it counts."
)
STILL_WAITS_UNSAID = _(
    "Messages are stopped for now, so your words were shown to nobody. The line still waits: answer “yes” if "
    "it is right, or “no” and what is not."
)


class SayWhoMissed(Refusal):
    sentence = _("Open the page of the meeting and mark who could not come; that cannot be done by mail.")


class SayDone(Refusal):
    sentence = _(
        "By mail a promise is marked with one word: “Done”. Another day is chosen on the page of promises."
    )


class SayLength(Refusal):
    sentence = _("Write the length, for example “50 min”: once both say the same, the line counts.")


class LongWord(Refusal):
    sentence = _("Write in at most {most} signs what is not right.")


class NothingSaid(Refusal):
    sentence = _("There was nothing written in your answer.")


@takes("meetings.invitation")
def invitation(answer: Answer) -> Landed:
    """Yes, no, another time; other words go to the other."""
    meeting, by = _meeting(answer), _person(answer)
    _require_words(answer)
    given = meant(answer.text)
    if not given:
        return about(answer)
    yes, side = given == YES, require_side(meeting.pair, by)
    waits = not_passed(meeting.pair, side)
    wordless = is_only_yes(answer.text, by.name) if yes else is_only_no(answer.text, by.name)
    # The words of a yes are a message; where messages are stopped, they stay beside the yes, which counts.
    stopped = bool(waits) or wants_quiet(meeting.pair, side)
    say_coming(
        meeting=meeting,
        said=Said.YES if yes else Said.NO,
        word="" if wordless or (yes and not stopped) else answer.text,
        by=by,
        now=answer.now,
        channel=Channel.MAIL,
    )
    if yes and not stopped and (answer.files or not wordless):
        return about(answer)
    return _landed(answer, f"/meetings/{meeting.ref}/", "" if wordless else waits)


@takes("meetings.about")
def about(answer: Answer) -> Landed:
    """Words about a meeting, to the other."""
    meeting = _meeting(answer)
    return hand_on("messaging.pair", replace(answer, about=f"{meeting.pair.ref}:meeting:{meeting.ref}"))


@takes("meetings.answered")
def answered(answer: Answer) -> Landed:
    """Words about what the other has said to a meeting. `about` is "active:PAIR:MEETING"."""
    return about(_of_the_meeting(answer))


@takes("meetings.stays")
def stays(answer: Answer) -> Landed:
    """An answer to the invitation as it stands. `about` is "active:PAIR:stays:MEETING"."""
    return invitation(_of_the_meeting(answer))


def _of_the_meeting(answer: Answer) -> Answer:
    return replace(answer, about=f"meeting:{answer.about.rpartition(':')[2]}")


@takes("meetings.pair")
def to_the_other(answer: Answer) -> Landed:
    """Words to the other, about no meeting: none is planned. `about` is "silence:PAIR"."""
    return hand_on("messaging.pair", replace(answer, about=answer.thing))


@takes("meetings.topics")
def topics(answer: Answer) -> Landed:
    """Topics and questions before a meeting; that somebody cannot come is none, and is told to the other."""
    if cannot_come(answer.text) or wants_to_move(answer.text):
        return invitation(answer) if meant(answer.text) in (NO, MOVE) else about(answer)
    meeting, by = _meeting(answer), _person(answer)
    _require_words(answer)
    found = words.topics(answer.text, by.name)
    if not found and is_courtesy(answer.text):
        raise EmptyTopic()
    if not found:
        return _landed(answer, f"/meetings/{meeting.ref}/", str(NO_TOPIC))
    for text in found:
        add_topic(meeting=meeting, text=text, by=by, now=answer.now, channel=Channel.MAIL)
    return _landed(answer, f"/meetings/{meeting.ref}/")


@takes("meetings.review")
def review(answer: Answer) -> Landed:
    """How it went, and how long; what was written before stays above it."""
    meeting, by = _meeting(answer), _person(answer)
    _require_words(answer)
    if words.is_not_held(answer.text):
        raise SayWhoMissed()
    side = require_side(meeting.pair, by)
    own = meeting.reviews.filter(side=side).first()
    minutes = words.length(answer.text, by.name)
    review_meeting(
        meeting=meeting,
        by=by,
        now=answer.now,
        minutes=minutes,
        text="\n\n".join(filter(None, [own.text if own else "", answer.text])),
        how_it_went=own.how_it_went if own else "",
        results=own.results if own else "",
        progress=own.progress if own else "",
        shared=own.shared if own else False,
        revision=own.revision if own else 0,
        channel=Channel.MAIL,
    )
    if minutes is not None:
        told = str(LENGTH_KEPT).format(minutes=minutes)
    else:
        told = str(NOT_COUNTED if meeting.state == MeetingState.PLANNED else NO_LENGTH)
    return _landed(answer, f"/meetings/{meeting.ref}/", told)


@takes("meetings.promise")
def promise(answer: Answer) -> Landed:
    """One word, by the action of the page: the promise is kept. Once more is the same."""
    found = promises_with_pair(Promise.objects.filter(ref=answer.thing)).first()
    if found is None:
        raise NothingThere()
    by = _person(answer)
    if not words.is_done(answer.text, by.name):
        raise SayDone()
    if found.state != PromiseState.KEPT:
        take_promise_step(promise=found, step="keep", by=by, now=answer.now, channel=Channel.MAIL)
    return _landed(answer, f"/promises/{found.ref}/")


@takes("meetings.hours")
def hours(answer: Answer) -> Landed:
    """Yes to a line, or no and what is not right; while it is being settled, a length.

    Other words go to the other, as those beside a yes do: nobody is told of an objection that nobody made.
    """
    line = lines_with_pair(HourLine.objects.filter(ref=answer.thing)).first()
    if line is None:
        raise NothingThere()
    _require_words(answer)
    by, now, minutes, mail = _person(answer), answer.now, words.length(answer.text), Channel.MAIL
    yes, told = agrees(answer.text) and minutes in (None, line.minutes), ""
    if line.state == LineState.OBJECTED:
        length = line.said_by(_other(line, by)) if yes and not minutes else minutes
        if length is None:
            raise SayLength()
        settle_hours(line=line, minutes=length, by=by, now=now, channel=mail)
    elif yes:
        confirm_hours(line=line, minutes=line.minutes, by=by, now=now, channel=mail)
    elif not objects(answer.text) and minutes in (None, line.minutes):
        return _words_about(line, answer, str(STILL_WAITS), str(STILL_WAITS_UNSAID))
    elif len(answer.text) > LONGEST_WORD:
        raise LongWord(most=LONGEST_WORD)
    else:
        object_to_hours(line=line, word=answer.text, minutes=minutes, by=by, now=now, channel=mail)
        told = not_passed(line.pair, require_side(line.pair, by))
    if yes and not is_only_yes(answer.text, by.name):
        return _words_about(line, answer, "", str(WORDS_STAYED))
    return _landed(answer, f"/hours/{line.ref}/", told)


def _words_about(line: HourLine, answer: Answer, told: str, unsaid: str) -> Landed:
    """Words beside a line, to the other; where messages are stopped they go back, with `unsaid`."""
    if any(wants_quiet(line.pair, side) for side in Side.values):
        return Landed(f"/hours/{line.ref}/", unsaid, answer.text)
    about_what = f"{line.pair.ref}:meeting:{line.meeting.ref}" if line.meeting else line.pair.ref
    landed = hand_on("messaging.pair", replace(answer, about=about_what))
    return replace(landed, told=" ".join(filter(None, [str(landed.told), told])))


@takes("calendar.meeting")
def calendar(answer: Answer) -> Landed:
    """What a calendar program says for its owner; `about` is "meeting:REF", made of the UID."""
    meeting, reply = _meeting(answer), answer.calendar
    if reply is None or reply.said not in SAID:
        raise NothingThere()
    by, proposed, said = _person(answer), _proposed(reply, meeting), SAID[reply.said]
    side = require_side(meeting.pair, by)
    waits = not_passed(meeting.pair, side)
    text = "" if is_only_yes(answer.text, by.name) or is_bare(answer.text) else answer.text.strip()
    # As with words by mail: those of a no go with it, those of a yes are a message unless these are stopped.
    passes = said != Said.NO and not waits and not wants_quiet(meeting.pair, side)
    word = "" if passes else _word(text, reply, meeting, side)
    say_coming(
        meeting=meeting,
        said=said,
        sequence=reply.sequence,
        word=word,
        proposed=proposed,
        stamped_at=reply.stamped_at,
        by=by,
        now=answer.now,
        channel=Channel.MAIL,
    )
    if passes and (text or answer.files):
        # A program sends the same words with every answer to one invitation: they are one message.
        key = f"{meeting.ref} {meeting.sequence} {side} {text}"
        return about(replace(answer, text=text, ref=sha256(key.encode()).hexdigest()[:20]))
    stands = str(STANDS).format(now=as_it_is(meeting)) if reply.sequence < meeting.sequence else ""
    told = [stands, waits if word or proposed.place else ""]
    return _landed(answer, f"/meetings/{meeting.ref}/", " ".join(filter(None, told)))


def _word(text: str, reply: CalendarReply, meeting: Meeting, side: str) -> str:
    """What was written, and what the calendar alone says, in the language of the other, who is told."""
    other = meeting.pair.member(other_side(side)).person
    with translation.override(other.language):
        if reply.said == "DELEGATED":
            return text or str(SOMEBODY_ELSE)
        if reply.said != "COUNTER" or not reply.days:
            return text
        first, last = reply.days
        day = weekday_day(first) if first == last else span(first, last)
        return "\n\n".join(filter(None, [text, str(WHOLE_DAY).format(day=day)]))


def _proposed(reply: CalendarReply, meeting: Meeting) -> Proposed:
    """In what the event of a proposal differs from the meeting; what it leaves out stays as it is.

    A whole day leaves the hour out.
    """
    if reply.said != "COUNTER":
        return AS_PLANNED
    starts = reply.starts
    if reply.days:
        starts = datetime.combine(reply.days[0], meeting.starts_local.time())
    at = _moment(starts, meeting.zone) if starts else meeting.starts_at
    place = reply.place if reply.place != " ".join(meeting.place.split()) else ""
    return Proposed(
        at if at != meeting.starts_at else None,
        reply.minutes if reply.minutes != meeting.minutes else None,
        place if len(place) <= LONGEST_PLACE else place[: LONGEST_PLACE - 1] + "…",
    )


def _moment(starts: datetime, zone: str) -> datetime:
    return starts.astimezone(UTC) if starts.tzinfo else to_utc(starts, zone)


def _meeting(answer: Answer) -> Meeting:
    found = with_pair(Meeting.objects.filter(ref=answer.thing)).first()
    if found is None:
        raise NothingThere()
    return found


def _person(answer: Answer) -> Person:
    return Person.objects.get(pk=answer.person_id)


def _other(line: HourLine, by: Person) -> str:
    side = require_side(line.pair, by)
    return "mentee" if side == "mentor" else "mentor"


def _require_words(answer: Answer) -> None:
    if not answer.text.strip() and not answer.files:
        raise NothingSaid()


def _landed(answer: Answer, link: str, told: str = "") -> Landed:
    return Landed(link, " ".join(filter(None, [told, str(FILES_STAYED) if answer.files else ""])))
