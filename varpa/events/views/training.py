"""The training programme: read by members once it is published, written by those who run the programme."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.serving import hand_out
from varpa.events.access import EventAction
from varpa.events.actions.training import publish_training_programme, write_training_programme
from varpa.events.forms.asked import attempt
from varpa.events.forms.training import TrainingProgrammeForm
from varpa.events.models import Event
from varpa.events.papers import training_paper
from varpa.events.queries.training import training_programme_of, trainings_of
from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology, with_organisation
from varpa.ui.doing import tap


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def training(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each training with its day and topics; before it is published members read that it is not."""
    person, document = person_of(request), training_programme_of(programme)
    staff = may(ProgrammeAction.MANAGE, person, programme)
    published = document is not None and document.published_at is not None
    trainings = trainings_of(programme) if staff or published else []
    own = allowed(EventAction.READ, person, Event.objects.filter(programme=programme))
    context = {
        "programme": programme,
        "document": document,
        "staff": staff,
        "published": published,
        "trainings": trainings,
        "readable": set(own.values_list("pk", flat=True)) if trainings else set(),
    }
    return render(request, "events/training.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What the manager says of the trainings."""
    form, stands = (
        TrainingProgrammeForm(request.POST or None, document=training_programme_of(programme)),
        None,
    )
    if request.method == "POST" and form.is_valid():
        act = partial(write_training_programme, programme=programme, by=person_of(request), now=clock.now())
        if attempt(form, partial(act, **form.cleaned_data)) is not None:
            messages.success(request, _("Kept."))
            return redirect("events:training", programme.ref)
        # Somebody was first: both texts stand on the page, and what is saved now is saved upon the other.
        stands = training_programme_of(programme)
        form.save_upon(stands)
    return render(
        request, "events/training_form.html", {"programme": programme, "form": form, "stands": stands}
    )


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def publish(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Let the members read it, or no longer."""
    published = request.POST.get("published") == "1"
    act = partial(publish_training_programme, programme=programme, published=published)
    done = _("Published: everybody in the programme can read it.") if published else ""
    tap(request, partial(act, by=person_of(request), now=clock.now()), done)
    return redirect("events:training", programme.ref)


@door(ProgrammeAction.READ, Programme, read=with_organisation)
@require_safe
def paper(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The same to print."""
    person, document = person_of(request), training_programme_of(programme)
    published = document is not None and document.published_at is not None
    if not published and not may(ProgrammeAction.MANAGE, person, programme):
        raise Http404
    return hand_out(training_paper(programme, document, person), f"training-programme-{programme.ref}")
