"""The page behind a personal link: answer, come back to it, send it once. No sign-in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.refusals import Refusal
from varpa.kernel.tokens import digest_of
from varpa.people.alone import asked_language, read_in, render_alone
from varpa.programmes.access import LIVE
from varpa.surveys.actions.answering import (
    AskedOtherwise,
    WrittenElsewhere,
    asked_of,
    save_answers,
    submit_answers,
)
from varpa.surveys.forms.answering import AnswerForm
from varpa.surveys.links import LONGEST
from varpa.surveys.marks import as_text, changed_since, from_text, marks_of, still_meant
from varpa.surveys.models import Draft, Invitation
from varpa.surveys.queries.surveys import invitations_read, is_open
from varpa.ui.saving import not_saved, saved, saves_itself

NOBODY: dict[str, Any] = {"person": None, "navigation": []}
GONE, CLOSED, NOT_YOURS = "gone", "closed", "not_yours"


@public("whoever is asked answers by a personal link; an anonymous answer may not know who is signed in")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; what is written is kept on the way, and sent by a button."""
    invitation = _invitation(token)
    if invitation is None:
        with read_in(request):
            return _kind_page(request, GONE, 404)
    member = invitation.membership
    with read_in(request, member.person.language, invitation.survey.programme.zone):
        if request.user.is_authenticated and request.user.pk != member.person_id:
            return _kind_page(request, NOT_YOURS, 403)
        if not _may_answer(invitation) and request.method != "POST":
            return _kind_page(request, CLOSED, 410)
        return _answer(request, invitation)


@public("the page of thanks says nothing about anybody")
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The answers are sent."""
    with read_in(request):
        return render_alone(request, "surveys/thanks.html", dict(NOBODY))


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    digest = invitation.digest
    draft = Draft.objects.filter(digest=digest).first() or Draft()
    questions = asked_of(invitation)
    marks = marks_of(questions, invitation)
    changed = changed_since(draft.asked, marks)
    values = still_meant(questions, draft.values, changed)
    start = {"revision": draft.revision, "asked_as": as_text(marks)}
    form = AnswerForm(request.POST or None, questions=questions, values=values, initial=start)
    form.changed = changed
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, invitation, form)
        except WrittenElsewhere as refusal:
            form.add_error(None, str(refusal))
            form.set_beside(Draft.objects.get(digest=digest))
        except AskedOtherwise as refusal:
            form.add_error(None, str(refusal))
            form.set_asked(marks, refusal.keys)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if saves_itself(request):
        return not_saved()
    context = {"survey": invitation.survey, "form": form, "asked": form.asked(), "by": "link", **NOBODY}
    return render_alone(request, "surveys/answer.html", context)


def _take(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> HttpResponse:
    values, now, asked = form.values(), clock.now(), from_text(form.cleaned_data["asked_as"])
    revision = form.cleaned_data["revision"] or 0
    if not saves_itself(request) and "keep" not in request.POST:
        submit_answers(invitation=invitation, values=values, by=None, now=now, revision=revision, asked=asked)
        language = asked_language(request) or f"?language={invitation.membership.person.language}"
        return HttpResponseRedirect(redirect("surveys:thanks").url + language)
    kept = save_answers(invitation=invitation, values=values, revision=revision, now=now, asked=asked)
    if saves_itself(request):
        return saved(kept)
    messages.success(request, _("Kept. The same link opens it again, also on another device."))
    return HttpResponseRedirect(request.path + asked_language(request))


def _may_answer(invitation: Invitation) -> bool:
    member = invitation.membership
    asked = member.state in LIVE and member.person.is_active
    return asked and is_open(invitation.survey, clock.now())


def _kind_page(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render_alone(request, "surveys/no_link.html", {"why": why, **NOBODY}, status=status)


def _invitation(token: str) -> Invitation | None:
    if len(token) > LONGEST:
        return None
    return invitations_read().filter(digest=digest_of(token)).first()
