"""A published version: its page, its papers, the methodology that comes of it, the programme that starts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.serving import hand_out
from varpa.guidelines.access import VersionAction
from varpa.guidelines.actions import guidelines as actions
from varpa.guidelines.actions.following import NothingComes
from varpa.guidelines.adopting import named
from varpa.guidelines.holding import faults_told
from varpa.guidelines.keeping import kept_document
from varpa.guidelines.models import Version
from varpa.guidelines.queries import versions_read
from varpa.guidelines.reading import sections_read
from varpa.guidelines.views.beginning import begin
from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door, public
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Broken
from varpa.people.alone import read_in, render_alone
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.ui.doing import tap


@door(VersionAction.READ, Version, read=versions_read)
@require_safe
def version(request: HttpRequest, version: Version) -> HttpResponse:
    """A version as members read it."""
    person = person_of(request)
    context = {
        "version": version,
        "programme": version.programme,
        "sections": sections_read(version),
        "manages": may(VersionAction.MANAGE, person, version),
        "begins": may(VersionAction.NEXT, person, version),
    }
    return render(request, "guidelines/version.html", context)


@public("guidelines that whoever manages the programme has opened to everybody")
@require_safe
def opened(request: HttpRequest, ref: str) -> HttpResponse:
    """The same without signing in, where the manager has opened it."""
    found = versions_read(Version.objects.filter(ref=ref, public_at__isnull=False)).first()
    if found is None:
        raise Http404
    with read_in(request, zone=found.programme.zone):
        context = {"version": found, "programme": found.programme, "sections": sections_read(found)}
        return render_alone(request, "guidelines/opened.html", context, kept=True)


@public("guidelines that whoever manages the programme has opened to everybody, on paper")
@require_safe
def opened_paper(_request: HttpRequest, ref: str, language: str) -> HttpResponse:
    """The paper of an open version."""
    found = versions_read(Version.objects.filter(ref=ref, public_at__isnull=False)).first()
    if found is None:
        raise Http404
    return _paper(found, language)


@door(VersionAction.READ, Version, read=versions_read)
@require_safe
def paper(_request: HttpRequest, version: Version, language: str) -> HttpResponse:
    """The version as an accessible PDF in one of the languages."""
    return _paper(version, language)


def _paper(version: Version, language: str) -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404
    return hand_out(
        kept_document(version, language, clock.now()), f"guidelines-{version.number}-{language}", inline=True
    )


@door(VersionAction.MANAGE, Version, reader=VersionAction.READ, read=versions_read)
@require_POST
def openness(request: HttpRequest, version: Version) -> HttpResponse:
    """Let anybody read it, or members only."""
    public = request.POST.get("public") == "yes"
    given: dict[str, Any] = {
        "version": version,
        "public": public,
        "by": person_of(request),
        "now": clock.now(),
    }
    tap(request, lambda: actions.open_to_all(**given))
    return redirect("guidelines:version", version.ref)


@door(VersionAction.MANAGE, Version, reader=VersionAction.READ, read=versions_read)
@require_safe
def folder(request: HttpRequest, version: Version) -> HttpResponse:
    """The next version of the methodology folder, as an archive."""
    from varpa.guidelines.exporting import archive, exported

    try:
        out = exported(version, Path(settings.METHODOLOGIES))
    except Broken as broken:
        return _broken(request, version, broken)
    headers = {
        "Content-Disposition": f'attachment; filename="{out.name}.zip"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(archive(out.files, out.name), content_type="application/zip", headers=headers)


@door(VersionAction.MANAGE, Version, reader=VersionAction.READ, read=versions_read)
@require_safe
def differences(request: HttpRequest, version: Version) -> HttpResponse:
    """What the next version of the methodology says otherwise than the present one."""
    from varpa.guidelines.exporting import next_of

    try:
        out = next_of(version)
    except Broken as broken:
        return _broken(request, version, broken)
    rows = [(named(out.before, out.after, each.path), each) for each in out.differences]
    context = {"version": version, "programme": version.programme, "out": out, "rows": rows}
    return render(request, "guidelines/differences.html", context)


@door(VersionAction.NEXT, Version, reader=VersionAction.READ, read=versions_read)
@require_http_methods(["GET", "HEAD", "POST"])
def next_programme(request: HttpRequest, version: Version) -> HttpResponse:
    """Begin the next programme from these guidelines."""
    from varpa.guidelines.exporting import next_of

    try:
        out = next_of(version)
    except Broken as broken:
        return _broken(request, version, broken)
    more: dict[str, Any] = {"from": _("the guidelines of {programme}").format(programme=version.programme)}
    return begin(request, out.after, more)


def _broken(request: HttpRequest, version: Version, broken: Broken) -> HttpResponse:
    """A version of earlier days of which no methodology comes: what is wrong, and the way out."""
    problems = faults_told(broken.problems, methodology_of(version.programme))
    messages.warning(request, str(NothingComes(problems=problems)))
    return redirect("guidelines:version", version.ref)
