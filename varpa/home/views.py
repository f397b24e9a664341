"""The pages that gather rooms: home, the pair's room, the programme board, the manager's list of pairs."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.defence.access import SlotAction
from varpa.defence.models import Slot
from varpa.defence.queries import slots_read
from varpa.documents.serving import hand_out
from varpa.evaluation.queries import board
from varpa.home.belongings import archive
from varpa.home.forms_to_print import country_of, form_paper, forms_for, offered_to
from varpa.home.papers import blank, offered, title_of
from varpa.home.queries.boards import shown
from varpa.home.queries.homes import Home, home_of, managed_by
from varpa.home.queries.managed import Managed, standing_of
from varpa.home.queries.rooms import lines, pairs_shown, room_of
from varpa.home.queries.together import with_diary
from varpa.home.queries.week import Told, told_to, week
from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door, signed_in
from varpa.kernel.paging import page
from varpa.kernel.text import LANGUAGES
from varpa.meetings.forms import review_form, until_shared
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import side_of, with_people
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation, Person
from varpa.people.signed import person_of
from varpa.post.queries import stuck
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, today_of, with_methodology
from varpa.ui import words


@signed_in("what is next for oneself")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is next for me: one thing, largest, then at most four others."""
    assert isinstance(request.user, Person)
    mine = home_of(request.user, clock.now())
    if mine.stage != "none":
        managed = standing_of(mine.manages, request.user, clock.now())
        shown = {"home": mine, "review": _review(mine), "managed": managed}
        return render(request, "home/home.html", shown)
    managed = standing_of(list(managed_by(request.user)), request.user, clock.now())
    if managed:
        return _board(request, managed[0].programme, managed[0].told, managed[1:])
    if mine.others:
        return redirect("home:room", mine.others[0].ref)
    organisations = allowed(OrganisationAction.RUN, request.user, Organisation.objects.all())
    return render(request, "home/nobody.html", {"organisations": organisations.exists()})


@door(PairAction.READ, Pair, read=with_diary)
@require_safe
def room(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The pair's room; a manager sees the same room without its content."""
    assert isinstance(request.user, Person)
    shown = room_of(pair, request.user, clock.now())
    if shown.side and not pair.active_at:
        return redirect(*_instead(pair))
    return render(request, "home/room.html" if shown.side else "home/room_of_manager.html", {"room": shown})


@door(PairAction.READ, Pair, read=with_people)
@require_safe
def papers(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The forms of the pair, to print and fill in by hand; staff may print them for the two."""
    assert isinstance(request.user, Person)
    methodology = methodology_of(pair.programme)
    keys = offered(side_of(pair, request.user))
    named = [(key, title_of(methodology, key)) for key in keys]
    return render(request, "home/papers.html", {"pair": pair, "papers": named})


@door(PairAction.READ, Pair, read=with_people)
@require_safe
def paper(request: HttpRequest, pair: Pair, key: str) -> HttpResponse:
    """One of them as PDF."""
    assert isinstance(request.user, Person)
    if key not in offered(side_of(pair, request.user)):
        raise Http404
    return hand_out(blank(pair, key, request.user), f"{key}-{pair.ref}")


@door(SlotAction.TAKE, Slot, reader=SlotAction.TAKE, read=slots_read)
@require_safe
def everything(request: HttpRequest, slot: Slot) -> HttpResponse:
    """All that the mentee takes home after the defence, as one file; nobody else's to take."""
    person = person_of(request)
    language = get_language() or "en"
    with words.on_paper(language, person.zone):
        packed = archive(slot, person, language, clock.now())
    headers = {
        "Content-Disposition": 'attachment; filename="everything.zip"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def programme_board(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The manager's week, and the calendar of the methodology with its states."""
    return _board(request, programme, told_to(person_of(request), programme))


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def pairs(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All pairs: that they meet, when, how long; never what about."""
    now, show = clock.now(), request.GET.get("show", "")
    listed = page(request, pairs_shown(programme, show, now))
    context = {"programme": programme, "page": listed, "show": show, "states": PairState}
    context["lines"] = lines(listed.rows, programme, show, now)
    return render(request, "home/pairs.html", context)


def _board(
    request: HttpRequest, programme: Programme, told: Told, managed: Sequence[Managed] = ()
) -> HttpResponse:
    now = clock.now()
    today = today_of(programme, now)
    rows = shown(programme, board(programme, now), today)
    needs = week(programme, now, told)
    context = {"programme": programme, "rows": rows, "needs": needs, "today": today, "managed": managed}
    context["has_defence"] = methodology_of(programme).has_defence()
    context["stuck"] = stuck(now)
    return render(request, "home/board.html", context)


def _review(mine: Home) -> dict[str, Any] | None:
    """The form in the band, where the next thing is to write how a meeting was."""
    thing = next(iter(mine.things), None)
    if mine.at is None or thing is None or thing.meeting is None or thing.key != "review":
        return None
    if getattr(thing.meeting, "reviewed", False):
        return None
    at = mine.at.seen(thing.meeting)
    return {"at": at, "form": review_form(at), "private": until_shared(at.side, at.other)}


def _instead(pair: Pair) -> list[str]:
    """Where one of the two goes while there is no room; a proposal that ended has no other page."""
    return ["home:home"] if pair.state == PairState.ACCEPTED else ["pairs:answer", pair.ref]


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def forms(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every form of the programme that one may print, in three languages."""
    person = person_of(request)
    context = {
        "programme": programme,
        "forms": forms_for(programme, person),
        "manages": may(ProgrammeAction.MANAGE, person, programme),
    }
    return render(request, "home/forms.html", context)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def form(request: HttpRequest, programme: Programme, key: str, language: str) -> HttpResponse:
    """One of them as PDF, with room for the names."""
    person = person_of(request)
    manages = may(ProgrammeAction.MANAGE, person, programme)
    if language not in LANGUAGES or key not in offered_to(programme, person, manages=manages):
        raise Http404
    country = country_of(programme, person, request.GET.get("country", ""), manages=manages)
    return hand_out(form_paper(programme, key, country, language), f"{key}-{language}", inline=True)
