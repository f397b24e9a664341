"""One's own week on one page: lessons and practice beside the times that one wishes, and the days away."""

from datetime import time
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.absences.access import AbsenceAction
from varpa.absences.actions import (
    add_lessons,
    add_practice,
    say_last_day,
    spread_lessons,
    take_hours_back,
    take_lessons_back,
)
from varpa.absences.forms import LastDayForm, LessonsForm, PracticeForm
from varpa.absences.models import TakenHours, Takes
from varpa.absences.queries import coming_of, hours_taken, lessons_ended, today_at, usually_free
from varpa.absences.timetable import WORKING, lessons_of, parity_of, week_of, without_lessons
from varpa.kernel import clock
from varpa.kernel.doors import door, signed_in
from varpa.people.signed import person_of
from varpa.ui.doing import accepted, tap

WORKED = {"days": WORKING, "begins": time(8), "ends": time(17)}
"""With what the form for practice begins."""


@signed_in("one's own lessons and practice")
@require_http_methods(["GET", "HEAD", "POST"])
def timetable(request: HttpRequest) -> HttpResponse:
    """The week as it stands; POST adds lessons."""
    if request.method != "POST":
        return _page(request)
    person, now = person_of(request), clock.now()
    form = LessonsForm(request.POST, this_week=parity_of(today_at(person, now)))
    add = partial(add_lessons, person=person, now=now)
    if form.is_valid() and accepted(form, lambda: add(**form.cleaned_data)):
        messages.success(request, _("Written down. No times are suggested in these hours."))
        return redirect("absences:timetable")
    return _page(request, lessons=form)


@signed_in("one's own practice")
@require_POST
def practice(request: HttpRequest) -> HttpResponse:
    """One more time of practice."""
    form = PracticeForm(request.POST, prefix="practice")
    add = partial(add_practice, person=person_of(request), now=clock.now())
    if form.is_valid() and accepted(form, lambda: add(**form.cleaned_data)):
        messages.success(request, _("Written down. No times are suggested in these hours."))
        return redirect("absences:timetable")
    return _page(request, practice=form)


@signed_in("one's own lessons")
@require_POST
def spread(request: HttpRequest) -> HttpResponse:
    """The lessons of one day, on the working days that have none."""
    act = partial(spread_lessons, person=person_of(request), day=request.POST.get("day", ""), now=clock.now())
    tap(request, act, _("Copied to the days that had none."))
    return redirect("absences:timetable")


@signed_in("one's own lessons")
@require_POST
def until(request: HttpRequest) -> HttpResponse:
    """Until when the lessons hold."""
    form = LastDayForm(request.POST)
    say = partial(say_last_day, person=person_of(request), now=clock.now())
    if form.is_valid() and accepted(form, lambda: say(last=form.cleaned_data["last"])):
        messages.success(request, _("Written down."))
        return redirect("absences:timetable")
    return _page(request, last_day=form)


@signed_in("one's own lessons")
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest) -> HttpResponse:
    """Take all lessons back; asked once."""
    person, now = person_of(request), clock.now()
    if request.method == "POST":
        take_lessons_back(person=person, now=now)
        messages.success(request, _("Taken back: these hours are free again."))
        return redirect("absences:timetable")
    lessons = lessons_of(hours_taken([person.pk], today_at(person, now)))
    if not lessons:
        return redirect("absences:timetable")
    return render(request, "absences/removal.html")


@door(AbsenceAction.HOURS, TakenHours)
@require_POST
def hours_back(request: HttpRequest, hours: TakenHours) -> HttpResponse:
    """These hours are free."""
    act = partial(take_hours_back, hours=hours, by=person_of(request), now=clock.now())
    tap(request, act, _("Taken back: these hours are free again."))
    return redirect("absences:timetable")


def _page(
    request: HttpRequest,
    *,
    lessons: LessonsForm | None = None,
    practice: PracticeForm | None = None,
    last_day: LastDayForm | None = None,
) -> HttpResponse:
    person = person_of(request)
    today = today_at(person, clock.now())
    taken = list(hours_taken([person.pk], today))
    told_by, free = usually_free(person)
    own = lessons_of(taken)
    holds_until = own[0].last if own else None
    context = {
        "person": person,
        "lessons": lessons or LessonsForm(this_week=parity_of(today), initial=_next_day(taken)),
        "practice": practice or PracticeForm(prefix="practice", initial=WORKED),
        "has_lessons": bool(own),
        "holds_until": holds_until,
        "ended": None if own else lessons_ended(person, today),
        "last_day": last_day or LastDayForm(initial={"last": holds_until}),
        "week": week_of(taken, free),
        "this_week": parity_of(today),
        "practices": [each for each in taken if each.kind == Takes.PRACTICE],
        "free": free,
        "told_by": told_by,
        "absences": coming_of(person, today),
    }
    return render(request, "absences/timetable.html", context)


def _next_day(taken: list[TakenHours]) -> dict[str, Any]:
    """The next day without lessons, with the hours that were written last: mostly one tap is enough."""
    lessons = lessons_of(taken)
    last = max(lessons, key=lambda each: (each.at, each.pk), default=None)
    hours = {"begins": last.begins, "ends": last.ends} if last else {}
    return {"days": without_lessons(lessons)[:1], **hours}
