"""Reading calls and applications: what is open, who may go on, what still lacks a mentor."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.core import signing
from django.db.models import CharField, Q, QuerySet

from varpa.calls.models import Amendment, Application, ApplicationState, Call
from varpa.calls.steps import Asked
from varpa.files.kinds import IMAGES
from varpa.files.models import File
from varpa.guardians.models import Guardian
from varpa.guardians.queries.guardians import asked_kinds
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import is_ref
from varpa.people.models import Appointment
from varpa.programmes.models import (
    Membership,
    MembershipState,
    Participation,
    Programme,
    ProgrammeState,
    Role,
)
from varpa.programmes.partners import partners_of
from varpa.programmes.queries import said_by, staff_of, today_of, with_methodology

LINK_DAYS = 30
SHOWN = tuple(state for state in ProgrammeState.values if state != ProgrammeState.DRAFT)
STANDS = {
    "recruiting": (ProgrammeState.RECRUITING,),
    "running": (ProgrammeState.RUNNING, ProgrammeState.CLOSING),
    "ended": (ProgrammeState.CLOSED, ProgrammeState.ARCHIVED),
}
MOST_ENDED = 60
TAKING = (ProgrammeState.RECRUITING, ProgrammeState.RUNNING)
# "~" needs no escaping in an address and never occurs in the signed text.
_signer = signing.Signer(salt="varpa.calls.link", sep="~")


class Stand(NamedTuple):
    """Whether one may apply in a role: `key` is open, soon (until `day`), late (since `day`) or over.

    Open until `day`, where there is one. Late: an application may still be left, and is kept as interest.
    """

    role: str
    key: str
    day: date | None = None

    @property
    def takes(self) -> bool:
        return self.key in ("open", "late")


class Contact(NamedTuple):
    """Who answers questions of applicants."""

    name: str
    address: str
    phone: str


def with_call(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes read with what their call and their methodology need."""
    return with_methodology(programmes).select_related("organisation", "methodology_version", "call")


def programme_shown(ref: str) -> Programme | None:
    """The programme whose front door is asked for; a draft has none."""
    if not is_ref(ref):
        return None
    return _shown.first(ref=ref)


@compiled(ref=CharField())
def _shown(ref: str) -> QuerySet[Programme]:
    shown = with_call(Programme.objects.filter(ref=ref, state__in=SHOWN))
    return shown.select_related("organisation", "methodology_version", "emblem", "call").order_by("pk")[:1]


class Shown(NamedTuple):
    """The programmes that have a front door, by how far they are: `key` is recruiting, running or ended."""

    key: str
    programmes: list[Programme]


def fronts(organisation: str = "") -> list[Shown]:
    """Every programme that anybody may see, of the organisation with this reference or of all: one query.

    Those that recruit stand first; within a group the newest does. Of those that have ended the newest few.
    """
    found = _of_organisation(ref=organisation) if organisation else _of_house()
    groups = {key: [each for each in found if each.state in states] for key, states in STANDS.items()}
    return [Shown(key, programmes) for key, programmes in groups.items() if programmes]


@compiled(ref=CharField())
def _of_organisation(ref: str) -> QuerySet[Programme]:
    return _fronts(Programme.objects.filter(organisation__ref=ref))


@compiled()
def _of_house() -> QuerySet[Programme]:
    return _fronts(Programme.objects.all())


def _fronts(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    short = ("ref", "name", "state", "starts", "ends", "organisation__ref", "organisation__name")
    newest = ("-starts", "pk")
    ended = programmes.filter(state__in=STANDS["ended"]).order_by(*newest).values("pk")[:MOST_ENDED]
    standing = (*STANDS["recruiting"], *STANDS["running"])
    shown = programmes.filter(Q(state__in=standing) | Q(pk__in=ended))
    return shown.select_related("organisation").only(*short).order_by(*newest)


def call_of(programme: Programme) -> Call:
    """What a programme has written for applicants; where nothing, a call that says nothing."""
    known: Call | None = getattr(programme, "call", None)
    return known or Call(programme=programme)


def partners_named(programme: Programme) -> list[str]:
    """Who carries the programme beside its organisation: partners that have a name, then further ones."""
    further = [each.strip() for each in call_of(programme).partners.splitlines()]
    named = [each.name for each in partners_of(programme)]
    return list(dict.fromkeys(name for name in (*named, *further) if name))


def stand_of(programme: Programme, role: str, now: datetime, day: date | None = None) -> Stand:
    """Whether one may apply in a role. No days written: open while the programme recruits.

    `day`: on which it was sent or signed, where that is another one than today.
    """
    call, today = call_of(programme), day or today_of(programme, now)
    opens: date | None = getattr(call, f"{role}_opens")
    closes: date | None = getattr(call, f"{role}_closes")
    if programme.state not in TAKING:
        return Stand(role, "over")
    if opens and today < opens:
        return Stand(role, "soon", opens)
    if closes and today > closes:
        return Stand(role, "late", closes)
    if programme.state == ProgrammeState.RUNNING and not closes:
        return Stand(role, "late")
    return Stand(role, "open", closes)


def contact_of(programme: Programme) -> Contact:
    """Whoever is named in the call, else the manager, else staff of the lead partner."""
    call = call_of(programme)
    if call.contact_name or call.contact_address:
        return Contact(call.contact_name, call.contact_address, call.contact_phone)
    staff = _staff.first(programme=programme)
    lead = Appointment.objects.filter(organisation=programme.organisation, ended_at=None)
    first = None if staff else lead.select_related("person").first()
    person = staff.person if staff else first.person if first else None
    return Contact(person.name, person.email or "", "") if person else Contact("", "", "")


@compiled()
def _staff(programme: Programme) -> QuerySet[Membership]:
    return staff_of(programme)[:1]


def emblem_of(programme: Programme) -> File | None:
    """The emblem, where it can be shown."""
    file = programme.emblem
    return file if file and file.withdrawn_at is None and file.kind in IMAGES else None


def asked_by(programme: Programme, role: str, now: datetime) -> Asked:
    """For whom the questions of an application in a role are."""
    return Asked(programme, role, call_of(programme).most_mentees, today_of(programme, now))


def asked_of(application: Application, now: datetime) -> Asked:
    """For whom the questions of an application are."""
    return asked_by(application.programme, application.role, now)


def told_of(application: Application) -> dict[str, Any]:
    """Everything that was said in an application, by the name of its field."""
    who = {"name": application.name, "address": application.address, "language": application.language}
    return {**application.answers, **who}


def told_by(membership: Membership) -> dict[str, Any]:
    """Everything that is known of how a member takes part, by the name of its field in an application."""
    part = said_by(membership)
    said = {name: getattr(part, name) for name in Participation.SAID}
    own = {f"ability-{key}": value for key, value in part.abilities.items()}
    own |= {f"question-{key}": text for key, text in part.answers.items()}
    return {**said, **own, "topic": membership.topic, "means": membership.means}


def applications_read() -> QuerySet[Application]:
    """Applications with what their pages need."""
    return Application.objects.select_related(
        "programme__methodology_version",
        "programme__organisation",
        "programme__call",
        "membership__person",
    )


def by_ref(ref: str) -> Application | None:
    """The application that an address names."""
    return applications_read().filter(ref=ref).first() if is_ref(ref) else None


def applications_of(membership: Membership) -> list[Application]:
    """The applications of a membership, the newest first; none for one that came another way."""
    return list(applications_read().filter(membership=membership))


def is_replaced(application: Application) -> bool:
    """Whether its sender has applied once more since, in the same role: then the newer one counts."""
    newer = Application.objects.filter(membership=application.membership_id, pk__gt=application.pk)
    return application.membership_id is not None and newer.exists()


def may_amend(application: Application) -> bool:
    """Whether its sender may still correct it: it is sent, nothing is decided, and no newer one counts."""
    member = application.membership
    open_yet = member is not None and member.state in (MembershipState.APPLIED, MembershipState.WAITING)
    return application.state == ApplicationState.SENT and open_yet and not is_replaced(application)


def may_name_guardian(application: Application, now: datetime) -> bool:
    """Whether the sender of a minor's application may still say whom to ask at home: nobody has yet."""
    if application.membership_id is None or application.answers.get("guardian_address"):
        return False
    member = Membership.objects.select_related("person", "programme__methodology_version").get(
        pk=application.membership_id
    )
    return bool(asked_kinds(member, now)) and not Guardian.objects.filter(membership=member).exists()


def amended(application: Application) -> QuerySet[Amendment]:
    """What its sender has corrected since it was sent, the newest first."""
    return Amendment.objects.filter(application=application)


def unfinished(address: str) -> list[Application]:
    """The applications of an address for which a new link may be asked: the newest few that stand."""
    standing = applications_read().exclude(state=ApplicationState.WITHDRAWN)
    return list(standing.filter(address=address.strip().lower()).exclude(address="")[:3])


def sign_link(application: Application, now: datetime) -> str:
    """A token that opens one application until LINK_DAYS have passed, or a newer link counts."""
    until = int((now + timedelta(days=LINK_DAYS)).timestamp())
    return _signer.sign_object([application.ref, application.link, until])


class Opened(NamedTuple):
    """What a token opens: `application` None where it was not signed here; `fresh` False where it is old."""

    application: Application | None
    fresh: bool = False


def read_link(token: str, now: datetime) -> Opened:
    """What a mailed link opens."""
    try:
        ref, number, until = _signer.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return Opened(None)
    application = by_ref(str(ref))
    fresh = application is not None and application.link == number and now.timestamp() <= until
    return Opened(application, fresh)


def open_role(role: str) -> bool:
    """Whether one can apply in a role at all."""
    return role in (Role.MENTOR, Role.MENTEE)
