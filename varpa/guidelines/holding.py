"""Whether a methodology would hold that comes of guidelines; what does not is told as its check tells it."""

from typing import Any

from django.utils.translation import gettext as _

from varpa.drafts.sentences import told
from varpa.guidelines.adopting import as_overrides
from varpa.guidelines.models import Version
from varpa.guidelines.outline import LEARNT
from varpa.guidelines.words import LEARNT_TITLE
from varpa.methodology import Broken, Methodology, Problem, overrides
from varpa.programmes.models import Programme
from varpa.programmes.queries import own_methodology_of


def faults_of_change(programme: Programme, path: str, value: Any) -> list[str]:
    """What is wrong with one change for the next methodology; empty for a good one."""
    methodology = own_methodology_of(programme)
    found = overrides.problems(methodology, as_overrides({path: value}))
    if found:
        return list(dict.fromkeys(told(Problem("", 0, words)) for words in found))
    alone = Version(programme=programme, number=1, texts={}, quoted=[], changes={path: value})
    return list(dict.fromkeys(told(each) for each in _problems(alone)))


def faults_of(version: Version) -> str:
    """Why no methodology comes of a version, with the guide that it is about; "" where one does."""
    methodology = own_methodology_of(version.programme)
    return faults_told(_problems(version), methodology)


def faults_told(problems: list[Problem], methodology: Methodology) -> str:
    """Problems of a folder, each once and a guide by its title."""
    return " ".join(dict.fromkeys(_told_with_guide(each, methodology) for each in problems))


def _problems(version: Version) -> list[Problem]:
    # What writes a folder is asked for rarely, and takes its time to be read in.
    from varpa.guidelines.exporting import require_whole

    try:
        require_whole(version)
    except Broken as broken:
        return broken.problems
    return []


def _told_with_guide(problem: Problem, methodology: Methodology) -> str:
    key = problem.file.partition("/")[2].removesuffix(".md")
    titles = {LEARNT: LEARNT_TITLE, **{each.key: each.title for each in methodology.documents}}
    if key not in titles:
        return told(problem)
    return _("“{title}”: {problem}").format(title=titles[key], problem=told(problem))
