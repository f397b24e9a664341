"""The protocol of a day, to sign, and the certificates of those who presented."""

import hashlib
import json
from textwrap import wrap
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from varpa.defence.models import Defence, Reckoning, Slot, SlotState, Word
from varpa.defence.queries import (
    Result,
    adjusted_share,
    results_of,
    slots_of,
    standing_jurors,
)
from varpa.documents import shapes
from varpa.documents.render import pdf
from varpa.kernel.times import to_local
from varpa.money.words import money, percent
from varpa.post.envelope import absolute
from varpa.programmes.letterheads import letterhead
from varpa.programmes.queries import staff_of
from varpa.ui import words


def protocol(defence: Defence, language: str) -> bytes:
    """The protocol as PDF/UA; where money was given, in the order of the shares."""
    title = _("Protocol of the defence of the business plans")
    return pdf("protocol", _protocol(defence), language=language, title=title)


def certificate(slot: Slot, language: str) -> bytes:
    """The certificate of one mentee."""
    return pdf("certificate", _certificate(slot), language=language, title=_("Certificate"))


def canonical(defence: Defence) -> str:
    """The data of a day as one line of JSON that is always the same: what the protocol's SHA-256 is of."""
    data: dict[str, Any] = {
        "defence": defence.ref,
        "starts_at": defence.starts_at.isoformat(),
        "mode": defence.mode,
        "budget_cents": defence.budget,
        "tie": defence.tie,
        "seed": defence.seed,
        "jurors": sorted(juror.ref for juror in standing_jurors(defence)),
        "slots": [_data_of(result) for result in results_of(defence)],
        "absent": sorted(slot.ref for slot in defence.slots.filter(state=SlotState.ABSENT)),
    }
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(defence: Defence) -> str:
    """SHA-256 of `canonical`, in hexadecimal."""
    return hashlib.sha256(canonical(defence).encode()).hexdigest()


def account(defence: Defence) -> dict[str, int | str]:
    """What a replay tells of a closed day. A word saved after its slot closed would be a broken rule."""
    heard = Word.objects.filter(slot__defence=defence, slot__state=SlotState.CLOSED)
    return {
        "slots": defence.slots.filter(state=SlotState.CLOSED).count(),
        "jurors": standing_jurors(defence).count(),
        "money_cents": sum(defence.slots.values_list("received", flat=True)),
        "votes_after_close": heard.filter(at__gt=F("slot__closed_at")).count(),
        "protocol_sha256": digest(defence),
    }


def _data_of(result: Result) -> dict[str, Any]:
    slot = result.slot
    # Of those whose money counted, as in what was received.
    heard = slot.words.filter(juror__in=slot.listeners.values("juror"))
    given = heard.order_by("juror__ref").values_list("juror__ref", "amount")
    return {
        "slot": slot.ref,
        "number": slot.number,
        "received_cents": slot.received,
        "eligible_cents": slot.eligible,
        "given": [[ref, amount] for ref, amount in given],
    }


def rules_of(defence: Defence) -> list[tuple[str, str]]:
    """When, where and by which rules a day was held: label and value."""
    rules = [
        (_("When it begins"), words.day_time(defence.starts_at, defence.zone)),
        (_("Place"), defence.place),
        (_("What jurors give"), defence.get_mode_display()),
        (_("Number that draws the order"), str(defence.seed)),
    ]
    if defence.invests:
        rules.append((_("Imaginary budget of each juror"), money(defence.budget, defence.programme.currency)))
        rules.append((_("If two have an equal share"), defence.get_tie_display()))
    return rules


def _protocol(defence: Defence) -> shapes.Protocol:
    currency = defence.programme.currency
    return {
        "letterhead": letterhead(defence.programme),
        "rules": rules_of(defence),
        "lines": [_line(result, currency) for result in results_in_order(defence)],
        "invests": defence.invests,
        "stated": said_of(defence),
        "absent": [slot.name for slot in absent_from(defence)],
        "jurors": [juror.name for juror in standing_jurors(defence)],
        # In groups, as one reads it out; as one word it would be broken by invisible signs.
        "digest": " ".join(wrap(digest(defence), 16)),
    }


def results_in_order(defence: Defence) -> list[Result]:
    """The presentations as the protocol has them: by shares where money was given, else as they were held."""
    results = results_of(defence)
    return results if defence.invests else sorted(results, key=lambda result: result.slot.place)


def absent_from(defence: Defence) -> list[Slot]:
    """Whose turn it was, and who was not there."""
    return list(slots_of(defence).filter(state=SlotState.ABSENT))


def said_of(defence: Defence) -> str:
    """How the shares of a closed day compare, in a sentence; "" where every juror could fund every plan."""
    said = {
        Reckoning.WAITS: _("The shares are still being reckoned: not every juror could fund every plan."),
        Reckoning.ADDITIVE: _(
            "Not every juror could fund every plan. The order follows the shares as if each had: of what was "
            "given, a plan’s part and a juror’s part are taken apart by least squares."
        ),
        Reckoning.APART: _(
            "The jurors of some plans could fund none of the others: how these plans compare cannot be "
            "reckoned. The shares stand as they are."
        ),
    }
    return said.get(Reckoning(defence.reckoning), "") if defence.invests else ""


def said_to_one(slot: Slot) -> str:
    """The same on the page of one result: never how it compares with another."""
    if not slot.defence.invests:
        return ""
    kind = slot.defence.reckoning
    if kind == Reckoning.WAITS:
        return _(
            "Not every juror could fund every plan; what the share would be otherwise is being reckoned."
        )
    if kind == Reckoning.APART:
        return _(
            "Not every juror could fund every plan; what the share would be otherwise cannot be reckoned."
        )
    if slot.adjusted is None:
        return ""
    share = percent(round(adjusted_share(slot.adjusted) * 10_000))
    return _(
        "Not every juror could fund every plan. As if each had, the share is {share}: a plan’s part and a "
        "juror’s part of what was given are taken apart by least squares."
    ).format(share=share)


def _line(result: Result, currency: str) -> shapes.ProtocolLine:
    slot = result.slot
    return {
        "place": str(result.place),
        "name": slot.name,
        "plan": slot.title,
        "received": money(slot.received, currency),
        "eligible": money(slot.eligible, currency),
        "share": percent(round(result.share * 10_000)),
        "fair": "" if slot.adjusted is None else percent(round(result.fair * 10_000)),
    }


def _certificate(slot: Slot) -> shapes.Certificate:
    defence = slot.defence
    signer = staff_of(defence.programme).first()
    return {
        "letterhead": letterhead(defence.programme),
        "name": slot.name,
        "said": _("has presented and defended a business plan"),
        "plan": slot.version.title if slot.version else slot.title,
        "day": words.dated(to_local(defence.starts_at, defence.zone).date()),
        "hours": "",
        "number": slot.number,
        "address": absolute(reverse("defence:verify", args=[slot.number])),
        "signer": signer.person.name if signer else "",
    }
