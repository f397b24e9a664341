"""Why these two: what speaks for a pair, what against it, and for whom nobody was found what would help."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from varpa.matching.cohort import Mentee, Mentor
from varpa.matching.matching import Run
from varpa.matching.suitability import FULL, PartKey, stems
from varpa.sectors.sectors import nearness, sector

GOOD, POOR = 0.6, 0.25
"""Of a part: from here on it speaks for the two, up to there against."""
NEAR_SECTOR = 500
SHOWN = 3


@dataclass(frozen=True)
class Reasons:
    """Sentences without a verb, in the reader's language."""

    speaks_for: list[str]
    speaks_against: list[str]


def reasons(run: Run, row: int, column: int) -> Reasons:
    """What speaks for and against a mentee (by row) and a mentor (by column)."""
    mentee, mentor = run.cohort.mentees[row], run.cohort.mentors[column]
    found = Reasons([], [])
    for key in PartKey:
        part = run.suitability.parts[key][row, column]
        if np.isnan(part):
            continue
        words = _words(run, key, mentee, mentor, row, column)
        if part >= GOOD * FULL or (key == PartKey.LANGUAGE and part > 0):
            found.speaks_for.append(words[0])
        elif part <= POOR * FULL:
            found.speaks_against.append(words[1])
    return Reasons(
        [each for each in found.speaks_for if each], [each for each in found.speaks_against if each]
    )


def _words(run: Run, key: PartKey, mentee: Mentee, mentor: Mentor, row: int, column: int) -> tuple[str, str]:
    if key == PartKey.INTERESTS:
        return _interests(mentee, mentor), _("other interests")
    if key == PartKey.TOPIC:
        return _topic(mentee, mentor), ""
    if key == PartKey.LANGUAGE:
        shared = [language_name(each) for each in sorted(mentee.languages & mentor.languages)]
        return _listed(shared), _("no language in common")
    if key == PartKey.DISTANCE:
        distance = run.suitability.distance[row, column]
        far = _("%(count)d km") % {"count": round(distance)}
        return far if distance else _("the same place"), far
    if key == PartKey.AVAILABILITY:
        return _listed(sorted(mentee.availability & mentor.availability)), _("no time in common")
    return _listed(sorted(mentee.means & mentor.means)), _("no means in common")


def _interests(mentee: Mentee, mentor: Mentor) -> str:
    same = [each for each in mentee.interests if each in mentor.sectors]
    near = [
        each
        for each in mentee.interests
        if any(nearness(each, other) >= NEAR_SECTOR for other in mentor.sectors)
    ]
    names = _listed([sector_name(each) for each in same or near])
    return _("both: %(names)s") % {"names": names} if same else _("near: %(names)s") % {"names": names}


def _topic(mentee: Mentee, mentor: Mentor) -> str:
    shared = stems(mentee.topic) & stems(mentor.experience)
    words = [
        word for word in mentee.topic.replace(",", " ").replace(".", " ").split() if stems(word) & shared
    ]
    return _("the topic: %(words)s") % {"words": _listed(list(dict.fromkeys(words)))}


def sector_name(code: str) -> str:
    """What a sector is called; a code that is gone, or a free word, stands for itself."""
    found = sector(code)
    return str(found.name) if found else code


def language_name(code: str) -> str:
    """What a language is called, in the reader's; a word that is no code stands for itself."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _listed(names: list[str]) -> str:
    return ", ".join(names[:SHOWN])


@dataclass(frozen=True)
class Unplaced:
    """Why nobody was found for a mentee, and what would help."""

    why: str
    would_help: str


def why_unplaced(run: Run, row: int) -> Unplaced:
    """Of one mentee who has no mentor: no place is left with whom it could be, or a rule forbids all."""
    possible = np.flatnonzero(run.allowed[row])
    mentors = run.cohort.mentors
    if not mentors:
        return Unplaced(_("There are no mentors."), _("Invite mentors."))
    if len(possible):
        return _full(run, row, possible)
    return _forbidden(run, row)


def _full(run: Run, row: int, possible: NDArray[np.int64]) -> Unplaced:
    best = possible[np.argsort(-run.suitability.points[row, possible], kind="stable")][:SHOWN]
    names = _listed([run.cohort.mentors[each].name or run.cohort.mentors[each].key for each in best])
    count = len(possible)
    why = ngettext(
        "The place of the %(count)d mentor who would suit is taken.",
        "All places of the %(count)d mentors who would suit are taken.",
        count,
    )
    return Unplaced(why % {"count": count}, _("One more place with: %(names)s.") % {"names": names})


def _forbidden(run: Run, row: int) -> Unplaced:
    """Which single rule, if it were lifted, would open most mentors."""
    alone = {name: int((mask[row] & ~_others(run, name, row)).sum()) for name, mask in run.blocked.items()}
    name, count = max(alone.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    whys = {
        "language": _("No mentor shares a language with the mentee."),
        "means": _("No mentor has a means of communication that the mentee has too."),
        "apart": _("All mentors are of the mentee's own school or firm."),
        "distance": _("All mentors are too far away."),
        "veto": _("Somebody has asked that none of these mentors be the one."),
    }
    worst = max(run.blocked, key=lambda each: int(run.blocked[each][row].sum()), default="")
    why = whys.get(worst, _("No mentor is allowed by the rules."))
    if not count:
        return Unplaced(why, _("Another mentor: more than one rule stands against each of these."))
    words = ngettext(
        "Without this rule %(count)d mentor would be possible: %(rule)s.",
        "Without this rule %(count)d mentors would be possible: %(rule)s.",
        count,
    )
    return Unplaced(why, words % {"count": count, "rule": rule_name(name)})


def _others(run: Run, name: str, row: int) -> NDArray[np.bool_]:
    rest = [mask[row] for other, mask in run.blocked.items() if other != name]
    either: NDArray[np.bool_] = np.logical_or.reduce([*rest, np.zeros(len(run.cohort.mentors), dtype=bool)])
    return either


def rule_name(name: str) -> str:
    """What a hard rule is called."""
    return {
        "language": _("a shared language"),
        "means": _("a means that both have"),
        "apart": _("not of the same school or firm"),
        "distance": _("the distance for the visit"),
        "veto": _("a wish not to be paired"),
    }[name]
