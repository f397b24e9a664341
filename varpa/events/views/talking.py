"""The talk beside an event: what is difficult, for all who are invited or in confidence."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.events.access import EventAction, SayingAction
from varpa.events.actions.questions import is_open
from varpa.events.actions.talking import say, take_saying_back
from varpa.events.forms.asked import attempt
from varpa.events.forms.talking import AnswerToSayingForm, SayingForm
from varpa.events.models import Event, Saying
from varpa.events.queries.events import with_programme
from varpa.events.queries.talking import sayings_read, talk_of
from varpa.events.unread import waiting
from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(EventAction.READ, Event, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, event: Event) -> HttpResponse:
    """Read it, and say something."""
    form = SayingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _said(request, event, form):
        return redirect("events:talk", event.ref)
    return _page(request, event, form)


@door(EventAction.READ, Event, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, event: Event, saying: str) -> HttpResponse:
    """Answer something that one may read. After a sign-in the browser only asks: the form is elsewhere."""
    person = person_of(request)
    read = talk_of(event, waiting(person, event).words)
    found = get_object_or_404(allowed(SayingAction.READ, person, read), ref=saying)
    found.event = event
    form = AnswerToSayingForm(request.POST)
    if request.method != "POST" or (form.is_valid() and _said(request, event, form, found)):
        return redirect(f"{request.path.rpartition('/talk/')[0]}/talk/#s-{found.ref}")
    return _page(request, event, SayingForm(), refused=(found.ref, form))


@door(SayingAction.WITHDRAW, Saying, read=sayings_read)
@require_POST
def back(request: HttpRequest, saying: Saying) -> HttpResponse:
    """Take back what one has said."""
    act = partial(take_saying_back, saying=saying, by=person_of(request), now=clock.now())
    tap(request, act, _("Taken back."))
    return redirect("events:talk", saying.event.ref)


def _said(
    request: HttpRequest, event: Event, form: SayingForm | AnswerToSayingForm, under: Saying | None = None
) -> bool:
    by, now, language = person_of(request), clock.now(), get_language() or "en"
    act = partial(say, event=event, under=under, by=by, now=now, language=language)
    return attempt(form, partial(act, **form.cleaned_data)) is not None


def _page(
    request: HttpRequest,
    event: Event,
    form: SayingForm,
    refused: tuple[str, AnswerToSayingForm] | None = None,
) -> HttpResponse:
    person = person_of(request)
    waits = waiting(person, event)
    context = {
        "event": event,
        "staff": may(EventAction.MANAGE, person, event),
        "reader": person,
        "open": is_open(event, clock.now()),
        "form": form,
        "answer_form": AnswerToSayingForm(),
        "refused": refused,
        "page": page(request, allowed(SayingAction.READ, person, talk_of(event, waits.words))),
        "without": ", ".join(each.name for each in waits.without),
    }
    return render(request, "events/talk.html", context)
