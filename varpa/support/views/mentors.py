"""Questions to the chief mentor, and the mentors' circle."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.people.signed import person_of
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.support.access import CircleAction, QuestionAction, WordAction
from varpa.support.actions import mentors as actions
from varpa.support.forms import AskForm, ReplyForm, SayForm
from varpa.support.models import CircleWord, MentorQuestion
from varpa.support.queries import mentors as queries
from varpa.support.views.asked import ASK, done
from varpa.ui.doing import accepted


@door(CircleAction.READ, Programme, read=with_methodology)
@require_http_methods(ASK)
def questions(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A mentor asks, and reads what others asked; the chief mentor sees what waits."""
    person = person_of(request)
    mentor = queries.mentor_in(programme, person)
    form = AskForm(request.POST or None)
    if mentor and request.method == "POST" and form.is_valid():
        asked = partial(actions.ask, mentor=mentor, by=person, now=clock.now())
        if accepted(form, lambda: asked(**form.cleaned_data)):
            messages.success(request, _("Asked. The answer comes by letter and stands here."))
            return redirect("support:questions", programme.ref)
    if mentor:
        listed = paged(request, queries.questions_for, programme=programme, mentor=mentor)
    else:
        listed = paged(request, queries.all_questions, programme=programme)
    context = {"programme": programme, "mentor": mentor, "form": form, "page": listed}
    return render(request, "support/questions.html", context)


@door(QuestionAction.READ, MentorQuestion, read=queries.with_mentor)
@require_http_methods(ASK)
def question(request: HttpRequest, question: MentorQuestion) -> HttpResponse:
    """One question with its answer; whoever may answers here."""
    person = person_of(request)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = partial(actions.answer, question=question, by=person, now=clock.now())
        if accepted(form, lambda: given(**form.cleaned_data)):
            messages.success(request, _("Answered. The mentor gets a letter."))
            return redirect("support:questions", question.programme.ref)
    mine = question.mentor.person_id == person.pk
    answers = may(QuestionAction.ANSWER, person, question)
    context = {"question": question, "form": form, "mine": mine, "answers": answers}
    context["shares"] = question.mentor_shares if mine else question.chief_shares
    return render(request, "support/question.html", context)


@door(QuestionAction.READ, MentorQuestion, read=queries.with_mentor)
@require_POST
def share(request: HttpRequest, question: MentorQuestion) -> HttpResponse:
    """Let the others read it, or not any more."""
    shares, by, now = request.POST.get("shares") == "yes", person_of(request), clock.now()
    done(request, partial(actions.share_question, question=question, shares=shares, by=by, now=now))
    return redirect("support:question", question.ref)


@door(QuestionAction.SHARE, MentorQuestion, read=queries.with_mentor)
@require_POST
def withdraw(request: HttpRequest, question: MentorQuestion) -> HttpResponse:
    """The mentor takes the question back."""
    by, now = person_of(request), clock.now()
    done(request, partial(actions.withdraw_question, question=question, by=by, now=now), _("Taken back."))
    return redirect("support:questions", question.programme.ref)


@door(CircleAction.READ, Programme, read=with_methodology)
@require_http_methods(ASK)
def circle(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The mentors of a programme among themselves, with the chief mentor."""
    person = person_of(request)
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spoken = partial(actions.say, programme=programme, by=person, now=clock.now())
        if accepted(form, lambda: spoken(**form.cleaned_data)):
            return redirect("support:circle", programme.ref)
    context = {
        "programme": programme,
        "form": form,
        "page": paged(request, queries.words_in, programme=programme),
        "me": person,
    }
    return render(request, "support/circle.html", context)


@door(WordAction.TAKE_BACK, CircleWord, read=queries.with_programme)
@require_POST
def take_back(request: HttpRequest, word: CircleWord) -> HttpResponse:
    """One's own word is taken back."""
    done(request, partial(actions.take_back_word, word=word, by=person_of(request), now=clock.now()))
    return redirect("support:circle", word.programme.ref)
