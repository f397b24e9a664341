"""Taking somebody's words and name out of what a programme has published, or writes (R11).

Advice stays where others are taught with it: in a methodology that came of guidelines only the name goes.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.utils.html import escape

from varpa.dossier.declined import Calls, forms_of, parts_of
from varpa.dossier.naming import everywhere, texts_in
from varpa.drafts.models import Draft
from varpa.guidelines.models import Change, Consent, Recommendation, Source, Version
from varpa.guidelines.models import Section as GuidelinesSection
from varpa.guidelines.showing import Quoted, without_gaps
from varpa.methodology import digest, from_json
from varpa.methodology.surveys import AskKind
from varpa.news.models import News
from varpa.people.models import Person
from varpa.privacy.lineage import came_of
from varpa.privacy.names import without_names
from varpa.privacy.whom import Whom
from varpa.programmes.models import Membership, MethodologyVersion, Programme, Role
from varpa.reports.models import Comment, Edition
from varpa.reports.models import Section as ReportSection
from varpa.surveys.models import Question, Sheet

TELLING: Final = 25
"""From so many signs on a line or a sentence is nobody else's by chance."""
_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")

TEXTS: Final = (
    ("surveys.Theme", "question__survey__programme", ("text",)),
    ("events.Event", "programme", ("title", "text", "reason")),
    ("events.AgendaItem", "event__programme", ("title",)),
    ("events.Material", "item__event__programme", ("title",)),
    ("events.Question", "event__programme", ("answer",)),
    ("guidelines.Recommendation", "programme", ("text",)),
    ("reports.Comment", "report__programme", ("text",)),
)
"""What staff wrote for the programme, and others for what is published next, stays without the name: model,
the way to the programme, fields.
"""

TOLD: Final = (
    ("guidelines.Version", "programme", ("texts", "quoted")),
    ("guidelines.Section", "guidelines__programme", ("lv", "lt", "en")),
    ("guidelines.Recommendation", "programme", ("text",)),
    ("reports.Edition", "report__programme", ("papers",)),
    ("reports.Section", "report__programme", ("text",)),
    ("reports.Comment", "report__programme", ("text",)),
    ("news.News", "programme", ("title", "text")),
    ("events.Event", "programme", ("title",)),
    ("pairs.Plan", "pair__programme", ("own_words",)),
    ("pairs.PlanAnswer", "plan__pair__programme", ("text",)),
    ("profiles.Part", "profile__pair__programme", ("text",)),
    ("profiles.Approval", "part__profile__pair__programme", ("text",)),
)
"""What the dossier packs, and what the next edition and version are made of."""


def programmes_of(who: Whom) -> list[int]:
    """The keys of the programmes in which somebody is or was."""
    return list(Membership.objects.filter(pk__in=who.members).values_list("programme", flat=True))


def take_out_words(who: Whom, now: datetime) -> None:
    """Words that were quoted or copied leave what is published or being written, and the name all of it."""
    programmes = programmes_of(who)
    mine = Recommendation.objects.filter(by__in=who.people) | Recommendation.objects.filter(
        pair__mentee__in=who.members
    )
    from_surveys = _taken_from(who)
    mine |= Recommendation.objects.filter(pk__in=from_surveys)
    refs = set(mine.values_list("ref", flat=True))
    words = _only_theirs(who, programmes, refs)
    Recommendation.objects.filter(pk__in=from_surveys).update(text="")
    Consent.objects.filter(recommendation__in=from_surveys, withdrawn_at=None).update(withdrawn_at=now)
    for version in Version.objects.filter(programme__in=programmes):
        left = [each for each in version.quoted if each["ref"] not in refs]
        _save(version, {"quoted": left, "texts": _without_quotations(version, refs)}, who, words)
    _methodologies(who, programmes)
    for edition in Edition.objects.filter(report__programme__in=programmes):
        said = {"papers": edition.papers, "figures": edition.figures, "early_reason": edition.early_reason}
        _save(edition, said, who, words)
    for section in ReportSection.objects.filter(report__programme__in=programmes):
        _save(section, {"text": section.text}, who, words)
    for part in GuidelinesSection.objects.filter(guidelines__programme__in=programmes):
        _save(part, {"lv": part.lv, "lt": part.lt, "en": part.en}, who, words)
    _called_alone(who)
    _by_others(who, programmes, words)


def _by_others(who: Whom, programmes: list[int], words: frozenset[str]) -> None:
    """What others wrote stays without the name; news also without words that were copied into it."""
    for news in News.objects.filter(programme__in=programmes):
        _save(news, {"title": news.title, "text": news.text}, who, words)
        news.refresh_from_db()
        # It is sought by folded words, among which no name would be found to be taken out.
        News.objects.filter(pk=news.pk).update(search_text=news.searched_as)
    for label, path, names in TEXTS:
        for row in apps.get_model(label)._base_manager.filter(**{f"{path}__in": programmes}):
            _save(row, {name: getattr(row, name) for name in names}, who)


def _called_alone(who: Whom) -> None:
    """A word of a pupil's name alone leaves what the dossier packs and what is published next.

    The dossier calls pupils by initials, and would know this one no more. A word that others of the programme
    bear too may be theirs, and stays.
    """
    pupils = Membership.objects.filter(pk__in=who.members, role=Role.MENTEE)
    mine = [each.name for each in Person.objects.filter(pk__in=who.people) if each.name]
    for programme in Programme.objects.filter(pk__in=pupils.values("programme")).select_related(
        "organisation"
    ):
        others = Membership.objects.filter(programme=programme).exclude(person__in=who.people)
        names = [programme.organisation.name, *others.values_list("person__name", flat=True)]
        theirs = {form.lower() for name in names for word in parts_of(name) for form in forms_of(word)}
        for label, path, fields in TOLD:
            for row in apps.get_model(label)._base_manager.filter(**{path: programme}):
                values = {name: getattr(row, name) for name in fields}
                text = "\n".join(texts_in(values))
                calls = Calls(text)
                for name in mine:
                    calls.instead(name, "…", "…")
                calls.leave(theirs)
                if not calls.is_empty:
                    for name in names:
                        calls.stays(name)
                    _change(row, everywhere(values, calls.read))


def _only_theirs(who: Whom, programmes: list[int], refs: set[str]) -> frozenset[str]:
    """The lines and sentences of what was theirs, without those that somebody else has said too."""
    offered = Recommendation.objects.filter(programme__in=programmes)
    comments = Comment.objects.filter(report__programme__in=programmes)
    said = [
        *offered.filter(ref__in=refs).values_list("text", flat=True),
        *comments.filter(membership__in=who.members).values_list("text", flat=True),
    ]
    others = [
        *offered.exclude(ref__in=refs).values_list("text", flat=True),
        *comments.exclude(membership__in=who.members).values_list("text", flat=True),
    ]
    parts = {part.strip() for text in said for part in (*text.splitlines(), *_END.split(text))}
    there = " ".join(" ".join(text.split()) for text in others)
    return frozenset(part for part in parts if part and " ".join(part.split()) not in there)


def _without_quotations(version: Version, refs: set[str]) -> dict[str, dict[str, str]]:
    """What stands in published guidelines without these quotations: the words and whose they are."""
    texts: dict[str, dict[str, str]] = version.texts
    for each in version.quoted:
        if each["ref"] in refs and each["text"]:
            others = [one for one in version.quoted if one["text"] == each["text"] and one["ref"] not in refs]
            quotation = _quotation(each, [one["name"] for one in others if one["name"]])
            # Of several who said the same one goes.
            most = 1 if others else 0
            texts = {
                key: {code: without_gaps(quotation.sub("", text, most)) for code, text in said.items()}
                for key, said in texts.items()
            }
    return texts


def _quotation(quote: Quoted, others: Iterable[str]) -> "re.Pattern[str]":
    """A quotation as it stands in published guidelines, signed by its author and by none of these others."""
    lines = [*quote["text"].splitlines(), "", "—"]
    block = "\n".join(re.escape(f"> {line}".rstrip()) for line in lines)
    signed = re.escape(quote["name"]) or "".join(f"(?!{re.escape(name)})" for name in others)
    return re.compile(rf"{block} {signed}[^\n]*")


def _taken_from(who: Whom) -> list[int]:
    """Recommendations that were taken from their answers to a named survey; what others said too stays."""
    found: list[int] = []
    for sheet in Sheet.objects.filter(membership__in=who.members):
        others = Sheet.objects.filter(survey=sheet.survey_id).exclude(membership__in=who.members)
        for question in Question.objects.filter(survey=sheet.survey_id, kind=AskKind.TEXT):
            said = sheet.values.get(question.key, "")
            answered = others.filter(values__has_key=question.key)
            elsewhere = [*answered.values_list(f"values__{question.key}", flat=True)] if said else []
            taken = Recommendation.objects.filter(source=Source.SURVEY, source_ref=question.ref)
            for pk, text in taken.values_list("pk", "text") if said else ():
                if _is_part(text, said) and not any(_is_part(text, other) for other in elsewhere):
                    found.append(pk)
    return found


def _is_part(text: str, said: str) -> bool:
    """Whether a recommendation is made of sentences of an answer (springs.text_of)."""
    flat = " ".join(said.split())
    return bool(text) and all(" ".join(part.split()) in flat for part in text.split(" … "))


def _methodologies(who: Whom, programmes: list[int]) -> None:
    """What others were taught with stays; whose advice it was is said no more, in whatever came of it."""
    came = came_of(programmes)
    for taken in MethodologyVersion.objects.filter(pk__in=came).select_related("text"):
        data = unsaid(taken.text.data, who)
        if data != taken.text.data:
            # Every process remembers a methodology by its digest; with another one it is read anew.
            taken.text.data, taken.digest = data, digest(from_json(data))
            taken.text.save(update_fields=["data"])
            taken.save(update_fields=["digest"])
    for draft in Draft.objects.filter(based_on__in=came):
        _save(draft, {"data": draft.data, "taken_out": draft.taken_out}, who)
    # Wording of a programme's own begins with the words that stood there.
    for programme in Programme.objects.filter(methodology_version__in=came):
        _save(programme, {"overrides": programme.overrides}, who)
    for change in Change.objects.filter(programme__methodology_version__in=came):
        _save(change, {"value": change.value}, who)
    for version in Version.objects.filter(programme__methodology_version__in=came):
        _save(version, {"texts": version.texts, "changes": version.changes}, who)


def _save(row: Model, values: dict[str, Any], who: Whom, words: frozenset[str] = frozenset()) -> None:
    """Take the names out of a row, and what is somebody's words."""
    _change(row, {name: unsaid(value, who, words) for name, value in values.items()})


def _change(row: Model, changed: dict[str, Any]) -> None:
    told = {name: value for name, value in changed.items() if value != getattr(row, name)}
    if told:
        type(row)._base_manager.filter(pk=row.pk).update(**told)


def unsaid(value: Any, who: Whom, words: frozenset[str] = frozenset()) -> Any:
    """A value without the names of somebody, and without words that are theirs."""

    def said(text: str) -> str:
        text = _pattern(words).sub("…", text) if words else text
        for name in who.names:
            text = text.replace(name, "…").replace(escape(name), "…")
        return without_names(text, who.names)

    return everywhere(value, said)


@lru_cache(maxsize=4)
def _pattern(words: frozenset[str]) -> "re.Pattern[str]":
    """Those that tell whose they are wherever they stand, also broken into other lines; short ones where
    they are a whole line of a quotation.
    """
    longest = sorted(words, key=len, reverse=True)
    found = [_broken(each) for each in longest if len(each) >= TELLING]
    quoted = [rf"(?m:(?<=^> ){re.escape(each)}[ \t]*$)" for each in longest if "\n" not in each]
    return re.compile("|".join([*found, *quoted]))


def _broken(text: str) -> str:
    """A text as it may be written on other lines, in Markdown or as HTML."""
    forms = dict.fromkeys((text, escape(text)))
    return "|".join(r"\s+(?:>\s*)?".join(map(re.escape, form.split())) for form in forms)
