"""The parts of a methodology by the names under which a manager finds a text to word anew."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology, overrides

SETS: Final[dict[str, str | Promise]] = {
    "plan": _("Questions of the cooperation plan"),
    "first_meeting": _("Questions of the first meeting"),
    "diary": _("Questions of the diary"),
    overrides.APPLICATION: _("Questions to whoever applies"),
}
PARTS: Final[dict[str, str | Promise]] = {
    "title": _("Title"),
    "text": _("Introduction"),
    "phases": _("Phases"),
    "roles": _("Roles and their tasks"),
    "means": _("Means of communication"),
    "kinds": _("Kinds of meetings"),
    **SETS,
    "calendar": _("Periods and activities"),
    "requirements": _("What completion looks for"),
    "documents": _("Guides to read"),
    "unique_value": _("Unique value"),
    "definitions": _("Definitions"),
    "aims": _("Aims"),
    "is_not": _("What mentoring is not"),
    "benefits": _("Benefits"),
    "stance": _("What a mentor must know"),
    "abilities": _("Abilities of a mentor"),
    "cycle": _("The cycle of mentoring"),
    "communication": _("Communication"),
    "advantages": _("Advantages of e-mentoring"),
    "drawbacks": _("Drawbacks of e-mentoring"),
    "results": _("Promised results"),
    "relationship": _("Elements of the relationship"),
    "meetings": _("Meetings"),
    "steps": _("Steps of a meeting"),
    "training": _("Training programme"),
    "lessons": _("Short lessons"),
    "business_plan": _("Parts of the business plan"),
    "company_profile": _("Parts of the company profile"),
    "presentation": _("Parts of the presentation"),
    "listening": _("What jurors listen for"),
    "evaluation": _("Evaluation"),
    "surveys": _("Surveys"),
    "report": _("Evaluation report"),
    "competences": _("Competences"),
    "framework": _("Competence framework"),
}


class TextItem(NamedTuple):
    """A text that may be worded anew; `changed` where its words are the programme's own."""

    path: str
    words: TranslatedText
    changed: bool


def groups_of(methodology: Methodology) -> list[tuple[str, str | Promise]]:
    """(key, name) of each part that has a text."""
    there = {path.split(".")[0] for path in overrides.paths(methodology)}
    return [(key, name) for key, name in PARTS.items() if key in there]


def paths_of(methodology: Methodology, part: str) -> list[str]:
    """The paths of the texts of one part."""
    return [path for path in overrides.paths(methodology) if path.split(".")[0] == part]


def items_of(methodology: Methodology, paths: list[str], changed: Mapping[str, Any]) -> list[TextItem]:
    """The texts at these paths that say something."""
    found = [TextItem(path, overrides.text_at(methodology, path), path in changed) for path in paths]
    return [each for each in found if each.words]


def naming(methodology: Methodology, number: str) -> list[str]:
    """The paths of the texts that name a number: they go on naming it where the programme has another."""
    figure = re.compile(rf"(?<![\d.,]){re.escape(number)}(?![.,]?\d)")
    return [
        path
        for path in overrides.paths(methodology)
        if any(figure.search(words) for words in overrides.text_at(methodology, path).as_dict().values())
    ]
