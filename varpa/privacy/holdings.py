"""Which rows of which model are a person's own: one list, by which data are shown, handed over and erased.

What a field says of itself (`PERSONAL`) decides what becomes of it; here stands only whose a row is. A house
test finds every field that is to be erased and is neither here nor in STAYS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from varpa.defence.models import DefenceState, SlotState
from varpa.diary.models import DiaryState, EntryState, Photograph
from varpa.diary.queries import not_left_out
from varpa.kernel.personal import ERASE, REPLACE
from varpa.pairs.models import Side
from varpa.privacy.parts import Part
from varpa.privacy.whom import Whom, words_in

Whose = Callable[[Whom], Q]


@dataclass(frozen=True)
class Holding:
    """Rows of `model` that are a person's, as `whose` finds them.

    `fields`: only these of the declared ones, where others of the row are somebody else's. `ends`: the moment
    that takes the row off every page. `gone`: the whole row goes, it counts nowhere. `given`: it is shown and
    handed over; not what others said in confidence. `reads`: which of the rows the person may read now, where
    that is not all of them; `withheld`: fields that are for those who run the programme.
    """

    part: Part
    model: str
    whose: Whose
    fields: tuple[str, ...] = ()
    ends: str = ""
    gone: bool = False
    given: bool = True
    reads: Whose | None = None
    withheld: tuple[str, ...] = ()

    @property
    def of(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, who: Whom) -> QuerySet[Any]:
        return self.of._base_manager.filter(self.whose(who)).order_by("pk")

    def told(self, who: Whom) -> QuerySet[Any]:
        """The rows that are shown and handed over."""
        return self.rows(who).filter(self.reads(who)) if self.reads else self.rows(who)

    @property
    def erased(self) -> tuple[str, ...]:
        """The fields that are emptied or replaced."""
        return self.fields or personal(self.of)


def personal(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model that are to be emptied or replaced."""
    return tuple(name for name, what in declared(model).items() if what in (ERASE, REPLACE))


def declared(model: type[Model]) -> dict[str, str]:
    """What a model says of its fields; a house test asks it of every one that holds words."""
    said: dict[str, str] = getattr(model, "PERSONAL", {})
    return said


def file_fields(model: type[Model]) -> Iterator["Field[Any, Any]"]:
    """Where a model names a kept file."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is apps.get_model("files.File"):
            yield field


def person(*paths: str) -> Whose:
    """Rows that name the person in one of these."""
    return lambda who: _any(_is(path, who.people) for path in paths)


def member(*paths: str) -> Whose:
    """Rows of one of the person's memberships."""
    return lambda who: _any(_is(path, who.members) for path in paths)


def mentees(pair: str) -> Whose:
    return member(f"{pair}__mentee")


def mentors(pair: str) -> Whose:
    return member(f"{pair}__mentor")


def both(pair: str) -> Whose:
    """What the two made together: nobody can tell whose words are whose."""
    return member(f"{pair}__mentor", f"{pair}__mentee")


def own(pair: str, *, side: str = "side", other: bool = False) -> Whose:
    """Rows that say which of the two wrote them; `other`: those of the other one."""
    one, two = (Side.MENTEE, Side.MENTOR) if other else (Side.MENTOR, Side.MENTEE)
    return lambda who: (
        (Q(**{side: one}) & _is(f"{pair}__mentor", who.members))
        | (Q(**{side: two}) & _is(f"{pair}__mentee", who.members))
    )


def shown(pair: str) -> Whose:
    """Pictures of one's own, and those on which one is seen."""
    return lambda who: (
        (Q(shows_mentor=True) & _is(f"{pair}__mentor", who.members))
        | (Q(shows_mentee=True) & _is(f"{pair}__mentee", who.members))
    )


def either(*rules: Whose) -> Whose:
    return lambda who: _any(rule(who) for rule in rules)


def diary(path: str) -> Whose:
    """Handed over it is the mentee's; before, the mentor's; sealed it goes with either (R6)."""
    pair, state = f"{path}pair", f"{path}state"
    handed, sealed = Q(**{state: DiaryState.HANDED_OVER}), Q(**{state: DiaryState.SEALED})
    return lambda who: (mentors(pair)(who) & ~handed) | (mentees(pair)(who) & (handed | sealed))


def writes_diary(path: str) -> Whose:
    """The mentor's own; the mentee's copy is put together with what was left out left out (R6)."""
    return lambda who: mentors(f"{path}pair")(who) & ~Q(**{f"{path}state": DiaryState.HANDED_OVER})


def _reads_diary(who: Whom) -> Q:
    """The mentor's own, and a copy that was handed over; a sealed one is no mentee's to read (R6)."""
    return mentors("diary__pair")(who) | Q(diary__state=DiaryState.HANDED_OVER, state=EntryState.KEPT)


def _reads_pages(who: Whom) -> Q:
    """The same of photographed pages, without those that are left out of the copy (R6)."""
    copied = not_left_out(Photograph.objects.filter(entry__diary__state=DiaryState.HANDED_OVER))
    return writes_diary("entry__diary__")(who) | Q(pk__in=copied.order_by().values("pk"))


def _after_the_day(_who: Whom) -> Q:
    """Words of jurors are sealed until the day is over (R9)."""
    return Q(slot__defence__state=DefenceState.CLOSED, slot__state=SlotState.CLOSED)


def addressed(*fields: str) -> Whose:
    """Rows that have an address of the person."""
    return lambda who: _any(_is(field, (*who.addresses, *who.former)) for field in fields)


def naming(*fields: str) -> Whose:
    """Rows of others in which a name or an address of the person stands."""
    return lambda who: words_in(fields, (*who.names, *who.addresses, *who.former))


def _is(path: str, values: tuple[Any, ...]) -> Q:
    """The path leads to one of these; not `__in`, which takes no places of a compiled question."""
    return _any(Q(**{path: value}) for value in values)


def _any(rules: Iterator[Q]) -> Q:
    found = Q(pk__in=[])
    for rule in rules:
        found |= rule
    return found


P, T, G, R, M = Part.ACCOUNT, Part.TAKING_PART, Part.GUARDIANS, Part.PAIR, Part.MESSAGES
W, E, S, N, L = Part.WORK, Part.EVENTS, Part.SUPPORT, Part.WORDS, Part.LETTERS
BODY = ("subject", "text", "html")
LETTERS_WORDS: Final = (*BODY, "link", "brief", "calendar", "stop_link")

HOLDINGS: Final = (
    Holding(P, "people.Person", person("pk")),
    Holding(P, "account.EmailAddress", person("user"), gone=True, given=False),
    # Which ways there are is handed over; what they open with is not.
    Holding(P, "mfa.Authenticator", person("user"), gone=True, withheld=("data",)),
    # On which devices one is signed in is handed over; what would sign in is not.
    Holding(P, "people.Session", person("person"), gone=True, withheld=("session_key", "session_data")),
    Holding(P, "providers.Link", person("person"), gone=True),
    Holding(P, "notices.Device", person("person"), gone=True),
    Holding(P, "notices.NumberCode", person("person"), gone=True, given=False),
    Holding(P, "post.Habit", person("person"), gone=True),
    Holding(P, "post.Unsubscribed", person("person"), gone=True),
    Holding(P, "absences.Absence", person("person"), gone=True),
    Holding(P, "absences.TakenHours", person("person"), gone=True),
    Holding(P, "privacy.Erasure", person("person"), given=False),
    Holding(P, "dossier.ObserverLink", addressed("address"), ends="revoked_at", given=False),
    Holding(P, "merges.Merge", person("kept", "gone"), given=False),
    Holding(T, "programmes.Membership", member("pk")),
    Holding(T, "programmes.Participation", member("membership")),
    Holding(T, "calls.Application", either(member("membership"), addressed("address"))),
    Holding(
        T, "calls.Amendment", either(member("application__membership"), addressed("application__address"))
    ),
    Holding(T, "calls.Call", addressed("contact_address"), given=False),
    Holding(T, "programmes.Partner", addressed("contact_address"), given=False),
    Holding(T, "applications.Note", member("membership"), given=False),
    Holding(T, "applications.Interview", member("membership")),
    Holding(T, "programmes.Preparation", member("membership")),
    Holding(T, "programmes.Screening", member("membership")),
    Holding(T, "matching.Entrant", member("membership")),
    Holding(T, "matching.Counted", member("membership")),
    Holding(T, "matching.Choice", member("mentee", "mentor"), given=False),
    Holding(T, "matching.Apart", member("membership", "other"), ends="withdrawn_at", given=False),
    Holding(G, "programmes.Permission", member("membership")),
    Holding(G, "guardians.Guardian", member("membership"), ends="withdrawn_at"),
    Holding(G, "guardians.GuardianLink", member("guardian__membership"), ends="revoked_at", given=False),
    Holding(G, "guardians.GuardianAnswer", member("guardian__membership")),
    Holding(G, "guardians.SchoolWord", member("membership"), withheld=("reason",)),
    Holding(G, "guardians.Worry", member("membership"), given=False),
    Holding(R, "pairs.Pair", member("mentor", "mentee"), withheld=("end_reason",)),
    Holding(R, "pairs.Answer", own("pair")),
    Holding(R, "pairs.DossierConsent", own("pair")),
    Holding(R, "pairs.TopicAnswer", mentees("pair")),
    Holding(R, "pairs.Goal", person("by")),
    Holding(R, "pairs.GoalStep", person("goal__by")),
    Holding(R, "pairs.Plan", both("pair")),
    Holding(R, "pairs.PlanView", own("plan__pair")),
    Holding(R, "pairs.PlanAnswer", both("plan__pair")),
    Holding(R, "meetings.Meeting", both("pair")),
    Holding(R, "meetings.Coming", own("meeting__pair")),
    Holding(R, "meetings.Topic", own("meeting__pair")),
    Holding(R, "meetings.Notes", own("meeting__pair")),
    Holding(R, "meetings.PrivateNotes", own("meeting__pair")),
    Holding(R, "meetings.PrivatePhotograph", own("meeting__pair"), ends="withdrawn_at"),
    Holding(R, "meetings.Review", own("meeting__pair")),
    Holding(R, "meetings.Promise", own("pair")),
    Holding(R, "meetings.HourLine", own("pair"), fields=("work",)),
    Holding(R, "meetings.HourLine", own("pair", other=True), fields=("objection",)),
    Holding(R, "times.Proposal", own("pair"), fields=("place", "word")),
    Holding(R, "times.Proposal", own("pair", other=True), fields=("answer",)),
    Holding(R, "visits.Visit", both("meeting__pair")),
    Holding(R, "checkins.Look", own("checkin__pair")),
    Holding(R, "closing.LookBack", own("pair")),
    Holding(R, "closing.Excuse", both("pair")),
    Holding(R, "closing.Certificate", own("pair")),
    Holding(R, "meetings.Picture", own("meeting__pair"), ends="withdrawn_at"),
    Holding(R, "meetings.Picture", shown("meeting__pair"), ends="withdrawn_at"),
    Holding(M, "messaging.Thread", both("pair")),
    Holding(M, "messaging.Message", own("thread__pair")),
    Holding(M, "messaging.Attachment", own("message__thread__pair", side="message__side")),
    Holding(Part.DIARY, "diary.Entry", diary("diary__"), reads=_reads_diary),
    Holding(Part.DIARY, "diary.EntryAnswer", diary("entry__diary__"), reads=writes_diary("entry__diary__")),
    Holding(Part.DIARY, "diary.LeftOut", diary("entry__diary__"), reads=writes_diary("entry__diary__")),
    Holding(Part.DIARY, "diary.Photograph", diary("entry__diary__"), ends="withdrawn_at", reads=_reads_pages),
    Holding(Part.DIARY, "diary.Reply", mentees("diary__pair")),
    Holding(W, "businessplans.BusinessPlan", member("membership")),
    Holding(W, "businessplans.Part", member("plan__membership")),
    Holding(W, "businessplans.Picture", member("plan__membership"), ends="withdrawn_at"),
    Holding(W, "businessplans.Version", member("plan__membership")),
    Holding(
        W,
        "businessplans.Remark",
        member("plan__membership"),
        fields=("quote", "before", "after", "marked_before", "marked_after", "place"),
    ),
    Holding(W, "businessplans.Remark", person("by"), fields=("text",), ends="withdrawn_at"),
    Holding(W, "businessplans.Answer", person("by")),
    Holding(W, "profiles.Profile", mentees("pair")),
    Holding(W, "profiles.Part", mentees("profile__pair")),
    Holding(W, "profiles.Approval", mentees("part__profile__pair")),
    Holding(W, "profiles.Correction", mentors("part__profile__pair")),
    Holding(W, "profiles.Publishing", both("profile__pair"), ends="withdrawn_at"),
    Holding(W, "profiles.Photograph", mentees("profile__pair"), ends="withdrawn_at"),
    Holding(W, "profiles.Photograph", shown("profile__pair"), ends="withdrawn_at"),
    Holding(W, "presentations.Presentation", member("membership")),
    Holding(W, "presentations.Slide", member("presentation__membership")),
    Holding(W, "presentations.Version", member("presentation__membership")),
    Holding(W, "presentations.Recommendation", person("by"), ends="withdrawn_at"),
    Holding(W, "defence.Juror", either(person("person"), addressed("address"))),
    Holding(W, "defence.JurorLink", person("juror__person"), ends="revoked_at", given=False),
    Holding(W, "defence.Word", member("slot__plan__membership"), reads=_after_the_day, withheld=("amount",)),
    Holding(E, "events.AgendaItem", naming("leads"), given=False),
    Holding(E, "events.Invitation", member("membership")),
    Holding(E, "events.Attendance", member("membership")),
    Holding(E, "events.Question", member("membership")),
    Holding(E, "events.Feedback", member("membership")),
    Holding(E, "events.Saying", person("by"), ends="withdrawn_at"),
    Holding(E, "pairreports.PairReport", both("pair")),
    Holding(E, "evaluation.Evidence", either(member("membership"), both("pair"))),
    Holding(E, "surveys.Sheet", member("membership"), fields=("values",)),
    Holding(S, "support.Case", member("teller")),
    Holding(S, "support.CaseLine", member("case__teller", "case__worry__membership"), given=False),
    # What was reported are words of whoever wrote the message.
    Holding(S, "support.Reported", own("message__thread__pair", side="message__side"), given=False),
    Holding(S, "support.Opening", both("pair"), given=False),
    Holding(S, "support.Call", both("pair"), given=False),
    Holding(S, "support.MentorQuestion", member("mentor"), ends="withdrawn_at"),
    Holding(N, "support.CircleWord", person("by"), ends="withdrawn_at"),
    Holding(N, "reports.Comment", member("membership")),
    Holding(N, "guidelines.Recommendation", either(person("by"), mentees("pair"))),
    Holding(N, "guidelines.Consent", person("by"), ends="withdrawn_at"),
    Holding(N, "news.Page", lambda who: Q(pk__in=_written(who)) & ~Q(pk__in=_shared(who)), ends="hidden_at"),
    Holding(N, "news.PageVersion", lambda who: person("by")(who) & ~Q(page__in=_shared(who))),
    Holding(L, "post.Letter", person("person")),
    Holding(L, "post.Letter", addressed("to_address"), given=False),
    Holding(L, "post.Letter", naming(*BODY), fields=LETTERS_WORDS, given=False),
    Holding(L, "post.Inbound", either(person("person"), addressed("sender")), gone=True),
)
"""A person's own, in the order of the parts. What the two made together goes with the first of them."""


def _written(who: Whom) -> Any:
    return apps.get_model("news.PageVersion")._base_manager.filter(_is("by", who.people)).values("page")


def _shared(who: Whom) -> Any:
    """Pages on which somebody else wrote too: common work, which stays."""
    versions = apps.get_model("news.PageVersion")._base_manager
    return versions.exclude(_is("by", who.people)).values("page")


STAYS: Final[dict[str, str]] = {
    "guardians.SchoolContact": "a school's contact is nobody's account; it goes with the programme",
    "guardians.SchoolLink": "as the contact to whom it was sent",
    "applications.Roster": "emptied once it is taken in, given up after a day where it is not",
    "applications.View": "how a manager looks at lists: words of the list, not of a person",
    "evaluation.IndicatorValue": "says what a figure of the whole programme is based on",
    "defence.Voice": "the digest of a phone, gone with the day of the defence",
    "surveys.Draft": "anonymous, and goes with the link of who is erased (actions/erasing)",
    "files.File": "found by what it belongs to (actions/files)",
}
"""Models with personal fields that no holding finds, each for its reason."""
