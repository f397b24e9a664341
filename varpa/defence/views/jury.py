"""The juror's phone: one page, with an account or by a guest's link."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.businessplans.figures import Shown, shown_as_kept
from varpa.businessplans.queries import outline_of
from varpa.defence.access import DefenceAction
from varpa.defence.actions.words import come_back, say_word, stand_back
from varpa.defence.forms import WordForm
from varpa.defence.funding import conflicts_of, may_fund
from varpa.defence.models import ON_STAGE, Defence, Juror, JurorLink, Slot, Word
from varpa.defence.queries import defences_read, is_open, juror_of, link_of, on_stage, slots_of
from varpa.defence.unread import is_unread, unread
from varpa.defence.views.stage import beat
from varpa.kernel import clock
from varpa.kernel.doors import door, public
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.kernel.tokens import digest_of
from varpa.money.words import money
from varpa.people.alone import asked_language, read_in, render_alone
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.ui.merging import Merge, merge
from varpa.ui.saving import not_saved, saved, saves_itself

LONGEST_TOKEN = 100
NOBODY: dict[str, Any] = {"person": None, "navigation": []}


@dataclass(frozen=True)
class Chair:
    """Where a juror sits: the addresses of the page, with an account or by `token`."""

    juror: Juror
    here: str
    pulse: str
    recuse: str
    token: str = ""


@door(DefenceAction.JUDGE, Defence, reader=DefenceAction.READ, read=defences_read)
@require_http_methods(["GET", "HEAD", "POST"])
def jury(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Who presents now, what to listen for, what convinced, how much."""
    return answer(request, _seat(request, defence))


@door(DefenceAction.JUDGE, Defence, reader=DefenceAction.READ, read=defences_read)
@require_POST
def recuse(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Stand back from a plan."""
    return step_back(request, _seat(request, defence))


@public("a guest has no account: whoever holds the link of the letter is a juror on that day")
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """The same page by the link."""
    link = _link(token)
    with _read_in(request, link):
        if link is None or not is_open(link, clock.now()):
            return _closed(request, link)
        return answer(request, _guest_chair(request, link, token))


@public("a guest stands back from a plan by the same link")
@require_POST
def guest_recuse(request: HttpRequest, token: str) -> HttpResponse:
    """Stand back from a plan."""
    link = _link(token)
    with _read_in(request, link):
        if link is None or not is_open(link, clock.now()):
            return _closed(request, link)
        return step_back(request, _guest_chair(request, link, token))


@public("a guest's page asks whether anything has changed: it is told a number")
@require_safe
def guest_pulse(_request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    if link is None or not is_open(link, clock.now()):
        raise Http404
    return beat(link.juror.defence)


def _seat(request: HttpRequest, defence: Defence) -> Chair:
    juror = juror_of(defence, person_of(request))
    if juror is None:
        raise Http404
    juror.defence = defence
    addresses = [reverse(f"defence:{name}", args=[defence.ref]) for name in ("jury", "pulse", "recuse")]
    return Chair(juror, *addresses)


def _guest_chair(request: HttpRequest, link: JurorLink, token: str) -> Chair:
    names = ("guest", "guest_pulse", "guest_recuse")
    here, pulse, back = (reverse(f"defence:{name}", args=[token]) for name in names)
    kept = asked_language(request)
    return Chair(link.juror, here + kept, pulse, back + kept, token)


def answer(request: HttpRequest, chair: Chair) -> HttpResponse:
    """The juror's page, or what is said on it."""
    if request.method != "POST":
        slot = on_stage(chair.juror.defence)
        return _page(request, chair, slot)
    slot = slots_of(chair.juror.defence).filter(ref=request.POST.get("slot", "")).first()
    if slot is None:
        return redirect(chair.here)
    slot.defence = chair.juror.defence
    return _say(request, chair, slot)


def _say(request: HttpRequest, chair: Chair, slot: Slot) -> HttpResponse:
    form, itself = WordForm(request.POST, invests=slot.defence.invests), saves_itself(request)
    both: Merge | None = None
    if form.is_valid():
        said = {**form.cleaned_data, "amount": form.cleaned_data.get("amount") or 0}
        try:
            word = say_word(slot=slot, juror=chair.juror, now=clock.now(), **said)
        except Conflict as conflict:
            both = merge(conflict, {name: form.fields[name].label for name in conflict.given})
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if itself:
                return saved(word.revision)
            messages.success(request, _("Saved. Until the presentation closes you can change it."))
            return HttpResponseRedirect(chair.here)
    return not_saved() if itself else _page(request, chair, slot, form, both)


def step_back(request: HttpRequest, chair: Chair) -> HttpResponse:
    """The juror of a chair stands back from the plan that the form names; with `back` not after all."""
    slot = slots_of(chair.juror.defence).filter(ref=request.POST.get("slot", "")).first()
    if slot:
        slot.defence = chair.juror.defence
        try:
            act = come_back if request.POST.get("back") else stand_back
            act(slot=slot, juror=chair.juror, now=clock.now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
    return HttpResponseRedirect(chair.here)


def _page(
    request: HttpRequest,
    chair: Chair,
    slot: Slot | None,
    form: WordForm | None = None,
    both: Merge | None = None,
) -> HttpResponse:
    juror, defence = chair.juror, chair.juror.defence
    context: dict[str, Any] = {"chair": chair, "juror": juror, "defence": defence, "slot": slot}
    context["now"] = clock.now()
    if slot:
        word = Word.objects.filter(slot=slot, juror=juror).first() or Word(slot=slot, juror=juror)
        initial = {name: getattr(word, name) for name in ("revision", "convinced", "next", "amount")}
        currency = defence.programme.currency
        context |= {
            "form": form or WordForm(initial=initial, invests=defence.invests),
            "merge": both,
            "word": word,
            "sealed": slot.state not in ON_STAGE,
            "may_fund": defence.invests and may_fund(juror, slot),
            "stood_back": slot.recusals.filter(juror=juror, withdrawn_at=None).exists(),
            "stands": money(word.amount, currency),
            "left": money(juror.budget - juror.spent, currency),
            "most": money(juror.budget - juror.spent + word.amount, currency),
            "waits": is_unread(juror, unread(slot)),
            "listening": methodology_of(defence.programme).listening,
            "idea": _idea(slot, defence),
            "shown": _figures(slot),
        }
    elif defence.invests:
        context["conflicts"] = conflicts_of(juror)
    if chair.token:
        # The phone keeps what is typed under the juror: nobody is signed in.
        return render_alone(request, "defence/jury.html", {**context, **NOBODY, "keeper": juror.ref})
    return render(request, "defence/jury.html", context)


def _idea(slot: Slot, defence: Defence) -> str:
    """The first written part of the plan as it was submitted: the idea."""
    texts = slot.version.texts if slot.version else {}
    parts = (texts.get(part.key, "") for part in outline_of(defence.programme))
    return next((text for text in parts if text), "")


def _figures(slot: Slot) -> Shown | None:
    """What follows from the figures of the submitted plan, where it has any."""
    version = slot.version
    return shown_as_kept(version.figures, version.rates) if version and version.figures else None


def _link(token: str) -> JurorLink | None:
    return link_of(digest_of(token)) if len(token) <= LONGEST_TOKEN else None


def _closed(request: HttpRequest, link: JurorLink | None) -> HttpResponse:
    """One calm page for every link that does not open: 404 where nobody knows it, else 410."""
    early = bool(link and clock.now() < link.juror.defence.starts_at and not link.revoked_at)
    context = {"defence": link.juror.defence if link and early else None, **NOBODY}
    return render_alone(request, "defence/no_link.html", context, status=410 if link else 404)


def _read_in(request: HttpRequest, link: JurorLink | None) -> AbstractContextManager[str]:
    return read_in(request, link.juror.language, link.juror.defence.zone) if link else read_in(request)
