"""Reading cases: who handles one, who follows it, what is open."""

from datetime import datetime, time

from django.db.models import Q, QuerySet

from varpa.guardians.models import Worry
from varpa.kernel.clock import zone_of
from varpa.kernel.times import to_local
from varpa.messaging.models import Attachment
from varpa.pairs.models import OPEN as OPEN_PAIRS
from varpa.pairs.models import Pair
from varpa.pairs.queries import with_people
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import today_of
from varpa.programmes.working_days import after_working_days
from varpa.support.models import Case, CaseLine, CaseState, Kind, Reported
from varpa.support.queries.staff import handling

READ_WITHIN = 2
"""Working days within which a case is read; one of safety the same day (R8)."""


def with_all(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with their pair, its people, the programme, who told and who handles: one query."""
    return cases.select_related(
        "pair__mentor__person",
        "pair__mentee__person",
        "pair__programme",
        "programme__methodology_version",
        "teller__person",
        "handler",
        "worry__membership__person",
        "worry__guardian",
        "worry__contact",
        "reported__message",
    )


def handlers_of(case: Case) -> list[Person]:
    """Everybody who may handle a case now."""
    given = {"managers": case.with_managers, "lead": case.with_lead}
    return handling(case.programme, case.pair, **given, concerns=case.concerns, about=case.about_id)


def lead_for(case: Case) -> list[Person]:
    """Those of the lead partner who may handle a case, whether or not it was told to them."""
    given = {"managers": False, "lead": True}
    return handling(case.programme, case.pair, **given, concerns=case.concerns, about=case.about_id)


def read_by(programme: Programme, kind: str, now: datetime) -> datetime:
    """Until when a case told now is to be read: the end of the day, or of the second working day after it."""
    day, country = today_of(programme, now), next(iter(programme.countries), "")
    if kind != Kind.SAFETY:
        day = after_working_days(day, READ_WITHIN, country)
    return datetime.combine(day, time(23, 59, 59), zone_of(programme.zone))


def is_late(case: Case, now: datetime) -> bool:
    """Whether a case is not read though its clock has run out."""
    return case.state == CaseState.TOLD and case.read_by < now


def is_followed_by_both(case: Case) -> bool:
    """Whether the other of the two sees that something is being done: one of them told it openly."""
    return case.pair is not None and case.teller is not None and not case.confidential


def words_of(case: Case) -> str:
    """What was told, by one of the two or by a guardian or a school."""
    return case.worry.text if case.worry else case.text


def reported_in(case: Case) -> Reported | None:
    """The message that whoever told a case has opened with it."""
    found: Reported | None = getattr(case, "reported", None)
    return found


def files_reported(case: Case) -> QuerySet[Attachment]:
    """The files of the reported message, while it stands."""
    return Attachment.objects.filter(
        message__taken_back_at=None, message__in=Reported.objects.filter(case=case).values("message")
    ).select_related("file")


def name_of_teller(case: Case) -> str:
    """Who told it."""
    if case.worry:
        return case.worry.teller.name
    return case.teller.person.name if case.teller else ""


def lines_of(case: Case, *, told: bool | None = None) -> QuerySet[CaseLine]:
    """The lines of a case, earliest first; `told`: only those that are told, or only the notes."""
    lines = CaseLine.objects.filter(case=case).select_related("by")
    return lines if told is None else lines.filter(told=told)


def own_cases(membership: Membership) -> QuerySet[Case]:
    """What a member has told, the latest first."""
    return with_all(Case.objects.filter(teller=membership)).order_by("-pk")


def cases_of_pair(pair: Pair, person: Person) -> QuerySet[Case]:
    """What one of the two follows of the pair: the own ones, and the other's that are not confidential."""
    seen = Q(teller__person=person) | Q(confidential=False, teller__isnull=False)
    return with_all(Case.objects.filter(seen, pair=pair)).exclude(
        ~Q(teller__person=person), state=CaseState.WITHDRAWN
    )


def worries_without_case() -> QuerySet[Worry]:
    """What guardians and schools have told and nobody has read or taken up yet."""
    found = Worry.objects.filter(case__isnull=True, read_at=None)
    return found.select_related("membership__programme", "membership__person", "guardian", "contact")


def pair_of(membership: Membership) -> Pair | None:
    """The pair in which a member is now, or was last; whoever is around it does not handle the case."""
    either = Q(mentor=membership) | Q(mentee=membership)
    pairs = with_people(Pair.objects.filter(either)).order_by("-pk")
    return pairs.filter(state__in=OPEN_PAIRS).first() or pairs.first()


def local_day(case: Case, moment: datetime) -> str:
    """The day of a moment where the programme is, as a key of letters."""
    return f"{to_local(moment, case.programme.zone):%Y%m%d}"
