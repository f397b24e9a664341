"""The extract of the history: who did what to which thing, when; keys and codes only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.documents.tables import Value
from varpa.dossier.papers.pieces import Paper, Piece, Table, heads, stamp
from varpa.dossier.reach import Reach, history_of
from varpa.programmes.models import Membership

KINDS = frozenset(
    {
        "programme",
        "membership",
        "permission",
        "pair",
        "plan",
        "meeting",
        "hourline",
        "event",
        "attendance",
        "evidence",
        "businessplan",
        "profile",
        "presentation",
        "defence",
        "slot",
        "survey",
        "report",
        "guidelines",
    }
)
"""Things of which the extract tells. Messages, diaries, notes, cases and what else is private are not among
them: also that somebody asked for help, and when, is nobody's business."""


def _write(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("When"), _("What"), _("Kind of thing"), _("Reference"), _("By"), _("On behalf of"), _("Way")
    )
    yield Table("history", _("Extract of the history"), columns, _lines(reach))


def _lines(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """In the order in which it was written; people by the reference of their membership."""
    rows = (
        Membership.objects.filter(programme=reach.programme)
        .order_by("-pk")
        .values_list("person", "ref", "country")
    )
    refs = {person: ref for person, ref, _country in rows}
    theirs = {person for person, _ref, country in rows if country == reach.partner}
    lines = history_of(reach.programme).filter(reach.within("at"), thing_kind__in=KINDS).order_by("pk")
    fields = ("at", "verb", "thing_kind", "thing_ref", "actor", "behalf", "channel")
    for at, verb, kind, ref, actor, behalf, channel in lines.values_list(*fields).iterator(chunk_size=2000):
        if not reach.partner or actor in theirs or behalf in theirs:
            yield stamp(at, reach), verb, kind, ref, refs.get(actor, ""), refs.get(behalf, ""), channel


HISTORY = Paper(
    key="history",
    name=gettext_lazy("Extract of the history"),
    shows=gettext_lazy(
        "Each change of people’s membership, pairs, plans, meetings, hours, events, deliverables and the "
        "programme: when, which, by whose membership, by which way. Keys and codes only."
    ),
    leaves_out=gettext_lazy(
        "Names and values; everything about messages, diaries, notes, problems that were told, openings with "
        "a reason."
    ),
    why=gettext_lazy(
        "That things happened in their time can be checked without reading what they were about."
    ),
    write=_write,
)
