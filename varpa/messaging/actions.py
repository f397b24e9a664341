"""Writing to each other, and being left in peace. One-to-one words pass only where R1 lets them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File as Upload
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.files.actions import Checked, check, keep_checked, withdraw
from varpa.files.kinds import IMAGES, PAPERS, VOICE, kind_of
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.once import SentAlready, make_once
from varpa.kernel.pace import HOUR, require_pace
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded
from varpa.messaging import letters
from varpa.messaging.models import About, Attachment, Message, Quiet, Seen, Thread
from varpa.messaging.queries import may_show_mentee, owed, suits
from varpa.pairs.actions.pairs import hold, require_active, require_not_ended, require_side
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import tell_begun, what_waited
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.post.queries import already
from varpa.programmes.queries import methodology_of

LONGEST = 20_000
"""Letters of one message; more belongs into a file."""
FILES = 5
AN_HOUR = 120
"""Messages of one of the two within an hour; so many nobody types."""
ON_THE_PAGE = timedelta(minutes=2)
"""Whoever has the conversation open gets no letter: it waits so long, and is withdrawn once it is read."""
LARGEST = 10 * 1024 * 1024


class NothingWritten(Refusal):
    sentence = _("Write a few words, add a file or record your voice.")


class NoFile(Refusal):
    sentence = _("Choose the files first.")


class TooLong(Refusal):
    sentence = _("The message is longer than {most} letters. Send a part of it, or add it as a file.")


class TooManyFiles(Refusal):
    sentence = _("At most {most} files go with one message. Send the others with the next one.")


class ShowsMinor(Refusal):
    """A minor's guardian has not permitted photographs, and nobody says that none is in the picture."""

    sentence = _(
        "No parent or guardian has permitted photographs of the mentee, so a picture goes only where the "
        "mentee cannot be recognised in it. Tick that it is so, or send it without the picture; the project "
        "manager can ask for the permission."
    )


class WantsQuiet(Refusal):
    """The other has stopped messages: nothing is sent, and the project manager can help."""

    sentence = _(
        "{name} wants no messages for now, so this was not sent. The project manager knows and can help."
    )


class YouWantQuiet(Refusal):
    sentence = _("You have stopped messages. Open them again to write.")


class NotYourMessage(Refusal):
    sentence = _("Only the one who wrote a message can take it back.")


class NotForYou(Refusal):
    sentence = _("Only the one who is asked can say that no answer is needed.")


class NoSuchThing(Refusal):
    sentence = _("This conversation cannot be begun. Open the page once more and write from there.")


@transaction.atomic
def begin_thread(
    *,
    pair: Pair,
    by: Person,
    now: datetime,
    subject: str = "",
    about_kind: str = "",
    about_ref: str = "",
    ref: str = "",
) -> Thread:
    """The conversation under a subject or about a thing; the pair's own where neither is given.

    One that is there already is answered: a thing has one conversation, and so has the pair.
    """
    require_side(pair, by)
    require_active(pair, now)
    _require_thing(pair, about_kind, about_ref)
    found = _there(pair, subject, about_kind, about_ref)
    if found:
        return found
    named = {"pair": pair, "subject": subject[:120], "about_kind": about_kind, "about_ref": about_ref}
    begun = {**named, "search_text": folded(subject[:120])[:500], "begun_at": now, "last_at": now}
    try:
        with transaction.atomic():
            thread, made = Thread.objects.get_or_create(ref=ref or new_ref(), pair=pair, defaults=begun)
    except IntegrityError:
        thread, made = Thread.objects.get(**named), False
    if made:
        record("thread.begin", thread, now=now, by=by, programme_ref=pair.programme.ref)
    return thread


def _require_thing(pair: Pair, kind: str, ref: str) -> None:
    if kind and kind not in About.values:
        raise NoSuchThing()
    if kind == About.QUESTION and ref not in {
        each.key for each in methodology_of(pair.programme).plan.questions
    }:
        raise NoSuchThing()


def _there(pair: Pair, subject: str, about_kind: str, about_ref: str) -> Thread | None:
    if subject and not about_kind:
        return None
    found = Thread.objects.filter(pair=pair, about_kind=about_kind)
    return (found.filter(about_ref=about_ref) if about_kind else found.filter(subject="")).first()


@transaction.atomic
def write_message(
    *,
    thread: Thread,
    text: str,
    by: Person,
    now: datetime,
    files: Sequence["Upload[Any]"] = (),
    faceless: bool = False,
    urgent: bool = False,
    ref: str = "",
    channel: str = Channel.WEB,
) -> Message:
    """Write to the other. It is on the page at once; its letter waits for hours that suit, unless urgent.

    Raises NotActive and its kin (R1), WantsQuiet where the other has stopped messages, TooMuchAtOnce, or why
    a file is not kept: then nothing is sent. `faceless`: the writer says that the mentee cannot be recognised
    in a picture, without which none goes where a minor may not be pictured (ShowsMinor). A second click sends
    it once; other words or files with the same `ref` are refused (SentAlready).
    """
    pair = thread.pair
    side = require_side(pair, by)
    require_active(pair, now)
    _require_open(pair, side)
    text = text.strip()
    _require_words(text, files)
    if not faceless and any(map(_is_picture, files)) and not may_show_mentee(pair, now):
        raise ShowsMinor()
    # All are looked at before one is kept: of a message that is refused no byte stays.
    checked = [check(upload, kinds=PAPERS | VOICE, largest=LARGEST) for upload in files]
    said = {"side": side, "text": text, "urgent": urgent, "by_mail": channel == Channel.MAIL, "at": now}
    message, made = make_once(Message, ref=ref, fields=said, thread=thread)
    if not made:
        _require_same_files(message, checked)
        return message
    before = Message.objects.filter(thread__pair=pair, side=side).exclude(pk=message.pk)
    require_pace(before, most=AN_HOUR, within=HOUR, now=now)
    kept = _attach_all(message, checked, faceless, by, now)
    Thread.objects.filter(pk=thread.pk).update(last_at=now)
    see_thread(thread=thread, by=by, now=now)
    letters.tell(message, files=kept, not_before=goes_at(message, now), now=now)
    record(
        "message.write",
        message,
        now=now,
        by=by,
        channel=channel,
        programme_ref=pair.programme.ref,
        details={"side": side, "files": len(kept)},
    )
    return message


@transaction.atomic
def put_files(
    *,
    pair: Pair,
    about_kind: str,
    about_ref: str,
    files: Sequence["Upload[Any]"],
    by: Person,
    now: datetime,
    faceless: bool = False,
    ref: str = "",
) -> Message:
    """Put files with a thing, as a message about it without words: the other is told, and owes no answer.

    Raises what `begin_thread` and `write_message` raise; then nothing is kept.
    """
    if not files:
        raise NoFile()
    thread = begin_thread(pair=pair, about_kind=about_kind, about_ref=about_ref, by=by, now=now)
    thread.pair = pair
    message = write_message(thread=thread, text="", files=files, faceless=faceless, ref=ref, by=by, now=now)
    Message.objects.filter(pk=message.pk, needs_no_answer_at=None).update(needs_no_answer_at=now)
    return message


def _require_same_files(message: Message, checked: Sequence[Checked]) -> None:
    there = message.attachments.values_list("file__sha256", flat=True)
    if message.taken_back_at is None and sorted(there) != sorted(each.sha256 for each in checked):
        raise SentAlready(message.ref)


def goes_at(message: Message, now: datetime) -> datetime:
    """When the letter about a message goes: in the hours that both agreed on, at once where urgent (R4)."""
    if message.urgent:
        return now
    pair = message.thread.pair
    zone = pair.member(other_side(message.side)).person.zone
    return suits(pair, zone, now + ON_THE_PAGE)


def _require_open(pair: Pair, side: str) -> None:
    quiet = set(Quiet.objects.filter(pair=pair, lifted_at=None).values_list("side", flat=True))
    if side in quiet:
        raise YouWantQuiet()
    if other_side(side) in quiet:
        raise WantsQuiet(name=pair.member(other_side(side)).person.first_name)


def _require_words(text: str, files: Sequence[object]) -> None:
    if not text and not files:
        raise NothingWritten()
    if len(text) > LONGEST:
        raise TooLong(most=LONGEST)
    if len(files) > FILES:
        raise TooManyFiles(most=FILES)


def _is_picture(upload: "Upload[Any]") -> bool:
    upload.seek(0)
    kind = kind_of(upload.read(64))
    upload.seek(0)
    return kind in IMAGES


def _attach_all(
    message: Message, checked: Sequence[Checked], faceless: bool, by: Person, now: datetime
) -> list[str]:
    """Keep the files of a message, which is sought by its words and by their names; answers these."""
    kept = [_attach(message, each, faceless, by, now) for each in checked]
    Message.objects.filter(pk=message.pk).update(search_text=folded(" ".join((message.text, *kept))))
    return kept


def _attach(message: Message, checked: Checked, faceless: bool, by: Person, now: datetime) -> str:
    file = keep_checked(checked=checked, about_kind="message", about_ref=message.ref, by_id=by.pk, now=now)
    Attachment.objects.create(message=message, file=file, faceless=faceless)
    return file.name


@transaction.atomic
def take_back(*, message: Message, by: Person, now: datetime) -> None:
    """Take one's own message back: a line stays, without its words; a letter not yet sent is withdrawn.

    Raises PairHasEnded after the end: then both read what was written, and nobody changes it.
    """
    pair = message.thread.pair
    if require_side(pair, by) != message.side:
        raise NotYourMessage()
    require_not_ended(pair)
    if not Message.objects.filter(pk=message.pk, taken_back_at=None).update(
        taken_back_at=now, text="", search_text=""
    ):
        return
    message.refresh_from_db(fields=["taken_back_at", "text"])
    for attachment in message.attachments.select_related("file"):
        withdraw(file=attachment.file, now=now)
    post.withdraw(about=letters.about(message), now=now)
    record("message.take_back", message, now=now, by=by, programme_ref=pair.programme.ref)


def see_thread(*, thread: Thread, by: Person, now: datetime) -> None:
    """Remember that one of the two has the conversation before the eyes; letters about it need not go.

    Reading changes no state and is no line of history: nobody is to be watched.
    """
    side = require_side(thread.pair, by)
    last = Message.objects.filter(thread=thread).order_by("-pk").values_list("pk", flat=True).first() or 0
    seen, made = Seen.objects.get_or_create(thread=thread, side=side, defaults={"upto": last, "at": now})
    if not made and seen.upto >= last:
        return
    fresh = Message.objects.filter(thread=thread, side=other_side(side), pk__lte=last)
    read = fresh if made else fresh.filter(pk__gt=seen.upto)
    Seen.objects.filter(pk=seen.pk, upto__lt=last).update(upto=last, at=now)
    about = [letters.about_ref(ref) for ref in read.values_list("ref", flat=True)]
    post.withdraw(about=about, kinds=[letters.WRITTEN], now=now)


@transaction.atomic
def want_quiet(*, pair: Pair, by: Person, now: datetime) -> Quiet:
    """Stop the other's messages, those as well that wait to be sent; the manager is told that, not why.

    A second click changes nothing.
    """
    side = require_side(pair, by)
    # Words that are written at this moment come either before, with their letter, or wait.
    hold(pair)
    try:
        with transaction.atomic():
            quiet = Quiet.objects.create(pair=pair, side=side, at=now)
    except IntegrityError:
        return Quiet.objects.get(pair=pair, side=side, lifted_at=None)
    # They stand on the page; a letter that waits for its hour would bring them all the same.
    unsent = Message.objects.filter(thread__pair=pair, side=other_side(side))
    about = [letters.about_ref(ref) for ref in unsent.values_list("ref", flat=True)]
    post.withdraw(about=about, now=now)
    tell_begun(pair, side, now)
    letters.tell_of_quiet(quiet, now=now)
    record(
        "quiet.begin", quiet.pair, now=now, by=by, programme_ref=pair.programme.ref, details={"side": side}
    )
    return quiet


@transaction.atomic
def lift_quiet(*, pair: Pair, by: Person, now: datetime) -> None:
    """Let the other write again; what had waited in the pair's work is told (see_waited)."""
    side = require_side(pair, by)
    quiet = Quiet.objects.filter(pair=pair, side=side, lifted_at=None)
    since = quiet.values_list("at", flat=True).first()
    if since and quiet.update(lifted_at=now, waited=bool(what_waited(pair, side, since, now))):
        record("quiet.end", pair, now=now, by=by, programme_ref=pair.programme.ref, details={"side": side})


def see_waited(*, pair: Pair, by: Person, now: datetime) -> None:
    """Remember that one of the two was shown what had waited. Reading changes no state: no history."""
    side = require_side(pair, by)
    Quiet.objects.filter(pair=pair, side=side, waited=True, read_at=None).update(read_at=now)


@transaction.atomic
def settle_answer(*, message: Message, by: Person, now: datetime) -> None:
    """Say that a message needs no answer: nobody is reminded of it any more. Raises PairHasEnded."""
    pair = message.thread.pair
    if require_side(pair, by) == message.side:
        raise NotForYou()
    require_not_ended(pair)
    if Message.objects.filter(pk=message.pk, needs_no_answer_at=None).update(needs_no_answer_at=now):
        post.withdraw(about=letters.about(message), kinds=[letters.ANSWER_DUE], now=now)
        record("message.settle", message, now=now, by=by, programme_ref=pair.programme.ref)


def remind_of_answers(now: datetime) -> int:
    """For the schedule: once for each answer that has not come in the agreed time; answers how many (R4)."""
    due = {letters.answer_key(each.message): each.message for each in owed(now)}
    post.withdraw_all_but(due, kinds=[letters.ANSWER_DUE])
    written = already(list(due))
    sent = 0
    for message in [each for key, each in due.items() if key not in written]:
        with transaction.atomic():
            sent += letters.remind_of_answer(message, now=now)
    return sent
