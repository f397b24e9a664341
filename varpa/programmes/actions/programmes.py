"""Making a programme from a methodology, changing what it says of itself, taking its steps."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.core.files.base import File as Upload
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.files import actions as files
from varpa.files.models import File
from varpa.history.actions import record
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology, digest, load, overrides, to_json
from varpa.people.models import Organisation, Person
from varpa.programmes.actions.founding import follow_countries
from varpa.programmes.models import MethodologyText, MethodologyVersion, OwnVersion, Programme
from varpa.programmes.queries import own_methodology_of

LARGEST_EMBLEM = 2 * files.MEGABYTE
WAITING = "emblem"


class EndsBeforeStart(Refusal):
    sentence = _("The last day must come after the first day.")


class NoLanguage(Refusal):
    sentence = _("Choose at least one language.")


class NoProgrammeName(Refusal):
    sentence = _("Write the name of the programme.")


class UnknownProgrammeZone(Refusal):
    sentence = _("Choose a time zone from the list.")


class OldPage(Refusal):
    """The reference of the form belongs to something else."""

    sentence = _("The page was opened too long ago. Open it again and send it once more.")


class WindowsOutside(Refusal):
    """The programme has dates of its own for some periods, and they would not lie within its days."""

    sentence = _(
        "Some periods have dates of their own outside these days. Change the dates of the periods first."
    )


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
            "text": lambda: MethodologyText.objects.create(data=to_json(methodology)),
            "taken_at": now,
        },
    )
    return version


@transaction.atomic
def offer_methodology(
    *, methodology: Methodology, organisation: Organisation, now: datetime
) -> MethodologyVersion:
    """Keep a version that an organisation has written, for its programmes that begin from now on."""
    version = take_methodology(methodology=methodology, now=now)
    asked = {"organisation": organisation, "version": version}
    OwnVersion.objects.get_or_create(**asked, defaults={"offered_at": now})
    return version


@transaction.atomic
def make_programme(
    *,
    organisation: Organisation,
    folder: Path | None = None,
    methodology: Methodology | None = None,
    name: TranslatedText,
    starts: date,
    ends: date,
    by: Person | None,
    now: datetime,
    countries: tuple[str, ...] = ("LV", "LT"),
    languages: tuple[str, ...] = LANGUAGES,
    zone: str = "Europe/Riga",
    currency: str = "EUR",
    funder_text: TranslatedText = TranslatedText(),  # noqa: B008 - frozen
    passages_may_be_left_out: bool = True,
    mentors_are_screened: bool = False,
    comment_days: int = 7,
    ref: str = "",
) -> Programme:
    """Make a programme of a folder or a `methodology`; raises methodology.Broken. The days are inclusive."""
    _check(name=name, starts=starts, ends=ends, languages=languages, zone=zone)
    if known := _made_already(organisation, ref):
        return known
    programme = Programme(
        ref=ref or new_ref(),
        organisation=organisation,
        methodology_version=take_methodology(methodology=methodology or load(folder or Path()), now=now),
        name=name,
        starts=starts,
        ends=ends,
        zone=zone,
        countries=list(countries),
        languages=list(languages),
        currency=currency,
        funder_text=funder_text,
        passages_may_be_left_out=passages_may_be_left_out,
        mentors_are_screened=mentors_are_screened,
        comment_days=comment_days,
        made_at=now,
    )
    try:
        _save_new(programme)
    except IntegrityError as error:
        if known := _made_already(organisation, ref):
            return known
        raise OldPage() from error
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
    zone: str,
    funder_text: TranslatedText,
    passages_may_be_left_out: bool,
    mentors_are_screened: bool,
    comment_days: int,
) -> None:
    """Change what a programme says of itself; raises merging.Conflict where somebody was first."""
    _check(name=name, starts=starts, ends=ends, languages=languages, zone=zone)
    if overrides.problems(own_methodology_of(programme), programme.overrides, starts, ends):
        raise WindowsOutside()
    changes: dict[str, Any] = {
        "name": name,
        "starts": starts,
        "ends": ends,
        "languages": list(languages),
        "countries": list(countries),
        "zone": zone,
        "funder_text": funder_text,
        "passages_may_be_left_out": passages_may_be_left_out,
        "mentors_are_screened": mentors_are_screened,
        "comment_days": comment_days,
    }
    if not _saved(programme, revision, changes, texts=("name", "funder_text")):
        return
    follow_countries(programme)
    record("programme.change", programme, now=now, by=by, programme_ref=programme.ref)


def hold_emblem(*, upload: "Upload[Any]", by: Person, now: datetime) -> File:
    """Check a picture and keep it as its chooser's own, until the form beside it is right and it is put on.

    Raises one of files.refusals; then nothing is kept.
    """
    about: dict[str, Any] = {"about_kind": WAITING, "about_ref": by.ref}
    return files.keep(upload=upload, **about, by_id=by.pk, now=now, largest=LARGEST_EMBLEM)


@transaction.atomic
def put_emblem_on(*, programme: Programme, emblem: File, by: Person, now: datetime) -> None:
    """Put a picture on the programme's pages and documents; the one before is withdrawn."""
    own = File.objects.filter(pk=emblem.pk, about_kind=WAITING, about_ref=by.ref)
    if not own.update(about_kind="programme", about_ref=programme.ref):
        return
    if programme.emblem:
        files.withdraw(file=programme.emblem, now=now)
    programme.emblem = emblem
    programme.save(update_fields=["emblem"])
    record("programme.emblem", programme, now=now, by=by, programme_ref=programme.ref)


@transaction.atomic
def take_step(*, programme: Programme, step: str, by: Person | None, now: datetime) -> None:
    """Take a step of the programme's life: recruit, run, close, finish, archive. Raises AlreadyMoved."""
    move(programme, step)
    record(f"programme.{step}", programme, now=now, by=by, programme_ref=programme.ref)


def _check(*, name: TranslatedText, starts: date, ends: date, languages: tuple[str, ...], zone: str) -> None:
    if not name:
        raise NoProgrammeName()
    require_days(starts, ends)
    if not languages or not set(languages) <= set(LANGUAGES):
        raise NoLanguage()
    if zone not in available_timezones():
        raise UnknownProgrammeZone()


def require_days(starts: date, ends: date) -> None:
    """Raise EndsBeforeStart unless the days are in their order."""
    if ends <= starts:
        raise EndsBeforeStart()


@transaction.atomic
def _save_new(programme: Programme) -> None:
    programme.save(force_insert=True)
    follow_countries(programme)


def _made_already(organisation: Organisation, ref: str) -> Programme | None:
    """The programme that an earlier click has made."""
    return Programme.objects.filter(ref=ref, organisation=organisation).first() if ref else None


def _saved(programme: Programme, revision: int, changes: dict[str, Any], texts: tuple[str, ...]) -> bool:
    """Write the changes; False where they stand there already. A Conflict shows each text by language."""
    stored = Programme.objects.get(pk=programme.pk)
    if all(getattr(stored, field) == value for field, value in changes.items()):
        return False
    try:
        return save_text(programme, revision=revision, texts={}, **changes)
    except Conflict as conflict:
        raise Conflict(
            stored={key: words for field in texts for key, words in _flat(field, getattr(stored, field))},
            given={key: words for field in texts for key, words in _flat(field, changes[field])},
            revision=conflict.revision,
        ) from conflict


def _flat(field: str, text: TranslatedText) -> list[tuple[str, str]]:
    return [(f"{field}_{language}", words) for language, words in text.as_dict().items()]
