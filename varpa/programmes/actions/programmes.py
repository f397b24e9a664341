"""Making a programme from a methodology, changing it, taking its steps."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files.models import File
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology, digest, from_json, load, overrides, to_json
from varpa.people.models import Organisation, Person
from varpa.programmes.models import MethodologyVersion, Programme


class EndsBeforeStart(Refusal):
    sentence = _("The last day must come after the first day.")


class NoLanguage(Refusal):
    sentence = _("Choose at least one language.")


class WrongOverrides(Refusal):
    """The programme's own wording, windows, hours or questions do not fit its methodology."""

    sentence = _("The changes to the methodology were not kept: {problems}")


@transaction.atomic
def take_methodology(*, methodology: Methodology, now: datetime) -> MethodologyVersion:
    """Keep a methodology as it is now; the same one twice is one row."""
    version, _made = MethodologyVersion.objects.get_or_create(
        digest=digest(methodology),
        defaults={
            "key": methodology.key,
            "version": methodology.version,
            "title": methodology.title,
            "data": to_json(methodology),
            "taken_at": now,
        },
    )
    return version


@transaction.atomic
def make_programme(
    *,
    organisation: Organisation,
    folder: Path,
    name: TranslatedText,
    starts: date,
    ends: date,
    by: Person | None,
    now: datetime,
    countries: tuple[str, ...] = ("LV", "LT"),
    languages: tuple[str, ...] = LANGUAGES,
    zone: str = "Europe/Riga",
    currency: str = "EUR",
    ref: str = "",
) -> Programme:
    """Make a programme of a methodology folder.

    A broken folder never starts one: raises methodology.Broken with every problem. The days are inclusive.
    """
    if ends <= starts:
        raise EndsBeforeStart()
    if not languages:
        raise NoLanguage()
    known = Programme.objects.filter(ref=ref, organisation=organisation).first() if ref else None
    if known:
        return known
    version = take_methodology(methodology=load(folder), now=now)
    programme = Programme.objects.create(
        ref=ref or new_ref(),
        organisation=organisation,
        methodology_version=version,
        name=name,
        starts=starts,
        ends=ends,
        zone=zone,
        countries=list(countries),
        languages=list(languages),
        currency=currency,
        funder_text=TranslatedText(),
        made_at=now,
    )
    record("programme.make", programme, now=now, by=by, programme_ref=programme.ref)
    return programme


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    by: Person,
    now: datetime,
    revision: int,
    name: TranslatedText,
    starts: date,
    ends: date,
    languages: tuple[str, ...],
    countries: tuple[str, ...],
    funder_text: TranslatedText,
    passages_may_be_left_out: bool,
    emblem: File | None = None,
) -> None:
    """Change what a programme says of itself; raises merging.Conflict where somebody was first."""
    if ends <= starts:
        raise EndsBeforeStart()
    if not languages:
        raise NoLanguage()
    methodology = from_json(programme.methodology_version.data)
    problems = overrides.problems(methodology, programme.overrides, starts, ends)
    if problems:
        raise WrongOverrides(problems="; ".join(problems))
    save_text(
        programme,
        revision=revision,
        texts={},
        name=name,
        starts=starts,
        ends=ends,
        languages=list(languages),
        countries=list(countries),
        funder_text=funder_text,
        passages_may_be_left_out=passages_may_be_left_out,
        emblem=emblem or programme.emblem,
    )
    record("programme.change", programme, now=now, by=by, programme_ref=programme.ref)


@transaction.atomic
def override(
    *, programme: Programme, changes: dict[str, Any], by: Person, now: datetime, revision: int
) -> None:
    """Put the programme's own wording, windows, hours target and added questions over the methodology.

    `changes` are whole, not a difference (docs/methodology-format.md). Raises WrongOverrides, and
    merging.Conflict where somebody was first. The folder is not touched.
    """
    methodology = from_json(programme.methodology_version.data)
    problems = overrides.problems(methodology, changes, programme.starts, programme.ends)
    if problems:
        raise WrongOverrides(problems="; ".join(problems))
    save_text(programme, revision=revision, texts={}, overrides=changes)
    record("programme.override", programme, now=now, by=by, programme_ref=programme.ref)


@transaction.atomic
def take_step(*, programme: Programme, step: str, by: Person | None, now: datetime) -> None:
    """Take a step of the programme's life: recruit, run, close, finish, archive. Raises AlreadyMoved."""
    move(programme, step)
    record(f"programme.{step}", programme, now=now, by=by, programme_ref=programme.ref)
