"""What the programme learns: recommendations, guidelines, and the next programme that starts from them."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from varpa.diary.models import DiaryState, Entry, EntryState
from varpa.guidelines.actions.guidelines import adopt, draft, open_to_all, publish, write_section
from varpa.guidelines.actions.recommendations import consent, offer, take_back
from varpa.guidelines.exporting import exported
from varpa.guidelines.models import Guidelines, Says, ShownAs, Source, Version
from varpa.guidelines.outline import WHOLE
from varpa.guidelines.owning import may_be_named
from varpa.guidelines.queries import concerning, usable
from varpa.guidelines.showing import missing_in
from varpa.guidelines.springs import spring_of
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.kernel.text import LANGUAGES
from varpa.methodology import EvidenceKind, Offset
from varpa.pairs.models import Outcome, Side
from varpa.people.models import Person
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.models import Programme
from varpa.programmes.queries import own_methodology_of
from varpa.site.replay.house import House, name_partners, programme_name
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course
from varpa.site.replay.words import Words

BEFORE = timedelta(days=40)
"""So many days before everything is due the first recommendations are offered."""
FROM_DIARY, OWN_WORDS, NAMED, CONSENTS, REGRETS = 0.55, 0.5, 0.3, 0.85, 0.06
MOST = 60
"""So many pairs are heard at most: of two thousand, nobody reads more."""


def learn(house: House, *, starts_next: bool = True) -> None:
    """Begin the course of the recommendations and of the guidelines, which end in the next programme."""
    house.stage.begin(_learn(house, Random(f"{house.seed}/learning"), starts_next))


def _learn(house: House, chance: Random, starts_next: bool) -> Course:
    yield house.dates.at(house.dates.closes - BEFORE, 17)
    for life in house.lives[:MOST]:
        if not life.over:
            _recommend(house, life, chance)
    day = _due(house)
    yield house.dates.at(day - timedelta(days=2), 18)
    for life in house.lives[:MOST]:
        _answer(house, life, chance)
    yield house.dates.at(day, 10)
    version = _work_out(house, chance)
    if starts_next:
        yield house.dates.at(max(day, house.dates.ends - timedelta(days=3)), 11)
        _start_the_next(house, version)
        return
    # Beside a programme of today no third one lies as a draft: what was learnt is shown to everybody instead.
    house.stage.do(open_to_all, version=version, public=True, by=house.manager)


def _due(house: House) -> date:
    """When the guidelines are due by the calendar; else a little before the end."""
    window = house.window(EvidenceKind.GUIDELINES_PUBLISHED)
    return window.due if window else house.dates.ends - timedelta(days=10)


def _recommend(house: House, life: Life, chance: Random) -> None:
    """The mentor offers a sentence of the diary, the mentee something in own words; not everybody does."""
    kept = Entry.objects.filter(diary__pair=life.pair, diary__state=DiaryState.OPEN, state=EntryState.KEPT)
    entry = kept.order_by("day", "pk").first()
    if entry and chance.random() < FROM_DIARY:
        _offer(house, life.mentor, chance, f"entry:{entry.ref}")
    for side in Side.values:
        if chance.random() < OWN_WORDS:
            person = life.person(side)
            words = Words(person.language, "ceramics", chance).one(f"{side}_recommends")
            _offer(house, person, chance, f"room:{life.pair.ref}", words)


def _offer(house: House, person: Person, chance: Random, asked: str, words: str = "") -> None:
    spring = spring_of(house.programme, person, asked)
    if spring is None:
        return
    sentences = [each.key for passage in spring.passages for each in passage.sentences]
    if not words and not sentences:
        return
    named = chance.random() < NAMED and may_be_named(house.programme, person, clock.now())
    house.stage.do(
        offer,
        programme=house.programme,
        spring=spring,
        chosen=() if words else sentences[:1],
        words=words,
        says=chance.choice(Says.values),
        phase=spring.phase,
        topic=spring.topic,
        shown_as=ShownAs.NAME if named else ShownAs.ROLE,
        by=person,
    )


def _answer(house: House, life: Life, chance: Random) -> None:
    """Who owns the diary now lets the passage be read, or not; some take their own words back."""
    if life.pair.outcome != Outcome.COMPLETED:
        return
    asked = concerning(house.programme, life.mentee)
    for each in asked.filter(pair=life.pair, source=Source.DIARY).order_by("pk"):
        if chance.random() < CONSENTS:
            house.stage.do(consent, recommendation=each, shown_as=ShownAs.ROLE, by=life.mentee)
    for each in asked.filter(by=life.mentee).order_by("pk"):
        if chance.random() < REGRETS:
            house.stage.do(take_back, recommendation=each, by=life.mentee)


def _work_out(house: House, chance: Random) -> Version:
    """The manager notes something, lets the draft be made, edits it, adopts a change, publishes."""
    manager, programme = house.manager, house.programme
    words = {language: Words(language, "ceramics", chance) for language in LANGUAGES}
    _offer(house, manager, chance, "", words[manager.language].one("mentor_recommends"))
    guidelines: Guidelines = house.stage.do(draft, programme=programme, by=manager)
    section = guidelines.sections.get(key=WHOLE)
    texts = {
        language: f"{getattr(section, language)}\n\n{words[language].one('guidelines_said')}"
        for language in LANGUAGES
    }
    said: dict[str, Any] = {"section": section, "texts": texts, "revision": section.revision}
    house.stage.do(write_section, **said, by=manager)
    phase = own_methodology_of(programme).phases[0]
    change = {language: words[language].one("guidelines_change") for language in LANGUAGES}
    # A programme that began from what was learnt says it already.
    if any(said not in phase.text.within(language) for language, said in change.items()):
        value = {language: f"{phase.text.within(language)} {said}" for language, said in change.items()}
        path = f"phases.{phase.key}.text"
        house.stage.do(adopt, programme=programme, path=path, value=value, by=manager)
    return house.stage.do(publish, guidelines=guidelines, by=manager)


def _start_the_next(house: House, version: Version) -> None:
    """The lead partner starts the next programme from what this one has learnt."""
    methodology = exported(version, Path(settings.METHODOLOGIES)).after
    starts = house.dates.ends + timedelta(days=1)
    ends = Offset(methodology.months).on(starts) - timedelta(days=1)
    following = house.stage.do(
        begin_programme,
        organisation=house.programme.organisation,
        methodology=methodology,
        ref=new_ref(),
        name=programme_name(methodology, starts, ends),
        starts=starts,
        ends=ends,
        by=house.lead,
    )
    name_partners(house.stage, following, by=house.lead)


def learnt(programme: Programme) -> dict[str, Any]:
    """What came of it, for the account: the languages are those in which nothing is missing."""
    versions = list(Version.objects.filter(programme=programme))
    missing = (
        {code for texts in versions[0].texts.values() for code in missing_in(texts)} if versions else set()
    )
    return {
        "versions": len(versions),
        "recommendations": usable(programme).count(),
        "languages": [code for code in LANGUAGES if versions and code not in missing],
    }
