"""What a survey asks: its own words, its questions and their order."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.surveys import words
from varpa.surveys.access import SurveyAction
from varpa.surveys.actions import editing, questions
from varpa.surveys.actions.copying import copy_survey
from varpa.surveys.actions.kinds import WouldDrop, change_kind
from varpa.surveys.forms.editing import CopyForm, KindForm, NewQuestionForm, QuestionForm, SurveyForm
from varpa.surveys.models import Question, Survey
from varpa.surveys.queries.surveys import asked_questions, has_answers, with_programme
from varpa.surveys.wording import asked_alike
from varpa.ui.doing import accepted, refused, tap

ACTS: dict[str, Callable[..., None]] = {
    "up": partial(questions.move_question, up=True),
    "down": partial(questions.move_question, up=False),
    "remove": questions.remove_question,
}


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The survey's own words, whom it asks and how."""
    form = SurveyForm(request.POST or None, survey=survey)
    if request.method == "POST" and form.is_valid():
        act = partial(editing.edit_survey, survey=survey, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, **form.said())):
            messages.success(request, _("Saved."))
            return redirect("surveys:survey", survey.ref)
    return render(request, "surveys/edit.html", {"survey": survey, "form": form})


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, survey: Survey) -> HttpResponse:
    """A new survey of the same questions."""
    form, made = CopyForm(request.POST or None, survey=survey), []
    if request.method == "POST" and form.is_valid():
        act = partial(copy_survey, survey=survey, by=person_of(request), now=clock.now())
        if accepted(form, lambda: made.append(act(**form.cleaned_data))):
            messages.success(
                request, _("A draft is ready. Look it through; nothing is sent before you send it.")
            )
            return redirect("surveys:survey", made[0].ref)
    return render(request, "surveys/copy.html", {"survey": survey, "form": form})


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, survey: Survey) -> HttpResponse:
    """A question of the programme's own."""
    form = NewQuestionForm(request.POST or None, questions=asked_questions(survey))
    if request.method == "POST" and form.is_valid():
        act = partial(questions.add_question, survey=survey, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, **form.said())):
            messages.success(request, _("The question stands at the end."))
            return redirect("surveys:survey", survey.ref)
    return render(request, "surveys/new.html", {"survey": survey, "form": form})


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, survey: Survey, key: str) -> HttpResponse:
    """The words of one question."""
    asked = _question(survey, key)
    others = asked_questions(survey)
    form = QuestionForm(request.POST or None, question=asked, questions=others, revision=survey.revision)
    if request.method == "POST" and form.is_valid():
        act = partial(questions.edit_question, question=asked, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, **form.said())):
            messages.success(request, _("Saved."))
            return redirect("surveys:survey", survey.ref)
    context = {
        "survey": survey,
        "question": asked,
        "form": form,
        "fixed": has_answers(survey),
        "lacking": words.lacking_of(survey, [asked]),
        "alike": [] if has_answers(survey) else asked_alike(survey, asked),
    }
    return render(request, "surveys/question.html", context)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, survey: Survey, key: str) -> HttpResponse:
    """How one question is answered, while nobody has answered; what would be gone is told first."""
    asked = _question(survey, key)
    form = KindForm(request.POST or None, question=asked, revision=survey.revision)
    if request.method == "POST" and form.is_valid():
        act = partial(change_kind, question=asked, by=person_of(request), now=clock.now())
        try:
            act(**form.said())
        except WouldDrop as refusal:
            form.tell(str(refusal))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:question", survey.ref, asked.key)
    context = {"survey": survey, "question": asked, "form": form, "fixed": has_answers(survey)}
    return render(request, "surveys/kind.html", context)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_POST
def act(request: HttpRequest, survey: Survey, key: str, act: str) -> HttpResponse:
    """One place up or down, or out."""
    if act not in ACTS:
        raise Http404
    asked = _question(survey, key)
    tap(request, partial(ACTS[act], question=asked, by=person_of(request), now=clock.now()))
    return redirect("surveys:survey", survey.ref)


def _question(survey: Survey, key: str) -> Question:
    found: Question = get_object_or_404(survey.questions, key=key, removed_at=None)
    found.survey = survey
    return found
