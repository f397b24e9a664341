"""One slide: written, recommended for, shown over the whole screen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.pages import page_picture
from varpa.files.queries import bytes_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.mentees import working_pair
from varpa.pairs.models import Side
from varpa.pairs.quiet import not_passed
from varpa.people.signed import person_of
from varpa.presentations.access import PresentationAction, RecommendationAction
from varpa.presentations.actions import recommendations as actions
from varpa.presentations.actions.presentations import take_from_plan, write_slide
from varpa.presentations.figures import Figure, figures_on
from varpa.presentations.forms import RecommendationForm, SlideForm
from varpa.presentations.gist import written_parts
from varpa.presentations.models import Presentation, Recommendation, Slide, page_number
from varpa.presentations.queries import (
    Row,
    presentations_read,
    recommendations_of,
    recommendations_read,
    rows_of,
)
from varpa.presentations.views.presentations import page_of
from varpa.ui.doing import tap
from varpa.ui.merging import Merge, merge
from varpa.ui.saving import not_saved, saved, saves_itself


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_http_methods(["GET", "HEAD", "POST"])
def slide(request: HttpRequest, presentation: Presentation, key: str) -> HttpResponse:
    """The mentee writes a slide; the mentor reads it and recommends."""
    context = page_of(presentation, person_of(request))
    row = _row_named([*context["rows"], *context["pages"]], key)
    if request.method == "POST" and context["makes"] and not row.page:
        # Also once nothing is written any more: why is said beside the words, which stay in their fields.
        return _write(request, presentation, context, row)
    if row.page or not context["open"]:
        return _reading(request, context, row, RecommendationForm())
    initial: dict[str, Any] = {"revision": 0}
    if row.written:
        initial = {name: getattr(row.written, name) for name in ("text", "notes", "figure", "revision")}
    return _writing(request, context, row, SlideForm(initial=initial))


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def show(request: HttpRequest, presentation: Presentation, number: int) -> HttpResponse:
    """One written slide over the whole screen; `notes` in the address shows the mentee the notes too."""
    rows = [row for row in rows_of(presentation) if row.is_filled]
    if not 1 <= number <= len(rows):
        raise Http404
    makes = presentation.membership.person_id == person_of(request).pk
    row = rows[number - 1]
    context = {
        "presentation": presentation,
        "row": row,
        "figure": _figure(presentation, row),
        "number": number,
        "of": len(rows),
        "before": number - 1,
        "after": number + 1 if number < len(rows) else 0,
        "makes": makes,
        "with_notes": makes and "notes" in request.GET,
    }
    return render(request, "presentations/show.html", context)


@door(PresentationAction.RECOMMEND, Presentation, read=presentations_read)
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: HttpRequest, presentation: Presentation, key: str) -> HttpResponse:
    """The mentor recommends. After a sign-in the browser only asks: the form is elsewhere."""
    if request.method != "POST":
        return redirect("presentations:slide", presentation.ref, key)
    form, person = RecommendationForm(request.POST), person_of(request)
    if form.is_valid():
        said = {"presentation": presentation, "slide": key, **form.cleaned_data}
        try:
            actions.recommend(**said, by=person, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your recommendation stands beside the slide."))
            if (pair := working_pair(presentation.membership, person)) and (
                waits := not_passed(pair, Side.MENTOR)
            ):
                messages.info(request, waits)
            return redirect("presentations:slide", presentation.ref, key)
    context = page_of(presentation, person)
    rows = [*context["rows"], *context["pages"]]
    # A file that was brought meanwhile may have fewer pages: the words stand on its last one.
    gone = page_number(key) and all(row.part.key != key for row in rows)
    return _reading(request, context, rows[-1] if gone and rows else _row_named(rows, key), form)


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def picture(_request: HttpRequest, presentation: Presentation, number: int) -> HttpResponse:
    """A page of the file that was brought, as a picture."""
    written = bytes_of(presentation.file) if 1 <= number <= presentation.pages else None
    drawn = page_picture(written, number) if written else None
    if drawn is None:
        raise Http404
    # The address names the file: another one has another address.
    headers = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(drawn, content_type="image/png", headers=headers)


@door(RecommendationAction.MARK, Recommendation, read=recommendations_read)
@require_POST
def mark(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """The mentee has done it, or not after all."""
    done = request.POST.get("done") == "1"
    return _about(request, recommendation, actions.mark_recommendation, done=done)


@door(RecommendationAction.WITHDRAW, Recommendation, read=recommendations_read)
@require_POST
def withdraw(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """The mentor takes it back."""
    return _about(request, recommendation, actions.withdraw_recommendation)


def _figure(presentation: Presentation, row: Row) -> Figure | None:
    return figures_on([row.figure], presentation).get(row.figure)


def _row_named(rows: list[Row], key: str) -> Row:
    for row in rows:
        if row.part.key == key:
            return row
    raise Http404


def _write(
    request: HttpRequest, presentation: Presentation, context: dict[str, Any], row: Row
) -> HttpResponse:
    form, itself = SlideForm(request.POST), saves_itself(request)
    if form.is_valid():
        said = {"presentation": presentation, "key": row.part.key, **form.cleaned_data}
        try:
            slide = write_slide(**said, by=person_of(request), now=clock.now())
        except Conflict as conflict:
            if itself:
                return not_saved(conflict)
            labels = {name: form.fields[name].label for name in ("text", "notes")}
            both = merge(conflict, labels)
            both.same.append(("figure", form.cleaned_data["figure"]))
            return _writing(request, context, row, form, both)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if itself:
                return saved(slide.revision)
            return _take(request, slide) if "take" in request.POST else _back(presentation)
    return not_saved() if itself else _writing(request, context, row, form)


def _take(request: HttpRequest, slide: Slide) -> HttpResponse:
    """What was typed is saved; now the headings of a part of the plan are added to it."""
    part, of = request.POST.get("take", ""), slide.presentation
    act = partial(take_from_plan, presentation=of, key=slide.key, part=part)
    tap(request, partial(act, by=person_of(request), now=clock.now()))
    return redirect("presentations:slide", slide.presentation.ref, slide.key)


def _back(presentation: Presentation) -> HttpResponse:
    return redirect("presentations:presentation", presentation.ref)


def _writing(
    request: HttpRequest, context: dict[str, Any], row: Row, form: SlideForm, both: Merge | None = None
) -> HttpResponse:
    more = {
        "row": row,
        "figure": _figure(context["presentation"], row),
        "form": form,
        "merge": both,
        "plan_parts": written_parts(context["presentation"].membership),
        **_said(context, row),
        "button": _("Save and close"),
    }
    return render(request, "presentations/write.html", {**context, **more})


def _said(context: dict[str, Any], row: Row) -> dict[str, Any]:
    """What was recommended for a slide, as far as the reader reads it now."""
    said = recommendations_of(context["presentation"], row.part.key)
    some_wait = bool(context["hears"]) and said.exclude(context["hears"]).exists()
    waits = not_passed(context["pair"], Side.MENTOR) if context["mentors"] else ""
    return {"recommendations": said.filter(context["hears"]), "words_wait": some_wait, "waits": waits}


def _reading(
    request: HttpRequest, context: dict[str, Any], row: Row, form: RecommendationForm
) -> HttpResponse:
    more = {
        "row": row,
        "figure": _figure(context["presentation"], row),
        "form": form,
        **_said(context, row),
        "reader": person_of(request),
        "pages_before": [each for each in context["pages"] if each.page == row.page - 1],
        "pages_after": [each for each in context["pages"] if row.page and each.page == row.page + 1],
    }
    return render(request, "presentations/slide.html", {**context, **more})


def _about(
    request: HttpRequest, recommendation: Recommendation, act: Callable[..., object], **said: Any
) -> HttpResponse:
    by, now = person_of(request), clock.now()
    tap(request, partial(act, recommendation=recommendation, by=by, now=now, **said))
    presentation = recommendation.presentation
    if recommendation.file_id and recommendation.file_id != presentation.file_id:
        # The page of an earlier file is not shown any more.
        return redirect("presentations:presentation", presentation.ref)
    return redirect("presentations:slide", presentation.ref, recommendation.slide)
