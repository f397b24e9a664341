"""The pictures of a part: put in and taken out by the mentee, seen by whoever reads the plan."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.businessplans.access import BusinessPlanAction
from varpa.businessplans.actions import pictures as actions
from varpa.businessplans.forms.pictures import PictureForm
from varpa.businessplans.models import BusinessPlan
from varpa.businessplans.pictures import by_part, may_show_writer, pictures_of, pictures_read
from varpa.businessplans.queries import plans_read
from varpa.businessplans.views.parts import row_named
from varpa.businessplans.views.plans import page_of
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest, plan: BusinessPlan, key: str) -> HttpResponse:
    """The pictures of one part; POST puts one in."""
    now, person = clock.now(), person_of(request)
    context = page_of(plan, person)
    row = row_named(context["rows"], key)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("ref", "about", "shows")}
        upload = form.cleaned_data["picture"]
        try:
            actions.add_picture(plan=plan, part=key, upload=upload, **said, by=person, now=now)
        except Refusal as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The picture stands in the part, below its text."))
            return redirect("businessplans:pictures", plan.ref, key)
    more = {
        "row": row,
        "form": form,
        "pictures": by_part(pictures_of(plan)).get(key, []),
        "may_show": may_show_writer(plan, now),
    }
    return render(request, "businessplans/pictures.html", {**context, **more})


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def picture(request: HttpRequest, plan: BusinessPlan, picture: str) -> HttpResponseBase:
    """One picture, as long as it may be shown to this reader."""
    writes = plan.membership.person_id == person_of(request).pk
    found = get_object_or_404(pictures_read(plan, writes=writes), ref=picture)
    return respond(found.file)


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_POST
def removal(request: HttpRequest, plan: BusinessPlan, picture: str) -> HttpResponse:
    """Take a picture out."""
    found = get_object_or_404(plan.pictures.select_related("file"), ref=picture)
    found.plan = plan
    act = partial(actions.take_picture_out, picture=found, by=person_of(request), now=clock.now())
    tap(request, act, _("The picture is taken out. Versions that you kept before still have it."))
    return redirect("businessplans:pictures", plan.ref, found.part)
