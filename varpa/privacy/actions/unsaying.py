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

from varpa.drafts.models import Draft
from varpa.guidelines.models import Change, Consent, Recommendation, Source, Version
from varpa.guidelines.models import Section as GuidelinesSection
from varpa.guidelines.showing import without_gaps
from varpa.kernel.text import TranslatedText
from varpa.methodology import digest, from_json
from varpa.methodology.surveys import AskKind
from varpa.news.models import News
from varpa.privacy.lineage import came_of
from varpa.privacy.names import without_names
from varpa.privacy.whom import Whom
from varpa.programmes.models import Membership, MethodologyVersion, Programme
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
)
"""What staff wrote for the programme stays, without the name: model, the way to the programme, fields."""


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
    words = [*mine.values_list("text", flat=True)]
    words += Comment.objects.filter(membership__in=who.members).values_list("text", flat=True)
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
    _by_staff(who, programmes, words)


def _by_staff(who: Whom, programmes: list[int], words: list[str]) -> None:
    """What staff wrote stays without the name; news also without words that were copied into it."""
    for news in News.objects.filter(programme__in=programmes):
        _save(news, {"title": news.title, "text": news.text}, who, words)
        news.refresh_from_db()
        # It is sought by folded words, among which no name would be found to be taken out.
        News.objects.filter(pk=news.pk).update(search_text=news.searched_as)
    for label, path, names in TEXTS:
        for row in apps.get_model(label)._base_manager.filter(**{f"{path}__in": programmes}):
            _save(row, {name: getattr(row, name) for name in names}, who)


def _without_quotations(version: Version, refs: set[str]) -> dict[str, dict[str, str]]:
    """What stands in published guidelines without these quotations: the words and whose they are."""
    texts = version.texts
    stay = {each["text"] for each in version.quoted if each["ref"] not in refs}
    for each in version.quoted:
        if each["ref"] in refs and each["text"]:
            lines = [*each["text"].splitlines(), "", "— "]
            block = re.compile("\n".join(re.escape(f"> {line}".rstrip()) for line in lines) + r" [^\n]*")
            # Of two who said the same one goes.
            most = 1 if each["text"] in stay else 0
            texts = {
                key: {code: without_gaps(block.sub("", text, most)) for code, text in said.items()}
                for key, said in texts.items()
            }
    return texts


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


def _save(row: Model, values: dict[str, Any], who: Whom, words: Iterable[str] = ()) -> None:
    """Take the names out of a row, and what is somebody's words."""
    said = frozenset(filter(None, words))
    changed = {name: unsaid(value, who, said) for name, value in values.items()}
    told = {name: value for name, value in changed.items() if value != getattr(row, name)}
    if told:
        type(row)._base_manager.filter(pk=row.pk).update(**told)


def unsaid(value: Any, who: Whom, words: frozenset[str] = frozenset()) -> Any:
    """A value without the names of somebody, and without words that are theirs."""
    if isinstance(value, TranslatedText):
        return TranslatedText(**unsaid(value.as_dict(), who, words))
    if isinstance(value, dict):
        return {key: unsaid(each, who, words) for key, each in value.items()}
    if isinstance(value, list):
        return [unsaid(each, who, words) for each in value]
    if not isinstance(value, str):
        return value
    value = _pattern(words).sub("…", value) if words else value
    for name in who.names:
        value = value.replace(name, "…").replace(escape(name), "…")
    return without_names(value, who.names)


@lru_cache(maxsize=4)
def _pattern(words: frozenset[str]) -> "re.Pattern[str]":
    """Whole lines where they are quoted; lines and sentences that tell whose they are wherever they stand,
    also broken into other lines.
    """
    lines = {line.strip() for text in words for line in text.splitlines()} - {""}
    telling = lines | {part.strip() for text in words for part in _END.split(text)}
    found = [_broken(each) for each in sorted(telling, key=len, reverse=True) if len(each) >= TELLING]
    quoted = [rf"(?m:(?<=^> ){re.escape(line)}[ \t]*$)" for line in sorted(lines)]
    return re.compile("|".join([*found, *quoted]))


def _broken(text: str) -> str:
    """A text as it may be written on other lines, in Markdown or as HTML."""
    forms = dict.fromkeys((text, escape(text)))
    return "|".join(r"\s+(?:>\s*)?".join(map(re.escape, form.split())) for form in forms)
