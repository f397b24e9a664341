"""The ages of a country as a programme sets them: where the law has changed, or is not known here."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes import unready
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.ages import ADULT, CONSENT
from varpa.programmes.models import OVER, Membership, Programme
from varpa.programmes.queries import today_of


class NotOurCountry(Refusal):
    sentence = _("This country is not one of the programme.")


class WrongAge(Refusal):
    sentence = _("Of age is one from 16 to 21 years, and consents online from 13 to 16.")


class NoSource(Refusal):
    sentence = _("Write where these ages stand: the law, and since when.")


@transaction.atomic
def set_ages(
    *,
    programme: Programme,
    country: str,
    adult: int,
    consent: int,
    source: str,
    by: Person,
    now: datetime,
    revision: int,
) -> None:
    """Set the ages of a country for this programme, with where they stand.

    They hold at once: a pair of somebody who is no longer of age by them rests. Raises NotOurCountry,
    WrongAge, NoSource, ProgrammeIsOver, merging.Conflict.
    """
    if adult not in ADULT or consent not in CONSENT:
        raise WrongAge()
    if not source.strip():
        raise NoSource()
    checked = today_of(programme, now).isoformat()
    told = {"adult": adult, "consent": consent, "source": source.strip(), "checked": checked}
    _set(programme, country, told, by=by, now=now, revision=revision)


@transaction.atomic
def follow_the_law(*, programme: Programme, country: str, by: Person, now: datetime, revision: int) -> None:
    """The ages of a country are again those that countries.toml knows."""
    _set(programme, country, None, by=by, now=now, revision=revision)


def _set(
    programme: Programme,
    country: str,
    told: dict[str, Any] | None,
    *,
    by: Person,
    now: datetime,
    revision: int,
) -> None:
    if programme.state in OVER:
        raise ProgrammeIsOver()
    if country not in programme.countries:
        raise NotOurCountry()
    stored = Programme.objects.get(pk=programme.pk).ages
    ages = {key: value for key, value in stored.items() if key != country}
    if told:
        ages[country] = told
    if ages == stored:
        return
    save_text(programme, revision=revision, texts={}, ages=ages)
    there = Membership.objects.filter(programme=programme, country=country)
    there.update(adult=told["adult"] if told else None)
    record(
        "programme.ages", programme, now=now, by=by, programme_ref=programme.ref, details={"country": country}
    )
    for each in there.filter(role="mentee").select_related("person", "programme"):
        unready.tell(each, now)
