"""Drafting, editing and publishing the guidelines; adopting changes for the next methodology."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.diary.parts import lines_of
from varpa.evaluation.actions import show_evidence
from varpa.guidelines.adopting import as_overrides
from varpa.guidelines.counting import lines_by_step, recount
from varpa.guidelines.drafting import drafted
from varpa.guidelines.holding import faults_of, faults_of_change
from varpa.guidelines.models import Change, Guidelines, Recommendation, Section, Version
from varpa.guidelines.numbering import free_version
from varpa.guidelines.outline import WHOLE, steps_of
from varpa.guidelines.queries import figures_of, read, sections_of, tallies, usable, with_consent
from varpa.guidelines.showing import Quoted, quoted, refs_in, shown, without_gaps
from varpa.history.actions import record
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.methodology import EvidenceKind, overrides
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, own_methodology_of, today_of

TRIES = 5
COPIED = 25
"""From so many letters on, a sentence that was taken back is looked for in the text of a section."""


class NothingWritten(Refusal):
    sentence = _("There is nothing to publish yet: let the guidelines be drafted first.")


class WordsTakenBack(Refusal):
    """Somebody copied a quotation into the text, and its author has taken it back since."""

    sentence = _(
        "In “{section}” stand words that were taken back by whoever wrote them. Take them out, then publish."
    )


class OthersPublish(Refusal):
    sentence = _("Other programmes publish their guidelines at this moment. Nothing is lost: try once more.")


class CannotAdopt(Refusal):
    sentence = _("This change does not fit the methodology: {problems}")


class DoesNotHold(Refusal):
    """Of what stands there no methodology could come, and no programme begin."""

    sentence = _(
        "Nothing is published yet: the next methodology would not hold. {problems} Change the section or the "
        "adopted change that this comes of, then publish."
    )


class NothingChanged(Refusal):
    sentence = _("This is what the methodology says already.")


@transaction.atomic
def draft(*, programme: Programme, by: Person, now: datetime) -> Guidelines:
    """Draft every section that nobody has edited yet from figures and recommendations."""
    guidelines, _made = Guidelines.objects.get_or_create(programme=programme, defaults={"begun_at": now})
    Guidelines.objects.select_for_update().get(pk=guidelines.pk)
    methodology, counted = methodology_of(programme), tallies(programme)
    figures = lines_by_step(programme, figures_of(programme, now), today_of(programme, now))
    standing = sections_of(guidelines)
    quotes = list(usable(programme).order_by("pk"))
    for step in steps_of(methodology):
        section = standing.get(step.key) or Section(guidelines=guidelines, key=step.key)
        if section.edited_at:
            continue
        here = [each for each in quotes if each.phase == _phase_of(step.key)]
        lines = figures[step.key]
        texts = drafted(programme, lines, counted.get(_phase_of(step.key)), here)
        if section.pk is None:
            section.save()
        # Whoever saves a section at this moment is first: what a person wrote is not drafted over (R13).
        untouched = Section.objects.filter(pk=section.pk, revision=section.revision)
        untouched.update(**texts, counted=lines, revision=section.revision + 1)
    _record("guidelines.draft", guidelines, programme, by=by, now=now)
    return guidelines


@transaction.atomic
def write_section(
    *, section: Section, texts: dict[str, str], revision: int, by: Person, now: datetime
) -> None:
    """Save the words of a section; raises merging.Conflict where somebody was first (R13)."""
    said = {language: texts.get(language, getattr(section, language)).strip() for language in LANGUAGES}
    if all(getattr(section, language) == text for language, text in said.items()):
        return
    if save_text(section, revision=revision, texts=said, edited_at=now):
        guidelines = section.guidelines
        _record("guidelines.write", guidelines, guidelines.programme, by=by, now=now, section=section.key)


@transaction.atomic
def publish(*, guidelines: Guidelines, by: Person, now: datetime) -> Version:
    """Freeze what stands there as a version that members read. The same once more is the same version.

    Figures that nobody has reworded are those of today; a gap that nobody has filled is not printed.
    """
    programme = guidelines.programme
    Guidelines.objects.select_for_update().get(pk=guidelines.pk)
    sections = [each for each in guidelines.sections.all() if each.lv or each.lt or each.en]
    if not sections:
        raise NothingWritten()
    _count_anew(programme, sections, now)
    _require_nothing_taken_back(programme, sections)
    quotes = _quotes(programme, sections, today_of(programme, now))
    texts = {
        each.key: {
            code: without_gaps(shown(programme, getattr(each, code), quotes, code)) for code in LANGUAGES
        }
        for each in sections
    }
    texts = {key: said for key, said in texts.items() if any(said.values())}
    if not texts:
        raise NothingWritten()
    changes = dict(programme.changes.filter(withdrawn_at=None).values_list("path", "value"))
    last = Version.objects.filter(programme=programme).first()
    version = Version(
        programme=programme,
        number=last.number + 1 if last else 1,
        texts=texts,
        quoted=list(quotes.values()),
        changes=changes,
        by=by,
        at=now,
        public_at=last.public_at if last else None,
        methodology_key=programme.methodology_version.key,
    )
    faults = faults_of(version)
    if faults:
        raise DoesNotHold(problems=faults)
    if last and (last.texts, last.quoted, last.changes) == (texts, version.quoted, changes):
        return last
    _number(version)
    in_it = Recommendation.objects.filter(programme=programme, ref__in=quotes, published_at=None)
    in_it.update(published_at=now)
    _record("guidelines.publish", version, programme, by=by, now=now, version=version.number)
    day, kind = today_of(programme, now), EvidenceKind.GUIDELINES_PUBLISHED
    show_evidence(programme=programme, kind=kind, day=day, by=by, now=now)
    return version


def _count_anew(programme: Programme, sections: Iterable[Section], now: datetime) -> None:
    """Figures that nobody has reworded are published as they are now, with their day."""
    figures = lines_by_step(programme, figures_of(programme, now), today_of(programme, now))
    for each in sections:
        if recount(each, figures.get(each.key, {})):
            told = {name: getattr(each, name) for name in (*LANGUAGES, "counted")}
            mine = Section.objects.filter(pk=each.pk, revision=each.revision)
            if not mine.update(**told, revision=each.revision + 1):
                # Whoever saved it at this moment was first.
                each.refresh_from_db()


def _number(version: Version) -> None:
    """Save it with the version that it becomes; where another programme was first, with the next one."""
    for _turn in range(TRIES):
        version.becomes = free_version(version.programme)
        try:
            with transaction.atomic():
                version.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise OthersPublish()


@transaction.atomic
def open_to_all(*, version: Version, public: bool, by: Person, now: datetime) -> None:
    """Let anybody read a version without signing in, or members only. Twice is once."""
    found = Version.objects.filter(pk=version.pk, public_at__isnull=public)
    if found.update(public_at=now if public else None):
        verb = "guidelines.open" if public else "guidelines.close"
        _record(verb, version, version.programme, by=by, now=now, version=version.number)


@transaction.atomic
def adopt(
    *, programme: Programme, path: str, value: Any, by: Person, now: datetime, over: int | None = None
) -> Change:
    """Adopt a change of the methodology for the programmes that come next; another one of it is replaced.

    `over` is the key of the change upon which a wording was written, 0 for none: where by now another one
    stands there it raises merging.Conflict, with the languages as `text_lv`, `text_lt`, `text_en`.
    """
    methodology = own_methodology_of(programme)
    found = faults_of_change(programme, path, value)
    if found:
        raise CannotAdopt(problems=" ".join(found))
    if overrides.apply(methodology, as_overrides({path: value})) == methodology:
        raise NothingChanged()
    standing = programme.changes.filter(path=path, withdrawn_at=None)
    known = standing.filter(value=value).first()
    if known:
        return known
    other = standing.first() if over is not None else None
    if other and other.pk != over:
        raise Conflict(stored=_texts(other.value), given=_texts(value), revision=other.pk)
    standing.update(withdrawn_at=now)
    change = Change.objects.create(programme=programme, path=path, value=value, by=by, at=now)
    _record("guidelines.adopt", change, programme, by=by, now=now)
    return change


@transaction.atomic
def drop(*, change: Change, by: Person, now: datetime) -> None:
    """Leave the methodology in this as it is."""
    if Change.objects.filter(pk=change.pk, withdrawn_at=None).update(withdrawn_at=now):
        _record("guidelines.drop", change, change.programme, by=by, now=now)


def _texts(value: dict[str, str]) -> dict[str, str]:
    return {f"text_{language}": value.get(language, "") for language in LANGUAGES}


def _phase_of(step: str) -> str:
    """What a recommendation on a step has as its phase."""
    return "" if step == WHOLE else step


def _quotes(programme: Programme, sections: Iterable[Section], today: date) -> dict[str, Quoted]:
    """The quotations of the sections that may be read now; held, so that none is taken back meanwhile."""
    named = refs_in(getattr(each, code) for each in sections for code in LANGUAGES)
    mine = Recommendation.objects.select_for_update().filter(programme=programme, ref__in=named)
    held = list(mine.values_list("pk", flat=True))
    found = {each.ref: quoted(each) for each in read(usable(programme).filter(pk__in=held), today)}
    return {ref: found[ref] for ref in named if ref in found}


def _require_nothing_taken_back(programme: Programme, sections: Iterable[Section]) -> None:
    gone = Recommendation.objects.filter(programme=programme).exclude(with_consent())
    lost = [words for text in gone.values_list("text", flat=True) for words in _sentences(text)]
    names = {step.key: step.name for step in steps_of(methodology_of(programme))}
    for section in sections:
        written = " ".join(f"{section.lv} {section.lt} {section.en}".replace(">", " ").split())
        if any(len(words) >= COPIED and words in written for words in lost):
            raise WordsTakenBack(section=names.get(section.key, section.key))


def _sentences(text: str) -> list[str]:
    """The sentences of a text as they are sought in another one, without the mark between two of them."""
    parts = [part.text.removesuffix("…") for line in lines_of(text, set()) for part in line]
    return [" ".join(part.replace(">", " ").split()) for part in parts]


def _record(
    verb: str, thing: Any, programme: Programme, *, by: Person, now: datetime, **details: str | int
) -> None:
    record(verb, thing, now=now, by=by, programme_ref=programme.ref, details=details)
