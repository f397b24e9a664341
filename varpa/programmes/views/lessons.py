"""Short lessons for who was not at the training: a page to read, then questions that teach (R1)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.methodology.model import Lesson, Training
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions.memberships import finish_lesson
from varpa.programmes.forms.preparation import LessonForm
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.preparing import Study, lessons_of
from varpa.programmes.queries import methodology_of, own_memberships, with_methodology


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def lesson(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """The page to read, with what of the training it covers."""
    study = _study(request, programme, key)
    return render(request, "programmes/lesson.html", _context(request, programme, study))


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, programme: Programme, key: str, number: int) -> HttpResponse:
    """One question; an answer is told why on the same page. It changes nothing, so nothing is redirected."""
    study = _study(request, programme, key)
    questions = study.lesson.questions
    if not 1 <= number <= len(questions):
        raise Http404
    asked, given = questions[number - 1], request.POST if request.method == "POST" else None
    form = LessonForm(given, question=asked, mentee=study.lesson.role == Role.MENTEE)
    chosen = form.cleaned_data["choice"] if given is not None and form.is_valid() else ""
    context = _context(request, programme, study) | {
        "question": asked,
        "number": number,
        "next": number + 1 if number < len(questions) else 0,
        "form": form,
        "chosen": next((each for each in asked.choices if each.key == chosen), None),
    }
    return render(request, "programmes/question.html", context)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_POST
def done(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """The reader has gone through a lesson of the own role."""
    study = _study(request, programme, key)
    mine = _mine(request, programme, study.lesson)
    if mine is None:
        return redirect("programmes:library", programme.ref)
    assert isinstance(request.user, Person)
    try:
        with transaction.atomic():
            finish_lesson(membership=mine, lesson=key, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    prepared = reverse("programmes:preparation", args=[mine.ref])
    return redirect(prepared if study.counts else f"{prepared}#later")


def _study(request: HttpRequest, programme: Programme, key: str) -> Study:
    assert isinstance(request.user, Person)
    for each in lessons_of(programme, request.user):
        if each.lesson.key == key:
            return each
    raise Http404


def _mine(request: HttpRequest, programme: Programme, lesson: Lesson) -> Membership | None:
    """The reader's own membership for which the lesson counts; whoever only looks has none."""
    assert isinstance(request.user, Person)
    own = own_memberships(programme, request.user)
    return own.filter(role=lesson.role, state=MembershipState.ACCEPTED).first()


def _context(request: HttpRequest, programme: Programme, study: Study) -> dict[str, Any]:
    training = _training(programme, study.lesson)
    return {
        "programme": programme,
        "study": study,
        "lesson": study.lesson,
        "text": study.lesson.text.within(get_language() or "en"),
        "topics": [each.text for each in training.topics if each.key in study.lesson.topics],
        "mentee": study.lesson.role == Role.MENTEE,
        "own": _mine(request, programme, study.lesson),
    }


def _training(programme: Programme, lesson: Lesson) -> Training:
    return next(each for each in methodology_of(programme).training if each.key == lesson.training)
