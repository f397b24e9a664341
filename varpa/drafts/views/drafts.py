"""The methodologies of an organisation; a draft as a whole: checked, compared, published."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.archives import packed
from varpa.drafts import queries
from varpa.drafts.access import DraftAction
from varpa.drafts.actions import drafts as actions
from varpa.drafts.forms import BeginForm, UploadForm
from varpa.drafts.models import Draft, DraftState
from varpa.drafts.showing import changes_of, groups_of, told
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.kernel.refs import new_ref
from varpa.methodology import Methodology
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_by, offers
from varpa.ui.doing import accepted, tap


@door(OrganisationAction.RUN, Organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def methodologies(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The versions by which an organisation works, and its drafts; an own one is begun here (product S21)."""
    offered = [each for each in offers(settings.METHODOLOGIES) if each.methodology]
    folders = {each.key: each.methodology for each in offered}
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked, source = dict(form.cleaned_data), form.cleaned_data["source"]
        methodology = folders.get(source) or _version(organisation, source)
        del asked["source"]
        given: dict[str, Any] = {"by": person_of(request), "now": clock.now(), "methodology": methodology}
        given["organisation"] = organisation
        begun: list[Draft] = []
        done = _("The draft is made. Running programmes do not change with it.")
        if tap(request, lambda: begun.append(actions.begin_draft(**asked, **given)), done):
            return redirect("drafts:draft", begun[0].ref)
        return redirect("drafts:methodologies", organisation.ref)
    listed = page(request, queries.versions_of(organisation))
    users = queries.users_of(organisation, listed.rows)
    known = set(queries.versions_of(organisation).values_list("digest", flat=True))
    context = {
        "organisation": organisation,
        "page": listed,
        "versions": [(each, users[each.pk], new_ref()) for each in listed.rows],
        "drafts": queries.drafts_of(organisation),
        "folders": [(each.key, each.methodology, new_ref()) for each in offered if each.digest not in known],
    }
    return render(request, "drafts/methodologies.html", context)


@door(OrganisationAction.RUN, Organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a draft from a methodology folder that was written elsewhere."""
    form = UploadForm(request.POST or None, request.FILES or None)
    begun: list[Draft] = []
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "upload": form.cleaned_data["folder"],
            "ref": form.cleaned_data["ref"],
            "now": clock.now(),
        }
        given |= {"organisation": organisation, "by": person_of(request)}
        if accepted(form, lambda: begun.append(actions.begin_from_archive(**given))):
            return redirect("drafts:draft", begun[0].ref)
    return render(request, "drafts/upload.html", {"organisation": organisation, "form": form})


def _version(organisation: Organisation, source: str) -> Methodology:
    if not queries.versions_of(organisation).filter(digest=source).exists():
        raise Http404
    return methodology_by(source)


@door(DraftAction.READ, Draft, read=queries.with_all)
@require_safe
def draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A draft: its parts, and what the check finds, each with the way to where it is mended."""
    methodology, found = queries.written(draft), queries.checked(draft)
    context = {
        "draft": draft,
        "methodology": methodology,
        "groups": groups_of(draft, methodology, found),
        "told": told(methodology, found),
        "sound": found.sound is not None,
        "open": draft.state == DraftState.WRITING,
    }
    return render(request, "drafts/draft.html", context)


@door(DraftAction.READ, Draft, read=queries.with_all)
@require_safe
def changes(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What the draft says otherwise than the version from which it was made; publishing stands below."""
    found = queries.checked(draft)
    context = {
        "draft": draft,
        "methodology": queries.written(draft),
        "changes": changes_of(draft),
        "sound": found.sound is not None,
        "open": draft.state == DraftState.WRITING,
    }
    return render(request, "drafts/changes.html", context)


@door(DraftAction.WRITE, Draft)
@require_POST
def publish(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Make the draft a version from which new programmes may begin."""
    revision = request.POST.get("revision", "")
    given: dict[str, Any] = {"draft": draft, "by": person_of(request), "now": clock.now()}
    seen = int(revision) if revision.isdecimal() and len(revision) < 9 else -1
    done = _("The version is published. New programmes can begin from it.")
    published = tap(request, lambda: actions.publish(revision=seen, **given), done)
    return redirect("drafts:draft" if published else "drafts:changes", draft.ref)


@door(DraftAction.WRITE, Draft)
@require_POST
def put_away(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Put a draft away that is not wanted now."""
    given: dict[str, Any] = {"draft": draft, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.put_away(**given), _("The draft is put away. It can be taken up again."))
    return redirect("drafts:methodologies", draft.organisation.ref)


@door(DraftAction.WRITE, Draft)
@require_POST
def take_up(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Go on with a draft that was put away."""
    given: dict[str, Any] = {"draft": draft, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.take_up(**given))
    return redirect("drafts:draft", draft.ref)


@door(DraftAction.READ, Draft)
@require_safe
def folder(_request: HttpRequest, draft: Draft) -> HttpResponse:
    """The draft as a methodology folder, in an archive."""
    name = f"methodology-{draft.ref}"
    inside = {f"{name}/{path}": words.encode() for path, words in queries.folder_of(draft).items()}
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.zip"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(packed(inside), content_type="application/zip", headers=headers)
