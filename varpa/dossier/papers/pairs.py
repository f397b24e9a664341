"""Of each pair: how long and when it worked, when it agreed, when the diary was handed over; no content."""

import hashlib
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.diary.copies import copy_of
from varpa.diary.models import Diary, DiaryState
from varpa.diary.queries import diaries_read
from varpa.documents.render import pages_of
from varpa.documents.tables import Value
from varpa.dossier.declined import Calls
from varpa.dossier.naming import Naming
from varpa.dossier.papers.pieces import Leaf, Paper, Piece, Table, heads, yes
from varpa.dossier.reach import Reach, initials
from varpa.events.words import country_name
from varpa.meetings.models import HourLine, LineState, MeetingState
from varpa.meetings.queries import means_names
from varpa.meetings.sheet import sheet_of
from varpa.pairs.models import DossierConsent, Pair, Plan, Side
from varpa.pairs.queries import talks_of, with_people
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of
from varpa.programmes.roles import role_name


def _pairs(reach: Reach) -> QuerySet[Pair]:
    """Pairs of the partner that have begun by the end of the period."""
    begun = Pair.objects.filter(reach.until("active_at"), reach.of_either(), programme=reach.programme)
    return with_people(begun).order_by("pk")


def _hours(reach: Reach) -> Iterator[Piece]:
    mentor, mentee = (role_name(reach.programme, side) for side in Side.values)
    columns = heads(
        _("Reference"),
        mentor,
        _("%(role)s: reference") % {"role": mentor},
        mentee,
        _("%(role)s: reference") % {"role": mentee},
        _("%(role)s: country") % {"role": mentor},
        _("%(role)s: country") % {"role": mentee},
        _("State"),
        _("Outcome"),
        _("Began on"),
        _("Ended on"),
        _("Meetings held in this period"),
        _("Minutes confirmed in this period"),
        _("Minutes confirmed since the beginning"),
    )
    yield Table("pairs", _("Pairs"), columns, _pair_rows(reach))
    columns = heads(
        _("Reference of the pair"),
        _("Day"),
        pgettext("figures", "What"),
        _("Means"),
        _("Minutes"),
        _("Entered by"),
        _("Entered on"),
        _("State"),
        _("Confirmed on"),
        _("Confirmed by silence"),
    )
    yield Table("hours", _("Hours"), columns, _lines(reach))
    yield from _sheets(reach)


def _pair_rows(reach: Reach) -> Iterator[tuple[Value, ...]]:
    held = Q(meetings__state=MeetingState.HELD) & reach.within("meetings__starts_at")
    counted = _pairs(reach).annotate(held=Count("meetings", filter=held))
    within, until = _minutes(reach, reach.days_within("day")), _minutes(reach, reach.days_until("day"))
    for each in counted.iterator(chunk_size=500):
        ended = reach.day(each.ended_at)
        yield (
            each.ref,
            reach.called(each.mentor),
            each.mentor.ref,
            reach.called(each.mentee),
            each.mentee.ref,
            country_name(each.mentor.country),
            country_name(each.mentee.country),
            str(each.get_state_display()),
            str(each.get_outcome_display()),
            reach.day(each.active_at),
            ended if ended and (not reach.last or ended <= reach.last) else None,
            each.held,
            within.get(each.pk, 0),
            until.get(each.pk, 0),
        )


def _minutes(reach: Reach, when: Q) -> dict[int, int]:
    lines = HourLine.objects.filter(when, pair__programme=reach.programme, state=LineState.CONFIRMED)
    return dict(lines.order_by().values("pair").annotate(total=Sum("minutes")).values_list("pair", "total"))


def _lines(reach: Reach) -> Iterator[tuple[Value, ...]]:
    methodology, means = methodology_of(reach.programme), means_names(reach.programme)
    lines = HourLine.objects.filter(
        reach.days_within("day"), reach.of_either("pair__"), pair__programme=reach.programme
    )
    lines = (
        lines.exclude(state=LineState.WITHDRAWN)
        .select_related("pair", "meeting")
        .order_by("pair", "day", "pk")
    )
    for each in lines.iterator(chunk_size=500):
        meeting = each.meeting
        yield (
            each.pair.ref,
            each.day,
            capfirst(str(methodology.kind(meeting.kind).name)) if meeting else _("E-mentoring work"),
            capfirst(str(means[meeting.means])) if meeting else "",
            each.minutes,
            role_name(reach.programme, each.side),
            reach.day(each.at),
            str(each.get_state_display()),
            reach.day(each.confirmed_at),
            yes(each.silent),
        )


def _sheets(reach: Reach) -> Iterator[Leaf]:
    """The hours sheet of each pair that has a line in the period."""
    mine = HourLine.objects.filter(reach.days_within("day"), pair=OuterRef("pk"))
    reader = Person(language=reach.language, zone=reach.programme.zone)
    pairs = _pairs(reach).filter(Exists(mine.exclude(state=LineState.WITHDRAWN)))
    for pair in pairs.iterator(chunk_size=200):
        _named(reach, pair)
        content = sheet_of(pair, reader, reach.as_of, first=reach.first, last=reach.last)
        yield Leaf(f"{pair.ref}.pdf", f"{_('Hours sheet')}: {pair.ref}", content)


def _named(reach: Reach, pair: Pair) -> None:
    """Let the two be called as the dossier calls them, in memory only."""
    called = {side: reach.called(pair.member(side), signed=True) for side in Side.values}
    pair.programme = reach.programme
    for side, name in called.items():
        pair.member(side).person.name = name


def _agreements(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Reference of the pair"),
        _("Version"),
        _("Begun on"),
        *(_("%(role)s: confirmed on") % {"role": role_name(reach.programme, side)} for side in Side.values),
        _("Agreed on"),
        _("On paper"),
    )
    yield Table("agreements", _("Cooperation plans"), columns, _plans(reach))
    columns = heads(_("Reference of the pair"), _("Version"), _("Question"), _("What was agreed"))
    yield Table("agreed-texts", _("What was agreed, where both consent"), columns, _texts(reach))


def _agreed(reach: Reach) -> QuerySet[Plan]:
    return Plan.objects.filter(
        reach.within("agreed_at"), reach.of_either("pair__"), pair__programme=reach.programme
    )


def _texts(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """The answers and the page in own words of the pairs of which both consent, and nobody was erased."""
    consents = DossierConsent.objects.filter(pair=OuterRef("pair"), withdrawn_at=None)
    plans = _agreed(reach).filter(
        Exists(consents.filter(side=Side.MENTOR)),
        Exists(consents.filter(side=Side.MENTEE)),
        pair__mentor__person__is_active=True,
        pair__mentee__person__is_active=True,
    )
    plans = plans.select_related("pair__mentor__person", "pair__mentee__person")
    methodology, naming = methodology_of(reach.programme), Naming(reach)
    for plan in (
        plans.prefetch_related("agreed_answers", "views").order_by("pair", "version").iterator(chunk_size=100)
    ):
        said = [
            (str(talk.question.text), "\n".join(filter(None, (talk.text, talk.choice))))
            for talk in talks_of(plan, methodology)
        ]
        said.append((_("One page in own words"), plan.own_words))
        told = [(question, text) for question, text in said if text]
        calls = _calls(reach, plan.pair, "\n".join(text for _question, text in told), naming)
        for question, text in told:
            yield plan.pair.ref, plan.version, question, calls.read(text)


def _calls(reach: Reach, pair: Pair, text: str, naming: Naming) -> Calls:
    """The two are called in what they wrote by initials, everybody else as everywhere in the dossier."""
    calls = Calls(text)
    for member in (pair.mentor, pair.mentee):
        said = reach.called(member)
        if said == member.person.name:
            calls.stays(member.person.name)
        else:
            calls.instead(member.person.name, initials(member.person.name))
    return naming.calls(text, calls)


def _plans(reach: Reach) -> Iterator[tuple[Value, ...]]:
    plans = _agreed(reach).select_related("pair").defer("own_words").prefetch_related("confirmations")
    for each in plans.order_by("pair", "version").iterator(chunk_size=500):
        by_side = {said.side: reach.day(said.at) for said in each.confirmations.all()}
        sides = (by_side.get(side) for side in Side.values)
        begun, agreed = reach.day(each.begun_at), reach.day(each.agreed_at)
        yield each.pair.ref, each.version, begun, *sides, agreed, yes(each.paper_id)


def _diaries(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Reference of the pair"), _("Handed over on"), _("Pages"), _("SHA-256 of the copy handed over")
    )
    yield Table("diaries", _("Receipts of diaries"), columns, _receipts(reach))


def _receipts(reach: Reach) -> Iterator[tuple[Value, ...]]:
    handed = Diary.objects.filter(
        reach.within("handed_over_at"), reach.of_either("pair__"), pair__programme=reach.programme
    )
    handed = diaries_read(handed.filter(state=DiaryState.HANDED_OVER)).order_by(F("pair"))
    for each in handed.iterator(chunk_size=100):
        copy = copy_of(each)
        yield each.pair.ref, reach.day(each.handed_over_at), pages_of(copy), hashlib.sha256(copy).hexdigest()


HOURS = Paper(
    key="hours",
    name=gettext_lazy("Pairs and hours sheets"),
    shows=gettext_lazy(
        "Each pair that has begun, with the country of both; each line of its hours: day, kind, means, "
        "length, who entered and who confirmed it; a sheet for each pair, to sign. A pair may span two "
        "partners: it stands with both. Pupils by name on the sheets, by initials and reference in the "
        "tables."
    ),
    leaves_out=gettext_lazy(
        "What the two talked about and worked on, places, notes, objections and their reasons, why a pair "
        "ended; the name of a pupil without a guardian’s permission to take part."
    ),
    why=gettext_lazy("An hours sheet is signed by name. What a pair writes belongs to the pair."),
    write=_hours,
)
AGREEMENTS = Paper(
    key="agreements",
    name=gettext_lazy("Cooperation plans"),
    shows=gettext_lazy(
        "Each agreed version: when it was begun, when each of the two confirmed it. What was agreed, where "
        "both of the two consent to it when the dossier is put together."
    ),
    leaves_out=gettext_lazy(
        "What was agreed, where one of the two does not consent, has taken the consent back or was erased; "
        "what each thought before they agreed; photographs of a paper; names of pupils, unless asked for "
        "everywhere: initials stand there."
    ),
    why=gettext_lazy(
        "The plan belongs to the pair; sharing it with the manager is no consent to hand it on."
    ),
    write=_agreements,
)
DIARIES = Paper(
    key="diaries",
    name=gettext_lazy("Receipts of diaries that were handed over"),
    shows=gettext_lazy("Day, number of pages, SHA-256 of the copy that the mentee owns."),
    leaves_out=gettext_lazy("Every word of the diary, and names."),
    why=gettext_lazy(
        "The receipt proves that the diary exists, not what it says; only the mentee can show it."
    ),
    write=_diaries,
)
