"""What leaves the pair: papers, the published profile, the gallery, and how far each pair is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.documents.serving import hand_out
from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.people.signed import person_of
from varpa.profiles import papers
from varpa.profiles.access import ProfileAction
from varpa.profiles.models import Profile
from varpa.profiles.photographs import by_part, photographs_of, public
from varpa.profiles.queries import all_of, gallery, profiles_read, rows_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import today_of, with_methodology
from varpa.ui import words


@door(ProfileAction.READ, Profile, read=profiles_read)
@require_safe
def document(request: HttpRequest, profile: Profile) -> HttpResponse:
    """The two's own copy: all of it."""
    return _paper(request, profile, published=False)


@door(ProfileAction.READ_PUBLISHED, Profile, read=profiles_read)
@require_safe
def published_document(request: HttpRequest, profile: Profile) -> HttpResponse:
    """Only what both show to others."""
    return _paper(request, profile, published=True)


@door(ProfileAction.READ_PUBLISHED, Profile, read=profiles_read)
@require_safe
def published(request: HttpRequest, profile: Profile) -> HttpResponse:
    """The profile as the members of the programme read it; the two see here what others would see."""
    rows = [row for row in rows_of(profile) if row.is_public]
    shown = public(rows, photographs_of(profile))
    sections = [(row, shown.get(row.part.key, [])) for row in rows]
    context = {"profile": profile, "pair": profile.pair, "sections": sections}
    return render(request, "profiles/published.html", context)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def in_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The gallery of published profiles."""
    context = {
        "programme": programme,
        "page": paged(request, gallery, programme=programme),
        "manages": may(ProgrammeAction.MANAGE, person_of(request), programme),
    }
    return render(request, "profiles/gallery.html", context)


@door(ProgrammeAction.MANAGE, Programme, read=with_methodology)
@require_safe
def states(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How far each pair is with its profile, without a word of what stands in it."""
    context = {"programme": programme, "page": paged(request, all_of, programme=programme)}
    return render(request, "profiles/states.html", context)


def _paper(request: HttpRequest, profile: Profile, *, published: bool) -> HttpResponse:
    rows = rows_of(profile)
    if published and not any(row.is_public for row in rows):
        raise Http404
    language, now = get_language() or "en", clock.now()
    today, found = today_of(profile.pair.programme, now), photographs_of(profile)
    shown = public(rows, found) if published else by_part(found)
    with words.on_paper(language, person_of(request).zone):
        content = papers.document(
            profile, rows, language=language, today=today, published=published, photographs=shown
        )
    return hand_out(content, "company-profile", inline=True)
