"""Reading conversations: threads with what is new, messages, who owes an answer, who wants quiet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse
from django.utils.translation import pgettext

from varpa.absences.queries import days_away
from varpa.absences.school import school_holidays
from varpa.files.kinds import VOICE
from varpa.kernel.clock import zone_of
from varpa.kernel.compiled import compiled
from varpa.kernel.text import folded
from varpa.messaging.models import About, Attachment, Message, Quiet, Seen, Thread
from varpa.methodology.marks import QuestionAct
from varpa.pairs.choices import agreed_days
from varpa.pairs.filed import Filed
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.pauses import Rest, Rests, rests_of
from varpa.pairs.queries import agreed_choices, other_side
from varpa.pairs.quiet import Waited, what_waited
from varpa.pairs.working import Worked
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Programme
from varpa.programmes.pictures import seen_since
from varpa.programmes.queries import may_be_pictured, today_of
from varpa.programmes.working_days import after_working_days

REPLY_DAYS = 3
ANSWER_DUE = "messaging.answer_due"
"""The kind of the letter that reminds of an answer."""
ABOUT = "message:"
"""So begins what the letters of a message are about."""
"""Working days within which an answer is looked for, where the pair has agreed on nothing (R4; ours)."""
PAGE = 50
FILED = 50
"""Files that are listed on the page of a thing, the latest; older ones stand in its conversation."""
WAITED_SHOWN = timedelta(days=14)
ADDRESSES = {
    About.MEETING: "meetings:meeting",
    About.GOAL: "pairs:goal",
    About.PLAN: "pairs:plan",
    About.QUESTION: "pairs:question",
}
"""The page of a thing on which a thread hangs, by its name; the plan's and its questions' by the pair."""


def with_pair(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Threads with their pair and its people."""
    return threads.select_related(
        "pair__mentor__person", "pair__mentee__person", "pair__programme__methodology_version"
    )


def with_thread(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Messages with their conversation, pair and people."""
    return messages.select_related(
        "thread__pair__mentor__person", "thread__pair__mentee__person", "thread__pair__programme"
    )


def page_of_thing(thread: Thread) -> str:
    """The address of the thing on which a conversation hangs; "" where it hangs on none."""
    return page_of(thread.about_kind, thread.about_ref, thread.pair) if thread.about_kind else ""


def page_of(kind: str, ref: str, pair: Pair) -> str:
    """The address of a thing of a pair, by its kind and reference."""
    of_pair = {About.PLAN: [pair.ref], About.QUESTION: [pair.ref, ref]}
    return reverse(ADDRESSES[About(kind)], args=of_pair.get(About(kind), [ref]))


def threads_of(pair: Pair, side: str, asked: str = "") -> QuerySet[Thread]:
    """The pair's conversations, the latest first, each with `new`: messages of the other not read yet.

    `asked`: words to look for, each in the subject or in one message or the names of its files, in any order.
    """
    threads = Thread.objects.filter(pair=pair).annotate(new=_new(side), last_words=_last_words())
    words = folded(asked).split()
    if not words:
        return threads
    subject, said = Q(), Message.objects.filter(thread=OuterRef("pk"), taken_back_at=None)
    for word in words:
        subject &= Q(search_text__contains=word)
        said = said.filter(Q(search_text__contains=word) | Q(thread__search_text__contains=word))
    return threads.filter(subject | Q(Exists(said)))


def _new(side: str) -> Coalesce:
    seen = Seen.objects.filter(thread=OuterRef("thread"), side=side).values("upto")
    fresh = Message.objects.filter(thread=OuterRef("pk"), side=other_side(side), taken_back_at=None)
    counted = fresh.filter(pk__gt=Coalesce(Subquery(seen), Value(0))).order_by().values("thread")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), Value(0))


def _last_words() -> Subquery:
    said = Message.objects.filter(thread=OuterRef("pk"), taken_back_at=None).order_by("-pk")
    return Subquery(said.values("text")[:1])


def with_news(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `news_mentor` and `news_mentee`: the conversation in which something waits for that side.

    `waited_mentor` and `waited_mentee`: whether words had waited for it of which it was not told yet.
    """
    lifted = Quiet.objects.filter(pair=OuterRef("pk"), waited=True, read_at=None)
    waited = {f"waited_{side}": Exists(lifted.filter(side=side)) for side in Side.values}
    return pairs.annotate(**{f"news_{side}": _news(side) for side in Side.values}, **waited)


def _news(side: str) -> Subquery:
    upto = Seen.objects.filter(thread=OuterRef("thread"), side=side).values("upto")
    fresh = Message.objects.filter(
        thread__pair=OuterRef("pk"), side=other_side(side), taken_back_at=None
    ).filter(pk__gt=Coalesce(Subquery(upto), Value(0)))
    return Subquery(fresh.order_by("-pk").values("thread__ref")[:1])


def messages_of(thread: Thread) -> QuerySet[Message]:
    """The messages of a conversation, the latest first, with their files."""
    attachments = Prefetch("attachments", Attachment.objects.select_related("file"))
    return Message.objects.filter(thread=thread).order_by("-pk").prefetch_related(attachments)


def since(thread: Thread, ref: str) -> QuerySet[Message]:
    """What has come after a message, the earliest first: at most a page of it."""
    last = Message.objects.filter(thread=thread, ref=ref).values("pk")[:1]
    return messages_of(thread).filter(pk__gt=Coalesce(Subquery(last), Value(0))).order_by("pk")[:PAGE]


def with_quiet(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `quiet_mentor` and `quiet_mentee`: since when that side wants no messages, else None."""
    stopped = Quiet.objects.filter(pair=OuterRef("pk"), lifted_at=None)
    by = {f"quiet_{side}": Subquery(stopped.filter(side=side).values("at")[:1]) for side in Side.values}
    return pairs.annotate(**by)


def waited_for(pair: Pair, side: str, now: datetime) -> list[Waited]:
    """Where one side reads what had waited, for two weeks after messages may come again."""
    lifted = Quiet.objects.filter(pair=pair, side=side, waited=True, lifted_at__gte=now - WAITED_SHOWN)
    last = lifted.order_by("-lifted_at").first()
    return what_waited(pair, side, last.at, last.lifted_at) if last and last.lifted_at else []


def may_show_mentee(pair: Pair, now: datetime) -> bool:
    """Whether pictures may show the mentee: of age, or a guardian permits it."""
    return may_be_pictured(pair.mentee, today_of(pair.programme, now))


def hides(attachment: Attachment, message: Message, since: datetime | None) -> bool:
    """Whether it is a picture that may show a minor whose guardian permits no photographs now.

    `since`: `pictures.seen_since` of the mentee; to come of age brings none back.
    """
    return attachment.may_show_mentee and (since is None or message.at < since)


def filed(pair: Pair, kind: str, ref: str) -> Iterator[Filed]:
    """The files in messages about a thing, the latest first; a voice is a message and none of its files.

    A picture that may not be shown now is left out.
    """
    rows = list(_filed(pair=pair, kind=kind, ref=ref))
    since = seen_since(pair.mentee) if any(each.may_show_mentee for each in rows) else None
    for each in rows:
        if hides(each, each.message, since):
            continue
        message, file = each.message, each.file
        address = reverse("messaging:file", args=[message.ref, file.ref])
        yield Filed(file.name, address, message.side, message.at)


@compiled(kind=CharField(), ref=CharField())
def _filed(pair: Pair, kind: str, ref: str) -> QuerySet[Attachment]:
    about = Q(message__thread__about_kind=kind, message__thread__about_ref=ref)
    standing = Attachment.objects.filter(about, message__thread__pair=pair, message__taken_back_at=None)
    read = standing.exclude(file__kind__in=VOICE).filter(file__withdrawn_at=None)
    return read.select_related("message", "file").order_by("-pk")[:FILED]


def quiet_of(pair: Pair) -> dict[str, Quiet]:
    """Who of the two wants no messages now, by side."""
    return {quiet.side: quiet for quiet in Quiet.objects.filter(pair=pair, lifted_at=None)}


def suits(pair: Pair, zone: str, now: datetime) -> datetime:
    """The moment from which a letter about a message may go: now, or when the agreed hours begin (R4).

    `zone` is the reader's: agreed hours are those of the clock on the reader's wall.
    """
    agreed = agreed_choices(pair).get(QuestionAct.HOURS)
    if not isinstance(agreed, list):
        return now
    begins, ends = agreed
    here = now.astimezone(zone_of(zone))
    if begins <= here.hour < ends:
        return now
    day = here.date() + timedelta(days=here.hour >= ends)
    return datetime(day.year, day.month, day.day, begins, tzinfo=zone_of(zone))


@dataclass(frozen=True)
class Owed:
    """An answer that is looked for: the first message not answered, who owes it, and by which day.

    `reminded_at`: when the reminder went to that side, or may go; None where none was written.
    """

    message: Message
    side: str
    by: date
    reminded_at: datetime | None = None


def unanswered() -> QuerySet[Message]:
    """Of each conversation of an active pair the first message after which the other wrote nothing.

    One that was taken back, or that came after the other's quiet began, asks for no answer.
    """
    later = Message.objects.filter(
        thread=OuterRef("thread"), pk__gt=OuterRef("pk"), taken_back_at=None
    ).exclude(side=OuterRef("side"))
    # After a word that needed no answer begins what comes next: nobody has said that it needs none either.
    open_then = Q(needs_no_answer_at=None) | Q(needs_no_answer_at__gt=OuterRef("at"))
    before = (
        Message.objects.filter(
            open_then, thread=OuterRef("thread"), pk__lt=OuterRef("pk"), taken_back_at=None
        )
        .order_by("-pk")
        .values("side")[:1]
    )
    first = Message.objects.filter(
        ~Exists(later), taken_back_at=None, needs_no_answer_at=None, thread__pair__state=PairState.ACTIVE
    ).annotate(said_before=Subquery(before))
    begins = Q(said_before=None) | ~Q(said_before=F("side"))
    quiet = Quiet.objects.filter(pair=OuterRef("thread__pair"), lifted_at=None)
    return (
        first.filter(begins)
        .filter(~Exists(quiet))
        .select_related(
            "thread__pair__programme__methodology_version",
            "thread__pair__mentor__person",
            "thread__pair__mentee__person",
        )
    )


def _days_away(waiting: Sequence[Message], now: datetime) -> Mapping[int, frozenset[date]]:
    """On which days since the first of these messages those who owe an answer are away, by the person's key.

    A stretch that has begun is known to its end: nobody is reminded before they are back.
    """
    if not waiting:
        return {}
    owing = {message.thread.pair.member(other_side(message.side)).person_id for message in waiting}
    since = min(message.at for message in waiting).date()
    return days_away(owing, since, now.date() + timedelta(days=200))


def _days_of(rest: Rest, programme: Programme) -> Iterator[date]:
    first, last = today_of(programme, rest.at), today_of(programme, rest.until)
    return (first + timedelta(days=each) for each in range((last - first).days + 1))


def _without_school(programme: Programme, country: str) -> frozenset[date]:
    """A pupil's days for an answer wait for the end of school holidays."""
    known = school_holidays(programme, country)
    return frozenset(
        each.first + timedelta(days=day) for each in known for day in range((each.last - each.first).days + 1)
    )


def owed(
    now: datetime,
    days: timedelta = timedelta(days=1),
    programme: Programme | None = None,
    rests: Rests | None = None,
) -> list[Owed]:
    """The answers that have not come in the agreed time; `days`: messages older than that are looked at.

    `rests`: the pauses of the programme's pairs, where they are known.
    """
    older = unanswered().filter(at__lte=now - days).annotate(reminded_at=_reminded_at())
    waiting = list((older.filter(thread__pair__programme=programme) if programme else older).order_by("pk"))
    pairs = {message.thread.pair_id: message.thread.pair for message in waiting}
    agreed = agreed_days(pairs.values(), QuestionAct.REPLY_TIME)
    away, rests = _days_away(waiting, now), rests_of(list(pairs)) if rests is None else rests
    found = []
    for message in waiting:
        pair, side = message.thread.pair, other_side(message.side)
        begun = today_of(pair.programme, message.at)
        member = pair.member(side)
        free = away.get(member.person_id, frozenset())
        if side == Side.MENTEE:
            free |= _without_school(pair.programme, member.country)
        # While the pair rests nothing is due.
        free |= {day for rest in rests[pair.pk] for day in _days_of(rest, pair.programme)}
        by = after_working_days(begun, agreed.get(pair.pk, REPLY_DAYS), member.country, free)
        if by < today_of(pair.programme, now):
            found.append(Owed(message, side, by, message.reminded_at))
    return found


def _reminded_at() -> Subquery:
    about = Concat(Value(ABOUT), OuterRef("ref"))
    written = Letter.objects.filter(kind=ANSWER_DUE, about=about).exclude(state=LetterState.WITHDRAWN)
    return Subquery(written.order_by("-pk").values(at=Coalesce("sent_at", "not_before"))[:1])


def worked(pair: Pair, side: str, since: datetime) -> Iterator[Worked]:
    """The days on which a side wrote messages that stand: e-mentoring work (R2)."""
    written = Message.objects.filter(thread__pair=pair, side=side, at__gte=since, taken_back_at=None)
    day = TruncDate("at", tzinfo=zone_of(pair.programme.zone))
    for each in written.order_by().values_list(day, flat=True).distinct():
        yield Worked(each, pgettext("work", "messages"))
