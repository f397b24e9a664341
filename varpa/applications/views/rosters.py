"""Taking in a list of people: the file, what it would do, and the yes."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from varpa.applications.access import RosterAction
from varpa.applications.actions import rosters as actions
from varpa.applications.forms import ColumnsForm, RosterForm
from varpa.applications.models import Roster, RosterState
from varpa.applications.queries.rosters import own_questions
from varpa.applications.rosters.encodings import OtherEncoding
from varpa.applications.rosters.told import COLUMNS, column_name, sentence
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.countries import country_name
from varpa.programmes.models import Computer, Programme
from varpa.programmes.queries import methodology_of
from varpa.programmes.roles import role_choices
from varpa.programmes.week import time_name
from varpa.sectors.sectors import sector_name
from varpa.ui.words import language_name

FIRST = (
    *("name", "role", "email", "born", "country", "language"),
    *("place", "topic", "phone", "means", "key", "languages", "interests", "region", "travel"),
    *("times", "capacity", "experience", "expectations", "wishes", "computer", "guardian_name"),
    *("guardian_email", "answers"),
)
"""What the first lines of a list show, in this order, as far as anything stands in it."""


def _computer(key: str) -> str:
    return str(Computer(key).label)


CODED = {"languages": language_name, "interests": sector_name, "times": time_name, "computer": _computer}


def _whole(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    return programmes.select_related("organisation", "methodology_version")


def _previews(rosters: QuerySet[Roster]) -> QuerySet[Roster]:
    found = rosters.select_related("programme__organisation", "programme__methodology_version")
    return found.defer("content")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=_whole)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Choose a file; it is read and shown before anybody is added."""
    form = RosterForm(programme, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            made = actions.hold_roster(
                programme=programme,
                name=file.name,
                content=file.read(),
                role=given["role"],
                country=given.get("country", ""),
                saved_in=given["saved_in"],
                ref=given["ref"],
                may_ask=True,
                by=person_of(request),
                now=clock.now(),
            )
        except OtherEncoding as refusal:
            form.add_error("saved_in", str(refusal))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("applications:columns" if _asks(made) else "applications:roster", made.ref)
    return render(request, "applications/import.html", {"programme": programme, "form": form})


@door(RosterAction.TAKE, Roster, read=_previews)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, roster: Roster) -> HttpResponse:
    """Say what the columns of a list hold; asked once for each form."""
    if roster.state != RosterState.SHOWN:
        return render(request, "applications/roster_over.html", {"roster": roster})
    head = roster.preview.get("head", {})
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        unknown=head.get("unknown", []),
        known=head.get("known", []),
        said=roster.mapped,
        own=own_questions(roster.programme),
        abilities=methodology_of(roster.programme).abilities,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.map_roster(
                roster=roster, fields=form.fields_said(), by=person_of(request), now=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("applications:roster", roster.ref)
    return render(request, "applications/columns.html", {"roster": roster, "form": form})


@door(RosterAction.TAKE, Roster, read=_previews)
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, roster: Roster) -> HttpResponse:
    """What a list would do; the button does exactly that."""
    refusal = ""
    if request.method == "POST" and roster.state == RosterState.SHOWN:
        try:
            counts = actions.take_roster(roster=roster, by=person_of(request), now=clock.now())
        except Refusal as refused:
            refusal = str(refused)
            roster = _previews(Roster.objects.filter(pk=roster.pk)).get()
        else:
            messages.success(request, _taken(counts))
            return redirect("applications:people", roster.programme.ref)
    if roster.state != RosterState.SHOWN:
        return render(request, "applications/roster_over.html", {"roster": roster})
    if "counts" not in roster.preview:
        return redirect("applications:columns", roster.ref)
    return render(request, "applications/roster.html", {**_shown(roster), "refusal": refusal})


@door(RosterAction.TAKE, Roster, read=_previews)
@require_POST
def drop(request: HttpRequest, roster: Roster) -> HttpResponse:
    """Give a list up: nothing of it is kept."""
    try:
        actions.drop_roster(roster=roster, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The list was given up. Nothing of it is kept."))
    return redirect("applications:people", roster.programme.ref)


def _asks(roster: Roster) -> bool:
    """Whether somebody should say first what the columns hold: once for each form."""
    head = roster.preview.get("head", {})
    return "counts" not in roster.preview or (bool(head.get("unknown")) and not head["said"])


def _shown(roster: Roster) -> dict[str, Any]:
    preview = roster.preview
    counts = {kind: preview["counts"].get(kind, 0) for kind in ("new", "changed", "same")}
    read = [name for name in FIRST if any(line.get(name) for line in preview["first"])]
    means = {each.key: each.name for each in methodology_of(roster.programme).means}
    words = {**dict(role_choices(roster.programme)), **means}
    return {
        "roster": roster,
        "programme": roster.programme,
        "preview": preview,
        "country": country_name(preview.get("country", "")),
        "counts": counts,
        "does": counts["new"] + counts["changed"],
        "columns": [(column_name(name), heading) for name, heading in preview["columns"]],
        "heads": [COLUMNS[name] for name in read],
        "first": [(line["number"], [_cell(line, name, words) for name in read]) for line in preview["first"]],
        "changes": [
            {**each, "fields": [(COLUMNS.get(name, name), old, new) for name, old, new in each["fields"]]}
            for each in preview["changes"]
        ],
        "problems": [(each, sentence(each)) for each in preview["problem_list"]],
        "problems_left": preview["problems"] - len(preview["problem_list"]),
        "notes": [(each, sentence(each)) for each in preview["note_list"]],
        "notes_left": preview["notes"] - len(preview["note_list"]),
    }


def _cell(line: dict[str, str], name: str, words: dict[str, Any]) -> str:
    said = line.get(name, "")
    if name in CODED:
        return ", ".join(CODED[name](code) for code in said.split(", ") if code)
    if name not in ("role", "means"):
        return said
    return ", ".join(str(words.get(word, word)) for word in said.split(", "))


def _taken(counts: dict[str, int]) -> str:
    new, changed = counts.get("new", 0), counts.get("changed", 0)
    words = ngettext("%(n)d person added.", "%(n)d people added.", new) % {"n": new}
    if changed:
        words += " " + ngettext("%(n)d changed.", "%(n)d changed.", changed) % {"n": changed}
    return words
