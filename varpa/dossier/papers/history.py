"""The extract of the history: who did what to which thing, when; keys and codes only."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.documents.tables import Value
from varpa.dossier.papers.pieces import Paper, Piece, Table, heads, stamp
from varpa.dossier.reach import Reach, history_of
from varpa.programmes.models import Membership

VERBS: Final = frozenset(
    f"{thing}.{verb}"
    for thing, verbs in {
        "programme": "make change partner override recruit run close finish archive",
        "membership": "add appoint accept wait withdraw again complete trained untrained notice grown read "
        "lesson merge unmerge partner",
        "permission": "give withdraw",
        "pair": "propose answer start pause resume end",
        "plan": "begin confirm",
        "meeting": "plan move cancel miss review",
        "hours": "enter confirm correct object settle withdraw",
        "event": "make announce change hold cancel present absent sheet sheet_back",
        "evidence": "record withdraw",
        "business_plan": "begin keep share submit take_back",
        "profile": "begin finish approve_part agree_to_publish take_publishing_back",
        "presentation": "begin share bring_file submit take_back",
        "diary": "hand_over",
        "defence": "make change draw announce take_back begin finish",
        "slot": "start close absent here",
        "survey": "open send close",
        "report": "draft open close publish rework make_public make_private",
        "guidelines": "draft publish open close adopt drop",
    }.items()
    for verb in verbs.split()
)
"""Of what the extract tells, verb by verb: what is not named here is left out. That somebody asked for help,
told a worry, wrote to the other or in the diary, answered a survey, commented on the report or took a word
back, and when, is nobody's business. Nor is it state of the programme that somebody took a copy away."""


def _write(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("When"),
        pgettext("figures", "What"),
        _("Kind of thing"),
        _("Reference"),
        _("Who did it"),
        _("On behalf of"),
        _("Way"),
    )
    yield Table("history", _("Extract of the history"), columns, _lines(reach))


def _lines(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """In the order in which it was written; people by the reference of their membership."""
    there = Membership.objects.filter(programme=reach.programme).order_by("-pk")
    refs = dict(there.values_list("person", "ref"))
    theirs = set(there.filter(reach.of_partner()).values_list("person", flat=True))
    lines = history_of(reach.programme).filter(reach.within("at"), verb__in=VERBS).order_by("pk")
    fields = ("at", "verb", "thing_kind", "thing_ref", "actor", "behalf", "channel")
    for at, verb, kind, ref, actor, behalf, channel in lines.values_list(*fields).iterator(chunk_size=2000):
        if not reach.partner or actor in theirs or behalf in theirs:
            yield stamp(at, reach), verb, kind, ref, refs.get(actor, ""), refs.get(behalf, ""), channel


HISTORY = Paper(
    key="history",
    name=gettext_lazy("Extract of the history"),
    shows=gettext_lazy(
        "Each change of people’s membership, pairs, plans, meetings, hours, events, deliverables, "
        "surveys, report, guidelines and the programme: when, which, by whose membership, by which way. Keys "
        "and codes only."
    ),
    leaves_out=gettext_lazy(
        "Names and values; everything about messages, diaries, notes, problems that were told, openings with "
        "a reason, answers to surveys, comments and recommendations."
    ),
    why=gettext_lazy(
        "That things happened in their time can be checked without reading what they were about."
    ),
    write=_write,
)
