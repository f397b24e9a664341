"""The guardian's door: a page without an account, behind a link that only the guardian's letter holds."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.guardians.actions import answers, guardians, notices, worries
from varpa.guardians.forms import AnswersForm, LostForm, WorryForm
from varpa.guardians.models import GuardianLink
from varpa.guardians.notice import notice_in, text_of
from varpa.guardians.queries.door import Door, door_of
from varpa.guardians.queries.guardians import by_known_address, is_open, link_of, may_ask_again
from varpa.guardians.queries.notices import notices_of
from varpa.guardians.views.alone import LONGEST_TOKEN, render_for_nobody
from varpa.guardians.words import ADDED, LANGUAGES
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.refusals import Refusal
from varpa.kernel.tokens import digest_of
from varpa.methodology.marks import KindAct
from varpa.people.alone import asked_language, read_in
from varpa.programmes.queries import methodology_of, staff_of
from varpa.ui.doing import refused


@public("a guardian has no account: whoever holds the link of the letter answers for one mentee")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The notice, the mentor and the permissions; POST answers them."""
    link = _link(token)
    if link is None or not is_open(link, clock.now()):
        return _closed(request, token, link)
    with _read_in(request, link):
        return _answers(request, token, link)


def _answers(request: HttpRequest, token: str, link: GuardianLink) -> HttpResponse:
    shown = door_of(link, clock.now())
    given = request.POST if request.method == "POST" else None
    form = AnswersForm(given, permits=shown.asked, can_give=shown.stands == "asks")
    if given is not None and form.is_valid():
        try:
            read = {"language": request.POST.get("notice", ""), "digest": request.POST.get("digest", "")}
            changed = answers.answer(link=link, answers=form.answers, now=clock.now(), **read)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            if changed:
                messages.success(request, _("Thank you. Your answers are saved."))
            elif not form.answered_elsewhere:
                messages.info(request, _("Nothing was changed. Choose an answer, then save."))
            if form.answered_elsewhere:
                told = _("Something was answered elsewhere meanwhile, and it holds. Look at what stands now.")
                messages.info(request, told)
            return redirect(_here(request, token))
    return _page(request, token, shown, form=form)


@public("a guardian tells of a worry by the same link")
@require_POST
def worry(request: HttpRequest, token: str) -> HttpResponse:
    """Tell those who run the programme what worries one."""
    link = _link(token)
    if link is None or not is_open(link, clock.now()):
        return _closed(request, token, link)
    with _read_in(request, link):
        form = WorryForm(request.POST)
        if form.is_valid():
            try:
                worries.tell_worry(link=link, now=clock.now(), **form.cleaned_data)
            except Refusal as refusal:
                refused(form, refusal)
            else:
                told = _("It has arrived. You get a letter as soon as somebody has read it.")
                messages.success(request, told)
                return redirect(_here(request, token) + "#worry")
        return _page(request, token, door_of(link, clock.now()), worry=form)


@public("a link that has run out is sent anew, only to the address to which it was sent before")
@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the known address."""
    link = _link(token)
    if link is None or not may_ask_again(link.guardian):
        return _closed(request, token, link)
    with _read_in(request, link):
        try:
            guardians.send_link(guardian=link.guardian, by=None, now=clock.now())
        except Refusal as refusal:
            return _closed(request, token, link, refusal=str(refusal))
        return render_for_nobody(request, "guardians/sent.html", {})


@public("who has no link that opens asks for one; nobody is told whose address is known")
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Ask for a new link by the address: the answer is the same whether it is known or not."""
    form = LostForm(request.POST if request.method == "POST" else None)
    with _read_in(request, None):
        if request.method != "POST" or not form.is_valid():
            return render_for_nobody(request, "guardians/closed.html", {"form": form})
        return _sent_anew(request, form.cleaned_data["address"])


def _sent_anew(request: HttpRequest, address: str) -> HttpResponse:
    for guardian in by_known_address(address):
        try:
            guardians.send_link(guardian=guardian, by=None, now=clock.now())
        except guardians.AskedTooOften:
            continue
    return render_for_nobody(request, "guardians/sent.html", {})


def _page(request: HttpRequest, token: str, shown: Door, **forms: Any) -> HttpResponse:
    programme = shown.membership.programme
    context = {
        "door": shown,
        "pupil": shown.membership.person.first_name,
        "programme": programme,
        "staff": list(staff_of(programme)[:5]),
        **_notice(request, shown),
        "worry": WorryForm(),
        "token": token,
        "worry_url": reverse("guardians:worry", args=[token]) + asked_language(request),
        "here": _here(request, token),
        "visited": methodology_of(programme).has_kind(KindAct.VISIT),
        "speaks_url": reverse("guardians:speaks", args=[token]) + asked_language(request),
        **forms,
    }
    form = forms.get("form") or AnswersForm(permits=shown.asked, can_give=shown.stands == "asks")
    context["form"] = form
    context["permits"] = [(each, form[each.kind]) for each in shown.asked]
    return render_for_nobody(request, "guardians/door.html", context)


def _notice(request: HttpRequest, shown: Door) -> dict[str, Any]:
    """The notice in the language that was chosen, the one that this guardian reads, or that of the page."""
    programme, page = shown.membership.programme, get_language() or ""
    own = notices_of(shown.membership)
    added = [code for code in sorted(own) if code in ADDED]
    asked = request.POST.get("notice") or request.GET.get("notice", shown.guardian.also_in)
    chosen = asked if asked in added else page
    read, said_at = own.get(chosen), shown.said_at
    return {
        "notice": notice_in(programme, read),
        "notice_since": read.at if read and said_at and read.at > said_at else None,
        "notice_language": chosen,
        "notice_digest": notices.digest_of_notice(text_of(programme, read, chosen)),
        "asked_language": page if asked_language(request) else "",
        "notices": [(code, LANGUAGES[code]) for code in (page, *added)] if added else [],
        "notice_open": chosen in added or "notice" in request.GET,
        "notice_kept": chosen == (shown.guardian.also_in or page),
    }


@public("a guardian says by the same link which language to write in besides")
@require_POST
def speaks(request: HttpRequest, token: str) -> HttpResponse:
    """The language that the notice and the letters have too; that of the page: none besides."""
    link = _link(token)
    if link is None or not is_open(link, clock.now()):
        return _closed(request, token, link)
    with _read_in(request, link):
        asked = request.POST.get("language", "")
        language = asked if asked in ADDED else ""
        try:
            notices.read_also_in(link=link, language=language, now=clock.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved. The next letters are in this language too."))
        return redirect(_here(request, token) + "#notice")


def _closed(request: HttpRequest, token: str, link: GuardianLink | None, refusal: str = "") -> HttpResponse:
    """One calm page for every link that does not open: 404 where nobody knows it, else 410."""
    again = link is not None and may_ask_again(link.guardian)
    context: dict[str, Any] = {"form": LostForm(), "refusal": refusal, "status": "unknown"}
    if link is None:
        with _read_in(request, None):
            return render_for_nobody(request, "guardians/closed.html", context, status=404)
    with _read_in(request, link):
        context["status"] = "old" if again else "taken"
        context["again_url"] = (
            reverse("guardians:again", args=[token]) + asked_language(request) if again else ""
        )
        if not again:
            context["staff"] = list(staff_of(link.guardian.membership.programme)[:5])
        return render_for_nobody(request, "guardians/closed.html", context, status=410)


def _link(token: str) -> GuardianLink | None:
    return link_of(digest_of(token)) if len(token) <= LONGEST_TOKEN else None


def _here(request: HttpRequest, token: str) -> str:
    return reverse("guardians:door", args=[token]) + asked_language(request)


def _read_in(request: HttpRequest, link: GuardianLink | None) -> AbstractContextManager[str]:
    if link is None:
        return read_in(request)
    return read_in(request, link.guardian.language, link.guardian.membership.programme.zone)
