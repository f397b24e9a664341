"""Reading drafts, the versions that an organisation has, and what the check says of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import Case, Q, QuerySet, Value, When

from varpa.drafts.models import Draft, DraftState
from varpa.methodology import Broken, Methodology, Problem, from_json, load_files
from varpa.methodology.folders import Files
from varpa.methodology.items import WHOLE, fields_of, is_item, item_at
from varpa.methodology.layout import QUESTION_FILES
from varpa.people.models import Organisation
from varpa.programmes.models import MethodologyVersion, Programme
from varpa.programmes.queries import methodology_by

MOST_DRAFTS: Final = 100


def without_data(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Drafts for a list: what they say, some hundred kB each, is not read."""
    return drafts.defer("data", "touched", "taken_out").select_related("became", "based_on")


def with_all(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """A draft for a page of its own."""
    return drafts.select_related("organisation", "based_on", "became")


def drafts_of(organisation: Organisation) -> QuerySet[Draft]:
    """The organisation's drafts, those being written first; of many the newest."""
    writing = Case(When(state=DraftState.WRITING, then=Value(0)), default=Value(1))
    return without_data(organisation.drafts.order_by(writing, "-pk"))[:MOST_DRAFTS]


def users_of(organisation: Organisation, versions: list[MethodologyVersion]) -> dict[int, list[Programme]]:
    """The organisation's programmes by the version by which they run."""
    users: dict[int, list[Programme]] = {each.pk: [] for each in versions}
    for programme in organisation.programmes.filter(methodology_version__in=versions):
        users[programme.methodology_version_id].append(programme)
    return users


def versions_of(organisation: Organisation) -> QuerySet[MethodologyVersion]:
    """The versions by which the organisation's programmes run, and its own."""
    used = organisation.programmes.values("methodology_version")
    own = organisation.own_versions.values("version")
    return MethodologyVersion.objects.filter(Q(pk__in=used) | Q(pk__in=own)).order_by("-pk")


def written(draft: Draft) -> Methodology:
    """What a draft says now; it may contradict itself."""
    return from_json(draft.data)


def base_of(draft: Draft) -> Methodology:
    """The version that it was made from."""
    return methodology_by(draft.based_on.digest)


def folder_of(draft: Draft) -> Files:
    """The draft as the files of its folder; what writes them is read only where it is needed."""
    from varpa.methodology.writing import files_of

    return files_of(written(draft))


@dataclass(frozen=True)
class Finding:
    """What the check says of one item: its place, and the problem as the loader tells it."""

    place: str
    problem: Problem


@dataclass(frozen=True)
class Checked:
    """What the check finds in a draft; `sound` is the methodology, where it finds nothing."""

    findings: tuple[Finding, ...]
    sound: Methodology | None = None


def checked(draft: Draft) -> Checked:
    """The loader's own check of the whole folder; the same state of a draft is checked once a process."""
    return _checked(draft.ref, draft.revision, _Held(draft))


class _Held:
    """A draft that a cached function is handed without being remembered by it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def __eq__(self, _other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=32)
def _checked(_ref: str, _revision: int, held: _Held) -> Checked:
    draft = held.draft
    held.draft = Draft()
    try:
        return Checked((), load_files(folder_of(draft)))
    except Broken as broken:
        methodology = written(draft)
        return Checked(tuple(Finding(place_of(each, methodology), each) for each in broken.problems))


def place_of(problem: Problem, methodology: Methodology) -> str:
    """In which item of a methodology a problem of its folder is mended."""
    stem, _dot, ending = problem.file.rpartition(".")
    if ending == "md":
        return f"documents.{stem.partition('/')[2]}"
    thing: Any = methodology
    steps: list[str] = []
    for step in ((stem,) if stem in QUESTION_FILES else ()) + problem.place:
        if isinstance(thing, tuple):
            if not isinstance(step, int) or step >= len(thing):
                break
            thing = thing[step]
            steps.append(thing.key)
        elif isinstance(step, str) and is_item(fields_of(thing).get(step)):
            thing = getattr(thing, step)
            steps.append(step)
        else:
            break
    return ".".join(steps)


def item_or_none(methodology: Methodology, place: str) -> Any:
    """The item at a place; None where there is none any more."""
    try:
        return item_at(methodology, place)
    except KeyError:
        return None


def is_touched(touched: Mapping[str, int], place: str) -> bool:
    """Whether something at a place, or within it, was written."""
    return any(each == place or each.startswith(f"{place}.") for each in touched) if place != WHOLE else True
