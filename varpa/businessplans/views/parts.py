"""One part of the plan: the mentee writes it, others read it; one page, showing what its reader may."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.businessplans.access import BusinessPlanAction, RemarkAction
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.forms.parts import AnswerForm, PartForm, RemarkForm
from varpa.businessplans.heard import some_wait
from varpa.businessplans.models import BusinessPlan, Picture
from varpa.businessplans.pictures import by_part, pictures_of
from varpa.businessplans.queries import Placed, Row, plans_read, remarks_of, standing_remarks
from varpa.businessplans.reading import shown
from varpa.businessplans.views.plans import page_of
from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import stopped, why_words_wait
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.ui.merging import Merge, merge
from varpa.ui.saving import not_saved, saved, saves_itself


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, plan: BusinessPlan, key: str) -> HttpResponse:
    """Write or read one part."""
    context = page_of(plan, person_of(request))
    row = row_named(context["rows"], key)
    if request.method == "POST" and context["writes"]:
        return _write(request, plan, context, row)
    if context["open"] and "read" not in request.GET:
        return _writing(request, context, row, PartForm(initial=_stands(row)))
    return reading(request, plan, context, row)


def reading(
    request: HttpRequest,
    plan: BusinessPlan,
    context: dict[str, Any],
    row: Row,
    remark: RemarkForm | None = None,
    answer: tuple[str, AnswerForm] | None = None,
) -> HttpResponse:
    """The part as one reads it, with what was remarked; `remark` and `answer` are forms that were refused."""
    reader = person_of(request)
    remarks, mentors = _said(context, row, reader), context["mentored"] is not None
    more = {
        "row": row,
        "pictures": _pictures(plan, row),
        "remarks": remarks,
        **waiting(context, Q(part=row.part.key, cell="")),
        "shown": shown(_text(row), remarks),
        "remark_form": remark or RemarkForm(),
        "may_remark": mentors,
        "may_answer": mentors or (context["writes"] and context["pair"] is not None),
        "answer_form": AnswerForm(),
        "refused": answer,
        "reader": reader,
    }
    return render(request, "businessplans/part.html", {**context, **more})


def waiting(context: dict[str, Any], about: Q) -> dict[str, Any]:
    """Whether words wait for the reader, and what a writer is told where the own ones will."""
    return {
        "words_wait": some_wait(context["plan"], context["hears"], about),
        "waits": _told(context),
    }


def tell_waiting(request: HttpRequest, plan: BusinessPlan) -> None:
    """Say to whoever has just written that the words will wait."""
    if told := _told(page_of(plan, person_of(request))):
        messages.info(request, told)


def _told(context: dict[str, Any]) -> str:
    own = [context["mentored"]] if context["mentored"] else []
    writer = Side.MENTOR if own else Side.MENTEE
    asked = context["together"] if context["writes"] else own
    pair = next((each for each in asked if stopped(each, other_side(writer))), None)
    return why_words_wait(pair, writer) if pair else ""


def row_named(rows: list[Row], key: str) -> Row:
    """The row of a part; Http404 where the outline has none."""
    for row in rows:
        if row.part.key == key:
            return row
    raise Http404


def _said(context: dict[str, Any], row: Row, reader: Person) -> list[Placed]:
    """What was said of a part, for whoever may read that: a manager reads the plan alone."""
    about = standing_remarks(context["plan"], context["hears"]).filter(part=row.part.key, cell="")
    return remarks_of(allowed(RemarkAction.READ, reader, about), _text(row))


def _pictures(plan: BusinessPlan, row: Row) -> list[Picture]:
    return by_part(pictures_of(plan)).get(row.part.key, [])


def _text(row: Row) -> str:
    return row.written.text if row.written else ""


def _stands(row: Row) -> dict[str, Any]:
    written = row.written
    return {
        "text": _text(row),
        "ready": bool(written and written.ready),
        "revision": written.revision if written else 0,
    }


def _write(request: HttpRequest, plan: BusinessPlan, context: dict[str, Any], row: Row) -> HttpResponse:
    form = PartForm(request.POST)
    itself = saves_itself(request)
    if form.is_valid():
        said = form.cleaned_data
        try:
            part = write_part(plan=plan, key=row.part.key, **said, by=person_of(request), now=clock.now())
        except Conflict as conflict:
            if itself:
                return not_saved(conflict)
            both = merge(conflict, {"text": form.fields["text"].label})
            if said["ready"]:
                both.same.append(("ready", "on"))
            return _writing(request, context, row, form, both)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(part.revision) if itself else redirect("businessplans:plan", plan.ref)
    return not_saved() if itself else _writing(request, context, row, form)


def _writing(
    request: HttpRequest, context: dict[str, Any], row: Row, form: PartForm, both: Merge | None = None
) -> HttpResponse:
    more = {
        "row": row,
        "pictures": _pictures(context["plan"], row),
        "form": form,
        "merge": both,
        "remarks": _said(context, row, person_of(request)),
        **waiting(context, Q(part=row.part.key, cell="")),
        "answer_form": AnswerForm(),
        "may_answer": context["pair"] is not None,
        "button": _("Save and close"),
        "reader": person_of(request),
    }
    return render(request, "businessplans/write.html", {**context, **more})
