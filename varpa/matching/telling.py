"""Why these two, in words: made from plain values, so that a kept result is told in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from varpa.matching.cohort import Mentee, Mentor
from varpa.matching.parts import FULL, PartKey
from varpa.matching.sayings import words_of
from varpa.programmes.week import TIMES, time_name
from varpa.sectors.sectors import nearness, section_in_common, sector_name
from varpa.ui import words

GOOD, POOR = 0.6, 0.25
"""Of a part: from here on it speaks for the two, up to there against."""
SHARED = frozenset({"language", "availability", "means"})
"""Parts of which one thing in common speaks for the two already."""
NEAR_SECTOR = 500
SHOWN = 3


PARTS = tuple(key.value for key in PartKey)
UNKNOWN = {
    "interests": gettext_lazy("interests"),
    "topic": gettext_lazy("topic or experience"),
    "language": gettext_lazy("languages"),
    "distance": gettext_lazy("town"),
    "availability": gettext_lazy("times of the week"),
    "means": gettext_lazy("means of communication"),
}
AGAINST = {
    "interests": gettext_lazy("other interests"),
    "language": gettext_lazy("no language in common"),
    "availability": gettext_lazy("no time in common"),
    "means": gettext_lazy("no means in common"),
    "wishes": gettext_lazy("something else was wished for"),
}


@dataclass(frozen=True)
class Facts:
    """What was measured of two: each known part, nought to a thousand, and the kilometres where known."""

    parts: Mapping[str, int] = field(default_factory=dict)
    km: float | None = None


@dataclass(frozen=True)
class Reasons:
    """Sentences without a verb, in the reader's language; `unknown` are parts that nobody has answered."""

    speaks_for: list[str]
    speaks_against: list[str]
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Without:
    """Why a mentee has no mentor. `why`: nobody, full, a hard rule, or "" (several).

    `count`: how many mentors would suit (full) or would be possible without the rule `helps`; `best`: the
    keys of those with whom `more` places would surely help: one, else as many as there are mentees who may
    come before; `opens`: of who is full, how many others would be
    possible without the rule `helps`; `taken`: how many would be without one rule, and have no place left.
    """

    why: str
    count: int = 0
    helps: str = ""
    best: tuple[str, ...] = ()
    opens: int = 0
    taken: int = 0
    more: int = 1


@dataclass(frozen=True)
class Unplaced:
    """Why nobody was found for a mentee, and what would help, in words."""

    why: str
    would_help: str


def told(mentee: Mentee, mentor: Mentor, facts: Facts, means: Mapping[str, Any] | None = None) -> Reasons:
    """What speaks for and against two. `means`: the names of the means of communication by their keys."""
    found = Reasons([], [], [])
    for key in PARTS:
        part = facts.parts.get(key)
        if part is None:
            # Most have no wish, and need none.
            found.unknown.extend([_unknown(key)] if key in UNKNOWN else [])
        elif _speaks_for(key, part, mentee, mentor):
            found.speaks_for.append(_good(key, mentee, mentor, facts, means or {}))
        elif part <= POOR * FULL and key != PartKey.TOPIC:
            found.speaks_against.append(_poor(key, facts))
    both = mentee.means & mentor.means
    if both and both <= mentee.lacking:
        found.speaks_against.append(_("what both have goes best at a computer, and there is none at home"))
    return Reasons([each for each in found.speaks_for if each], found.speaks_against, found.unknown)


def _speaks_for(key: str, part: int, mentee: Mentee, mentor: Mentor) -> bool:
    """A whole section in common is said though it is only half of the part; earlier runs took it for less."""
    if key == PartKey.INTERESTS and part > POOR * FULL and _sections(mentee, mentor):
        return True
    return part >= GOOD * FULL or (key in SHARED and part > 0)


def _unknown(key: str) -> str:
    return str(UNKNOWN[key])


def _poor(key: str, facts: Facts) -> str:
    return _far(facts) if key == PartKey.DISTANCE else str(AGAINST[key])


def _far(facts: Facts) -> str:
    return _("%(count)d km") % {"count": round(facts.km or 0)}


def _good(key: str, mentee: Mentee, mentor: Mentor, facts: Facts, means: Mapping[str, Any]) -> str:
    if key == PartKey.INTERESTS:
        return _interests(mentee, mentor)
    if key == PartKey.TOPIC:
        return _topic(mentee, mentor)
    if key == PartKey.LANGUAGE:
        return _listed([words.language_name(each) for each in sorted(mentee.languages & mentor.languages)])
    if key == PartKey.WISHES:
        return _("answers a wish")
    if key == PartKey.DISTANCE:
        return _far(facts) if facts.km else _("the same place")
    if key == PartKey.AVAILABILITY:
        times = sorted(mentee.availability & mentor.availability, key=in_the_week)
        return _listed([time_name(each) for each in times])
    both = sorted(mentee.means & mentor.means)
    return _listed([str(means.get(each, each)) for each in both])


def in_the_week(time: str) -> tuple[int, str]:
    """By which times of the week are sorted; a word that is none comes last."""
    return (TIMES.index(time) if time in TIMES else len(TIMES), time)


def _interests(mentee: Mentee, mentor: Mentor) -> str:
    same = [each for each in mentee.interests if each in mentor.sectors]
    whole = _sections(mentee, mentor)
    near = [
        each
        for each in mentee.interests
        if any(
            nearness(each, other) >= NEAR_SECTOR and not section_in_common(each, other)
            for other in mentor.sectors
        )
    ]
    names = _listed([sector_name(each) for each in same or near or whole])
    both = same or not near
    return _("both: %(names)s") % {"names": names} if both else _("near: %(names)s") % {"names": names}


def _sections(mentee: Mentee, mentor: Mentor) -> list[str]:
    """The sections that one of the two has told whole, and the other a part of."""
    found = [section_in_common(each, other) for each in mentee.interests for other in mentor.sectors]
    return list(dict.fromkeys(filter(None, found)))


def _topic(mentee: Mentee, mentor: Mentor) -> str:
    shared = words_of(mentee.topic) & words_of(mentor.experience)
    words = [
        word for word in mentee.topic.replace(",", " ").replace(".", " ").split() if words_of(word) & shared
    ]
    return _("the topic: %(words)s") % {"words": _listed(list(dict.fromkeys(words)))}


def _listed(names: list[str]) -> str:
    return ", ".join(names[:SHOWN])


def told_without(without: Without, names: Mapping[str, str]) -> Unplaced:
    """Why a mentee has no mentor and what would help; `names` of mentors by their keys."""
    if without.why == "nobody":
        return Unplaced(_("There are no mentors."), _("Invite mentors."))
    if without.why == "full":
        why = ngettext(
            "The %(count)d mentor who would suit has no free place.",
            "None of the %(count)d mentors who would suit has a free place.",
            without.count,
        )
        best = _listed([names.get(each, each) for each in without.best])
        helps = [_places(without.more, best)]
        helps += [_lifted(without.helps, without.opens)] if without.helps else []
        return Unplaced(why % {"count": without.count}, " ".join(helps))
    why = _ruled_out(without.why)
    if without.taken and not without.count:
        return Unplaced(why, _("Another mentor: whoever would be possible without a rule has no free place."))
    if not without.count:
        return Unplaced(why, _("Another mentor: more than one rule stands against each of these."))
    return Unplaced(why, _lifted(without.helps, without.count))


def _places(more: int, names: str) -> str:
    if more == 1:
        return _("One more place with: %(names)s.") % {"names": names}
    words = ngettext(
        "One more place may go to somebody else first; with %(count)d more place with one of these it "
        "is sure: %(names)s.",
        "One more place may go to somebody else first; with %(count)d more places with one of these it "
        "is sure: %(names)s.",
        more,
    )
    return words % {"count": more, "names": names}


def _lifted(rule: str, count: int) -> str:
    words = ngettext(
        "Without this rule %(count)d mentor would be possible: %(rule)s.",
        "Without this rule %(count)d mentors would be possible: %(rule)s.",
        count,
    )
    return words % {"count": count, "rule": rule_name(rule)}


def _ruled_out(name: str) -> str:
    return {
        "language": _("No mentor shares a language with the mentee."),
        "means": _("No mentor has a means of communication that the mentee has too."),
        "apart": _("All mentors are of the mentee's own school or firm."),
        "distance": _("All mentors are too far away."),
        "travel": _("All mentors are further away than the mentee can travel."),
        "veto": _("Somebody has asked that none of these mentors be the one."),
        "forbidden": _("The staff have forbidden each of these mentors."),
        "refused": _("With each of these mentors one of the two has said “rather not” before."),
        "parted": _("With each of these mentors a pair was ended before."),
    }.get(name, _("No mentor is allowed by the rules."))


def not_then(name: str) -> str:
    """Why two were not possible when a run was made; of a wish in confidence not whose."""
    return {
        "veto": _("When this was matched, a rule in confidence stood between the two."),
        "forbidden": _("When this was matched, the staff had decided that the two are not together."),
        "refused": _("When this was matched, one of the two had said “rather not”."),
        "parted": _("When this was matched, the two had been a pair that was ended."),
    }[name]


def rule_name(name: str) -> str:
    """What a hard rule is called."""
    return {
        "language": _("a shared language"),
        "means": _("a means that both have"),
        "apart": _("not of the same school or firm"),
        "distance": _("the distance"),
        "travel": _("how far the mentee can travel"),
        "veto": _("a wish not to be paired"),
        "forbidden": _("what the staff have forbidden"),
        "refused": _("a “rather not” that was said before"),
        "parted": _("a pair that was ended before"),
    }[name]
