"""The partner organisations of a programme: named, changed, put in order, taken off; who belongs to which."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.once import make_once
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.actions.founding import follow_countries, is_used, next_place
from varpa.programmes.actions.memberships import HasLeft, record_member
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.models import OVER, Membership, Partner, Programme
from varpa.programmes.partners import belonging, partners_of
from varpa.programmes.queries import GONE


class NoPartnerName(Refusal):
    sentence = _("Write the name of the partner organisation.")


class NamedAlready(Refusal):
    sentence = _("A partner of this name is in the programme already.")


class OnlyPartner(Refusal):
    sentence = _(
        "This is the only partner of its country, and each country of the programme has one. Add another one "
        "first, or take the country out of the programme."
    )


class LeadPartnerStays(Refusal):
    sentence = _("The lead partner runs the programme and cannot be taken off.")


class PartnerInUse(Refusal):
    sentence = _(
        "People belong to this partner, or a dossier is of it. Let the people belong to another partner "
        "first."
    )


class NotOurPartner(Refusal):
    sentence = _("This partner is not one of the programme. Choose one from the list.")


@transaction.atomic
def add_partner(
    *,
    programme: Programme,
    name: str,
    country: str,
    contact_name: str = "",
    contact_address: str = "",
    by: Person,
    now: datetime,
    ref: str = "",
) -> Partner:
    """A further partner, which comes last; or the name of the one that a country has had without a name.

    One `ref` is added once. Raises ProgrammeIsOver, NoPartnerName, NotOurCountry, NamedAlready, SentAlready.
    """
    _require(programme, name=name, country=country)
    fields = {"name": name, "country": country, "contact_name": contact_name}
    fields["contact_address"] = contact_address
    known = Partner.objects.filter(programme=programme, withdrawn_at=None)
    ref = ref or new_ref()
    if not Partner.objects.filter(programme=programme, ref=ref).exists():
        _require_new(programme, name)
        if known.filter(name="", leads=False, country=country).update(ref=ref, **fields):
            made = known.get(ref=ref)
            _record(made, "name", now=now, by=by)
            return made
    made, new = make_once(Partner, ref=ref, fields=fields, programme=programme)
    if new:
        known.filter(pk=made.pk).update(place=next_place(programme))
        _record(made, "add", now=now, by=by)
    return made


@transaction.atomic
def change_partner(
    *,
    partner: Partner,
    name: str,
    country: str,
    contact_name: str,
    contact_address: str,
    revision: int,
    by: Person,
    now: datetime,
) -> bool:
    """What a partner is called, where it is, whom one asks; answers whether anything was changed.

    The lead partner is called as the organisation. Raises ProgrammeIsOver, NoPartnerName, NotOurCountry,
    NamedAlready, merging.Conflict.
    """
    name = "" if partner.leads else name
    _require(partner.programme, name=name or str(partner), country=country)
    if not (partner.leads or name):
        raise NoPartnerName()
    _require_new(partner.programme, name, but=partner)
    changes = {"name": name, "country": country}
    changes |= {"contact_name": contact_name, "contact_address": contact_address}
    stored = Partner.objects.get(pk=partner.pk)
    if all(getattr(stored, field) == value for field, value in changes.items()):
        return False
    save_text(partner, revision=revision, texts={}, **changes)
    follow_countries(partner.programme)
    _record(partner, "change", now=now, by=by)
    return True


@transaction.atomic
def move_partner(*, partner: Partner, by: Person, now: datetime) -> None:
    """One place up; the first one stays. Raises ProgrammeIsOver."""
    _require(partner.programme)
    there = Partner.objects.select_for_update().filter(programme=partner.programme, withdrawn_at=None)
    row = [each.pk for each in there]
    at = row.index(partner.pk)
    if at == 0:
        return
    row[at - 1], row[at] = row[at], row[at - 1]
    for place, pk in enumerate(row):
        Partner.objects.filter(pk=pk).update(place=place)
    _record(partner, "move", now=now, by=by)


@transaction.atomic
def remove_partner(*, partner: Partner, by: Person, now: datetime) -> None:
    """Take a partner off; a second time changes nothing.

    Raises ProgrammeIsOver, LeadPartnerStays, OnlyPartner, PartnerInUse.
    """
    _require(partner.programme)
    # Whoever is put to this partner at the same moment comes before this, or finds it gone.
    Partner.objects.select_for_update().filter(pk=partner.pk).first()
    there = partners_of(partner.programme)
    if partner.pk not in {each.pk for each in there}:
        return
    if partner.leads:
        raise LeadPartnerStays()
    others = [each.country for each in there if each.pk != partner.pk]
    if not others or (partner.country in partner.programme.countries and partner.country not in others):
        raise OnlyPartner()
    theirs = Membership.objects.filter(belonging(partner, there), programme=partner.programme)
    if theirs.exclude(state__in=GONE).exists() or is_used(partner):
        raise PartnerInUse()
    Partner.objects.filter(pk=partner.pk).update(withdrawn_at=now)
    _record(partner, "remove", now=now, by=by)


@transaction.atomic
def choose_partner(*, membership: Membership, partner: Partner | None, by: Person, now: datetime) -> bool:
    """To which partner a member belongs; None: as the country tells. Answers whether anything was changed.

    Raises NotOurPartner, HasLeft.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.state in GONE:
        raise HasLeft()
    # Held until the end, or it could be taken off between this question and the answer.
    known = Partner.objects.select_for_update().filter(programme=row.programme_id, withdrawn_at=None)
    if partner and not known.filter(pk=partner.pk).first():
        raise NotOurPartner()
    if row.partner_id == (partner.pk if partner else None):
        return False
    Membership.objects.filter(pk=row.pk).update(partner=partner)
    membership.partner = partner
    record_member("membership.partner", membership, now=now, by=by, partner=partner.ref if partner else "")
    return True


def _require(programme: Programme, *, name: str = "–", country: str = "") -> None:
    # Whoever changes the partners of a programme at the same moment waits here.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.state in OVER:
        raise ProgrammeIsOver()
    if not name.strip():
        raise NoPartnerName()
    if country and country not in programme.countries:
        raise NotOurCountry()


def _require_new(programme: Programme, name: str, *, but: Partner | None = None) -> None:
    """The name of the organisation is the lead partner's, whichever row bears it."""
    others = Partner.objects.filter(programme=programme, name=name, withdrawn_at=None)
    if but:
        others = others.exclude(pk=but.pk)
    if name and (others.exists() or name == programme.organisation.name):
        raise NamedAlready()


def _record(partner: Partner, verb: str, *, now: datetime, by: Person) -> None:
    programme = partner.programme
    details = {"partner": partner.ref, "what": verb}
    record("programme.partner", programme, now=now, by=by, programme_ref=programme.ref, details=details)
