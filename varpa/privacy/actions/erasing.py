"""Erasing: identity is replaced, words go, counts, hours and dates stay (R11)."""

import logging
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.db.models import BinaryField, Field, JSONField, Q, QuerySet
from django.utils.translation import override, pgettext

from varpa.dossier.actions.asking import withdraw_dossier
from varpa.dossier.models import Dossier, DossierState
from varpa.files import actions as files
from varpa.files.models import File
from varpa.guidelines.models import Version
from varpa.kernel.personal import REPLACE
from varpa.kernel.states import can
from varpa.methodology.surveys import AskKind
from varpa.pairs import letters as pairs_letters
from varpa.pairs.actions.pairs import end_pair
from varpa.pairs.models import OPEN, Outcome, Pair
from varpa.people.models import Appointment, Person
from varpa.post.models import UNSENT, Letter, LetterState
from varpa.privacy.actions.unsaying import programmes_of, take_out_words
from varpa.privacy.holdings import HOLDINGS, LETTERS_WORDS, Holding, declared, file_fields
from varpa.privacy.models import Erased, Leftover
from varpa.privacy.whom import Whom, guardians_of, whom, with_former, words_in
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import OVER, Membership
from varpa.reports.models import Edition
from varpa.surveys.models import Draft as SurveyDraft
from varpa.surveys.models import Invitation, Question, Sheet, Survey

log = logging.getLogger("varpa.worker")
STAFFS_FILES = ("material", "sheet", "programme", "emblem")
"""What staff adds belongs to the programme."""
OWNED = ("presentations.Presentation", "businessplans.BusinessPlan", "pairs.Plan", "programmes.Membership")
"""Whose files are found by their reference too: also those that were exchanged for others."""


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, now: datetime) -> None:
    """Replace a person's identity everywhere, in one transaction; whoever calls writes the line of history.

    What cannot be in it is noted for the worker: bytes on the disk (`Leftover`), the list (`Erased`).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    who = with_former(whom(person))
    refs = Person.objects.filter(pk__in=who.people).values_list("ref", flat=True)
    Erased.objects.bulk_create([Erased(ref=each, at=now) for each in refs], ignore_conflicts=True)
    take_out_words(who, now)
    _answers(who)
    _dossiers(who, by, now)
    _files(who, now)
    _letters(who)
    # The letters first: the others take away the words by which they are found.
    for holding in sorted(HOLDINGS, key=lambda each: each.model != "post.Letter"):
        erase_rows(holding, holding.rows(who), person.language, now)
    for each in Person.objects.filter(pk__in=who.people):
        each.set_unusable_password()
        each.is_active, each.last_login, each.search_text = False, None, each.searched_as
        each.save(update_fields=["password", "is_active", "last_login", "search_text"])
    _sessions(who)
    # Last: whoever is told that the pair has ended reads no name any more.
    _end(who, by, now)


def neutral(language: str) -> str:
    """What stands instead of a name."""
    with override(language):
        return pgettext("instead of a name", "Erased person")


def erase_rows(holding: Holding, rows: QuerySet[Any], language: str, now: datetime) -> None:
    """Do with rows what their fields declare; a second time changes nothing."""
    if holding.gone:
        rows.delete()
        return
    keys = list(rows.values_list("pk", flat=True))
    found = holding.of._base_manager.filter(pk__in=keys)
    if holding.ends:
        found.filter(**{holding.ends: None}).update(**{holding.ends: now})
    if holding.model == "post.Letter":
        found.filter(state__in=UNSENT).update(state=LetterState.WITHDRAWN)
    if holding.model == "surveys.Sheet":
        return
    changes: dict[str, Any] = {}
    for name in holding.erased:
        field = holding.of._meta.get_field(name)
        assert isinstance(field, Field)
        replaced = declared(holding.of)[name] == REPLACE
        if replaced and name.endswith("name"):
            found.exclude(**{name: ""}).update(**{name: neutral(language)})
        elif replaced or (field.unique and not field.null):
            _each_apart(found, name)
        else:
            changes[name] = empty(field)
    if changes:
        found.update(**changes)


def _each_apart(rows: QuerySet[Any], name: str) -> None:
    """Where different values are counted or kept apart, different ones stand there still.

    A school or a company at which somebody else is too says nothing of one person, and stays.
    """
    for row in rows.exclude(**{name: ""}):
        others = type(row)._base_manager.exclude(pk=row.pk).filter(**{name: getattr(row, name)})
        if not (isinstance(row, Membership) and others.filter(programme=row.programme_id).exists()):
            type(row)._base_manager.filter(pk=row.pk).update(**{name: f"… {row.pk}"})


def empty(field: "Field[Any, Any]") -> Any:
    """What stands in an emptied field."""
    if field.null:
        return None
    if isinstance(field, JSONField):
        return field.get_default() if field.has_default() else {}
    return b"" if isinstance(field, BinaryField) else ""


def _letters(who: Whom) -> None:
    """What others were written about something of theirs, with its words; and keys with an address."""
    refs: set[str] = set()
    for holding in HOLDINGS:
        if any(field.name == "ref" for field in holding.of._meta.concrete_fields):
            refs |= set(holding.rows(who).values_list("ref", flat=True))
    guardians = guardians_of(who)
    written = Letter.objects.exclude(about="").exclude(text="")
    keys = [
        pk
        for pk, about in written.values_list("pk", "about").iterator()
        if refs.intersection(about.split(":"))
    ]
    for some in range(0, len(keys), 500):
        letters = Letter.objects.filter(pk__in=keys[some : some + 500])
        letters.filter(state__in=UNSENT).update(state=LetterState.WITHDRAWN)
        letters.update(**dict.fromkeys(LETTERS_WORDS, ""))
        letters.filter(person=None, to_address__in=guardians).update(to_name="", to_address="")
    known_by = words_in(("once",), (*who.addresses, *who.former, *guardians))
    for letter in Letter.objects.filter(known_by | Q(person__in=who.people, once__contains="@")):
        Letter.objects.filter(pk=letter.pk).update(once=f"erased:{letter.ref}")


def _end(who: Whom, by: Person | None, now: datetime) -> None:
    """A pair ends without blame, and the other one is told; nobody is in a running programme any more."""
    for pair in Pair.objects.filter(state__in=OPEN, mentor__in=who.members) | Pair.objects.filter(
        state__in=OPEN, mentee__in=who.members
    ):
        end_pair(pair, Outcome.DISSOLVED, "", by=by, now=now)
        tell = pairs_letters.tell_ended if pair.active_at else pairs_letters.tell_declined
        tell(pair, now=now)
    for member in Membership.objects.filter(pk__in=who.members).exclude(programme__state__in=OVER):
        if can(member, "withdraw"):
            withdraw_member(membership=member, by=by, now=now)
    Appointment.objects.filter(person__in=who.people, ended_at=None).update(ended_at=now)


def _answers(who: Whom) -> None:
    """Steps and choices stay counted; what was written in words goes, and results are reckoned anew (R10)."""
    sheets = Sheet.objects.filter(membership__in=who.members)
    surveys = set(sheets.values_list("survey", flat=True))
    written = Question.objects.filter(survey__in=surveys, kind=AskKind.TEXT)
    keys = set(written.values_list("survey", "key"))
    for sheet in sheets:
        sheet.values = {key: said for key, said in sheet.values.items() if (sheet.survey_id, key) not in keys}
        sheet.save(update_fields=["values"])
    Survey.objects.filter(pk__in=surveys).update(stale=True)
    asked = Invitation.objects.filter(membership__in=who.members).exclude(digest="")
    SurveyDraft.objects.filter(digest__in=list(asked.values_list("digest", flat=True))).delete()
    asked.update(digest="", seed="")


def _dossiers(who: Whom, by: Person | None, now: datetime) -> None:
    """Archives that name the person are withdrawn; a new one says that somebody was erased."""
    ready = Dossier.objects.filter(programme__in=programmes_of(who), state=DossierState.READY)
    for dossier in ready.filter(withdrawn_at=None).select_related("programme"):
        withdraw_dossier(dossier=dossier, by=by, now=now)


def _files(who: Whom, now: datetime) -> None:
    keys = set(
        File.objects.filter(by__in=who.people)
        .exclude(about_kind__in=STAFFS_FILES)
        .values_list("pk", flat=True)
    )
    refs: set[str] = set()
    for holding in HOLDINGS:
        rows = holding.rows(who)
        keys |= files_named(holding, rows)
        if holding.model in OWNED:
            refs |= set(rows.values_list("ref", flat=True))
    keys |= set(File.objects.filter(about_ref__in=refs).values_list("pk", flat=True))
    keys |= set(_papers(who))
    erase_files(keys, now)


def files_named(holding: Holding, rows: QuerySet[Any]) -> set[int]:
    """The keys of the files that rows name."""
    keys: set[int] = set()
    for field in file_fields(holding.of):
        keys |= set(rows.exclude(**{field.name: None}).values_list(field.attname, flat=True))
    return keys


def erase_files(keys: set[int], now: datetime) -> None:
    """Take names and use from files at once; the worker takes their bytes off the disk."""
    sums = files.erase(files=keys, now=now)
    Leftover.objects.bulk_create(
        [Leftover(sha256=each, at=now) for each in sorted(sums)], ignore_conflicts=True
    )


def _papers(who: Whom) -> Iterator[int]:
    """Papers that were printed of published texts: they are made anew, without the name."""
    programmes = programmes_of(who)
    refs = [
        *Edition.objects.filter(report__programme__in=programmes).values_list("ref", flat=True),
        *Version.objects.filter(programme__in=programmes).values_list("ref", flat=True),
    ]
    papers = File.objects.filter(about_kind__in=("report_paper", "guidelines_paper"))
    for ref in refs:
        yield from papers.filter(about_ref__startswith=f"{ref}-").values_list("pk", flat=True)


def _sessions(who: Whom) -> None:
    """End every session; an open page is led to the sign-in page."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    people = {str(pk) for pk in who.people}
    for session in store.get_model_class().objects.iterator():
        if str(session.get_decoded().get(SESSION_KEY)) in people:
            session.delete()


def remove_leftovers(now: datetime) -> int:
    """For the worker: take the bytes off the disk that were left; broken off, it goes on with the rest."""
    left = list(Leftover.objects.filter(at__lte=now).order_by("pk")[:1000])
    gone = 0
    for each in left:
        try:
            files.remove_bytes(each.sha256)
        except OSError as error:
            log.warning("a file could not be taken off the disk (%s)", type(error).__name__)
            continue
        each.delete()
        gone += 1
    return gone
