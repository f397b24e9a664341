"""The defence of the business plans: protocols, and the list of certificates."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.defence.models import Defence, DefenceState, Slot, SlotState
from varpa.defence.papers import digest, protocol
from varpa.defence.queries import standing_jurors
from varpa.documents.tables import Value
from varpa.dossier.models import Names
from varpa.dossier.papers.pieces import Leaf, Paper, Piece, Table, heads, stamp
from varpa.dossier.reach import Reach
from varpa.methodology import Methodology
from varpa.programmes.models import Role
from varpa.programmes.roles import role_name


def _days(reach: Reach) -> QuerySet[Defence]:
    """The closed days of the period."""
    days = Defence.objects.filter(reach.within("starts_at"), programme=reach.programme)
    read = days.filter(state=DefenceState.CLOSED, rehearsal_of=None).select_related(
        "programme__organisation", "programme__emblem"
    )
    return read.order_by("starts_at", "pk")


def _slots(reach: Reach) -> QuerySet[Slot]:
    slots = Slot.objects.filter(reach.of_partner("plan__membership__"), defence__in=_days(reach).order_by())
    return slots.select_related("defence", "plan__membership__person").order_by(
        "defence__starts_at", "place", "pk"
    )


def _defence(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Reference"),
        _("Begins"),
        _("Place"),
        _("What jurors give"),
        _("Presented"),
        _("Jurors"),
        _("SHA-256 of the data"),
    )
    yield Table("defences", _("Days of defence"), columns, _rows(reach))
    name = _("Name, or initials and reference")
    columns = heads(
        _("Reference of the day"),
        _("%(role)s: reference") % {"role": role_name(reach.programme, Role.MENTEE)},
        name,
        _("State"),
    )
    yield Table("presentations", _("Presentations"), columns, _presented(reach))
    if reach.partner or reach.names == Names.NOWHERE:
        return
    for day in _days(reach):
        slots = day.slots.select_related("plan__membership__person")
        if all(reach.may_name(slot.member) for slot in slots):
            content = protocol(day, reach.language)
            yield Leaf(f"protocol-{day.ref}.pdf", f"{_('Protocol')}: {stamp(day.starts_at, reach)}", content)


def _rows(reach: Reach) -> Iterator[tuple[Value, ...]]:
    for day in _days(reach):
        presented, jurors = day.slots.filter(state=SlotState.CLOSED).count(), standing_jurors(day).count()
        mode = str(day.get_mode_display())
        yield day.ref, stamp(day.starts_at, reach), day.place, mode, presented, jurors, digest(day)


def _presented(reach: Reach) -> Iterator[tuple[Value, ...]]:
    for slot in _slots(reach).iterator(chunk_size=500):
        yield slot.defence.ref, slot.member.ref, reach.called(slot.member), str(slot.get_state_display())


def _certificates(reach: Reach) -> Iterator[Piece]:
    columns = heads(_("Number"), _("Name, or initials and reference"), _("Day"), _("Reference of the day"))
    yield Table("certificates", _("Certificates"), columns, _given(reach))


def _given(reach: Reach) -> Iterator[tuple[Value, ...]]:
    for slot in _slots(reach).filter(state=SlotState.CLOSED).iterator(chunk_size=500):
        name = reach.called(slot.member)
        yield slot.number, name, reach.day(slot.defence.starts_at), slot.defence.ref


DEFENCE = Paper(
    key="defence",
    name=gettext_lazy("Protocols of the defence"),
    shows=gettext_lazy(
        "Each closed day: when, where, by which rules, who presented, how many jurors, the SHA-256 of its "
        "data; the protocol to sign, with the names of all and the titles of their plans."
    ),
    leaves_out=gettext_lazy(
        "What jurors said and gave, in the tables; the protocol itself where the dossier is of one partner "
        "or without names, or where one of its pupils has no guardian’s permission."
    ),
    why=gettext_lazy(
        "A protocol is signed as a whole and cannot be cut; no ranking is shown to anybody else."
    ),
    write=_defence,
    belongs=Methodology.has_defence,
)
CERTIFICATES = Paper(
    key="certificates",
    name=gettext_lazy("Certificates"),
    shows=gettext_lazy(
        "The number of each certificate, for whom and of which day; by its number anybody can verify it."
    ),
    leaves_out=gettext_lazy(
        "Results; the papers themselves; names of pupils, unless the dossier was asked for with "
        "names everywhere."
    ),
    why=gettext_lazy("The number is proof enough; what was won in a game proves nothing."),
    write=_certificates,
    belongs=Methodology.has_defence,
)
