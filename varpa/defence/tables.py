"""The protocol of a day as a workbook: the same facts as the paper that is signed, to reckon with."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.defence.models import Defence
from varpa.defence.papers import absent_from, digest, results_in_order, rules_of, said_of
from varpa.defence.queries import Result, standing_jurors
from varpa.documents.tables import Value, book_of


def workbook(defence: Defence) -> bytes:
    """Three sheets: who presented and what was given, the jurors, the rules with the digest of the data."""
    presented = [_line(result, defence.invests) for result in results_in_order(defence)]
    heads = people = [_("Name"), _("Business plan")]
    if defence.invests:
        currency = defence.programme.currency
        money = [f"{label}, {currency}" for label in (_("Received"), _("Budgets"))]
        shares = [f"{label}, %" for label in (_("Share"), _("As if all could give"))]
        heads = [pgettext("order", "Place"), *heads, *money, *shares]
    absent = [(slot.name, slot.title) for slot in absent_from(defence)]
    rules = [*rules_of(defence), (_("SHA-256 of the data"), digest(defence))]
    if said_of(defence):
        rules.append((_("How the shares compare"), said_of(defence)))
    return book_of(
        [
            (_("Presentations"), heads, presented),
            (_("Not here"), people, absent),
            (_("Jurors"), [_("Name")], [(juror.name,) for juror in standing_jurors(defence)]),
            (_("Rules"), [_("Rule"), pgettext("of a rule", "Value")], rules),
        ]
    )


def _line(result: Result, invests: bool) -> tuple[Value, ...]:
    slot = result.slot
    if not invests:
        return slot.name, slot.title
    fair = None if slot.adjusted is None else _part(round(result.fair * 10_000))
    given = _part(slot.received), _part(slot.eligible)
    return result.place, slot.name, slot.title, *given, _part(round(result.share * 10_000)), fair


def _part(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100
