"""Recording evidence that no room can know: who, when, a note (S3); indicators and what was achieved."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.evaluation.indicators import SOURCE, examples
from varpa.evaluation.measures import BY_KEY, countries_of, measures_of
from varpa.evaluation.models import Evidence, Indicator, IndicatorValue
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.methodology import Counted, EvidenceKind
from varpa.methodology.model import Activity
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import calendar_of, methodology_of, today_of
from varpa.ui import words


class NotRecorded(Refusal):
    """What a room knows is never recorded by hand."""

    sentence = _("Varpa knows this by itself: it follows from what people do, and is not recorded by hand.")


class WrongSubject(Refusal):
    sentence = _("Choose whom this is about from the list.")


class NotHappenedYet(Refusal):
    sentence = _("This day has not come yet. Choose today or an earlier day.")


class BeforeTheProgramme(Refusal):
    sentence = _("This day is before the beginning of the programme ({day}). Choose that day or a later one.")


class NoteMissing(Refusal):
    sentence = _("Write in the note what was done, so that others can see what shows it.")


class CountsItself(Refusal):
    sentence = _("Varpa counts this indicator by itself. To write values down, choose “by hand” first.")


class NoSuchMeasure(Refusal):
    sentence = _("Choose from the list what is counted.")


class NoCountryHere(Refusal):
    sentence = _("Only persons are counted by country, and only countries of the programme can be chosen.")


class CodeIsTaken(Refusal):
    sentence = _("There is an indicator with the code {code} already.")


class IndicatorChanged(Refusal):
    """R13 for a form of short fields: what was typed stands in it."""

    sentence = _(
        "The indicator was changed elsewhere meanwhile. What you typed is still here, not saved yet. Look at "
        "what stands now, then save once more."
    )


@transaction.atomic
def record_evidence(
    *,
    programme: Programme,
    activity: str,
    day: date,
    by: Person,
    now: datetime,
    note: str,
    membership: Membership | None = None,
    pair: Pair | None = None,
) -> Evidence:
    """The manager records that an activity was done: by the programme, a member or a pair. Twice is once.

    Who, when, a note: the day lies in the programme's time, or in that of an activity that begins before it.
    """
    found = _activity(programme, activity)
    if day > today_of(programme, now):
        raise NotHappenedYet()
    first = min(programme.starts, calendar_of(programme)[activity].starts)
    if day < first:
        raise BeforeTheProgramme(day=words.dated(first))
    if not note.strip():
        raise NoteMissing()
    _check_subject(programme, found, membership, pair)
    evidence = Evidence(
        programme=programme,
        activity=activity,
        membership=membership,
        pair=pair,
        day=day,
        note=note.strip(),
        by=by,
        at=now,
    )
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:
        return Evidence.objects.get(
            programme=programme, activity=activity, membership=membership, pair=pair, withdrawn_at=None
        )
    _record("evidence.record", evidence, by=by, now=now)
    return evidence


@transaction.atomic
def show_evidence(*, programme: Programme, kind: EvidenceKind, day: date, by: Person, now: datetime) -> None:
    """A room above shows what the programme has done, for each activity of the calendar that asks for it.

    For kinds that no room below evaluation can know (SHOWN). The first day stands; twice is once.
    """
    for activity in methodology_of(programme).activities():
        if activity.evidence == kind:
            _shown(programme, activity.key, day=day, by=by, now=now)


def _shown(programme: Programme, activity: str, *, day: date, by: Person, now: datetime) -> None:
    given = {"day": day, "by": by, "at": now}
    about = {"programme": programme, "activity": activity, "membership": None, "pair": None}
    evidence, made = Evidence.objects.get_or_create(**about, withdrawn_at=None, defaults=given)
    if made:
        details = {"activity": activity}
        record("evidence.show", evidence, now=now, by=by, programme_ref=programme.ref, details=details)


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Person, now: datetime) -> None:
    """Take a record back; it stays in the history. What a room has shown, only that room takes back."""
    _activity(evidence.programme, evidence.activity)
    _end(evidence, by, now)


def _end(evidence: Evidence, by: Person, now: datetime) -> None:
    standing = Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=True)
    if standing.update(withdrawn_at=now):
        _record("evidence.withdraw", evidence, by=by, now=now)


def _record(verb: str, evidence: Evidence, *, by: Person, now: datetime) -> None:
    details = {"activity": evidence.activity}
    record(verb, evidence, now=now, by=by, programme_ref=evidence.programme.ref, details=details)


def _activity(programme: Programme, key: str) -> Activity:
    found = [each for each in methodology_of(programme).activities() if each.key == key]
    if not found or found[0].evidence != EvidenceKind.RECORDED:
        raise NotRecorded()
    return found[0]


def _check_subject(
    programme: Programme, activity: Activity, membership: Membership | None, pair: Pair | None
) -> None:
    wanted = {
        Counted.PROGRAMME: membership is None and pair is None,
        Counted.PEOPLE: membership is not None and membership.role == activity.role,
        Counted.PAIRS: pair is not None,
    }
    subject = membership or pair
    if not wanted[Counted(activity.of)] or (subject and subject.programme_id != programme.pk):
        raise WrongSubject()


@transaction.atomic
def add_indicator(
    *, programme: Programme, told: Mapping[str, Any], by: Person, now: datetime, ref: str = ""
) -> Indicator:
    """A figure that the programme aims at; `told`: name, unit, text, code, source, target, measure, country.

    Sent twice it is one indicator.
    """
    fields = {**_checked(programme, told), "at": now}
    _require_free(programme, fields["code"])
    made, is_new = make_once(Indicator, ref=ref, programme=programme, fields=fields)
    if is_new:
        _record_indicator("indicator.add", made, by=by, now=now)
    return made


@transaction.atomic
def change_indicator(
    *, indicator: Indicator, told: Mapping[str, Any], revision: int, by: Person, now: datetime
) -> None:
    """Say otherwise what is aimed at. Raises IndicatorChanged where somebody was first: nothing is lost."""
    fields = _checked(indicator.programme, told, stands=indicator.measure)
    _require_free(indicator.programme, fields["code"], indicator)
    here = Indicator.objects.filter(pk=indicator.pk, revision=revision, withdrawn_at=None)
    if not here.update(revision=revision + 1, **fields):
        raise IndicatorChanged()
    _record_indicator("indicator.change", indicator, by=by, now=now)


@transaction.atomic
def withdraw_indicator(*, indicator: Indicator, by: Person, now: datetime) -> None:
    """Aim at it no longer; it stays in the history. Raises AlreadyMoved the second time."""
    if not Indicator.objects.filter(pk=indicator.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise AlreadyMoved()
    _record_indicator("indicator.withdraw", indicator, by=by, now=now)


@transaction.atomic
def add_examples(*, programme: Programme, by: Person, now: datetime) -> int:
    """Add the example set of Interreg's indicators, those that are not there yet; answers how many.

    What the methodology never lets happen is written down by hand, or nought would stand there as counted.
    """
    # An update holds the row: two clicks add one set.
    Programme.objects.filter(pk=programme.pk).update(ref=programme.ref)
    there = set(
        Indicator.objects.filter(programme=programme, withdrawn_at=None).values_list("code", flat=True)
    )
    new = [each for each in examples() if each.code not in there]
    counted = {each.key for each in measures_of(programme)}
    for each in new:
        told = {name: getattr(each, name) for name in ("code", "name", "unit", "text")}
        measure = each.measure if each.measure in counted else ""
        given = {**told, "measure": measure, "source": SOURCE}
        add_indicator(programme=programme, told=given, by=by, now=now)
    return len(new)


@transaction.atomic
def write_value(
    *, indicator: Indicator, value: int, day: date, by: Person, now: datetime, note: str = "", ref: str = ""
) -> IndicatorValue:
    """Write down what was achieved by a day; of several the newest day counts. Sent twice it is one value."""
    if indicator.measure:
        raise CountsItself()
    if day > today_of(indicator.programme, now):
        raise NotHappenedYet()
    fields = {"value": value, "day": day, "note": note.strip(), "by": by, "at": now}
    made, is_new = make_once(IndicatorValue, ref=ref, indicator=indicator, fields=fields)
    if is_new:
        _record_indicator("indicator.write", indicator, by=by, now=now)
    return made


@transaction.atomic
def withdraw_value(*, value: IndicatorValue, by: Person, now: datetime) -> None:
    """Take a value back; the one before it counts again."""
    if not IndicatorValue.objects.filter(pk=value.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise AlreadyMoved()
    _record_indicator("indicator.take_back", value.indicator, by=by, now=now)


def _checked(programme: Programme, told: Mapping[str, Any], stands: str = "") -> dict[str, Any]:
    """`stands`: what is counted already, which may stay so."""
    measure, country = str(told.get("measure") or ""), str(told.get("country") or "")
    if measure not in ("", stands, *(each.key for each in measures_of(programme))):
        raise NoSuchMeasure()
    if country and not (measure and BY_KEY[measure].by_country and country in countries_of(programme)):
        raise NoCountryHere()
    return {
        **{name: told.get(name) or TranslatedText() for name in ("name", "unit", "text")},
        **{name: str(told.get(name) or "").strip() for name in ("code", "source")},
        "target": told.get("target"),
        "measure": measure,
        "country": country,
    }


def _require_free(programme: Programme, code: str, but: Indicator | None = None) -> None:
    same = Indicator.objects.filter(programme=programme, code=code, withdrawn_at=None).exclude(code="")
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise CodeIsTaken(code=code)


def _record_indicator(verb: str, indicator: Indicator, *, by: Person, now: datetime) -> None:
    record(verb, indicator, now=now, by=by, programme_ref=indicator.programme.ref)
