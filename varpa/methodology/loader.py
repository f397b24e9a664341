"""Loads a methodology folder, or says everything that is wrong with it."""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from varpa.methodology.builder import Builder, suggestion
from varpa.methodology.checker import faults
from varpa.methodology.evidence import Counted, counts
from varpa.methodology.faults import Fault
from varpa.methodology.folders import Files, put_down
from varpa.methodology.guides import METHODOLOGY, read_guide, strangers
from varpa.methodology.layout import FILES, QUESTION_FILES, REQUIRED_FILES
from varpa.methodology.marks import RoleKey
from varpa.methodology.model import Activity, Document, Methodology, QuestionSet
from varpa.methodology.outlines import OUTLINES
from varpa.methodology.reader import Place, Problem, read_page
from varpa.methodology.reading import with_methodology_document

ALL_FILES: Final = (*FILES, *(f"{key}.toml" for key in QUESTION_FILES))
NO_FOLDER: Final = "there is no such folder"


class Broken(Exception):  # noqa: N818 - said of a folder, to the person who wrote it
    """A folder that is not a methodology; `problems` are all the reasons."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class _Folder:
    """A folder while it is read."""

    path: Path
    builders: dict[str, Builder] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)

    def all_problems(self) -> list[Problem]:
        """All problems, file by file, line by line."""
        found = list(self.problems)
        for builder in self.builders.values():
            found += builder.page.problems + builder.problems
        return sorted(dict.fromkeys(found), key=lambda problem: problem[:3])


def load(folder: Path) -> Methodology:
    """The methodology of a folder; Broken, with all its problems, where there is any."""
    methodology, problems = _read(folder)
    if problems:
        raise Broken(problems)
    return methodology


def load_files(files: Files) -> Methodology:
    """The methodology of the files of a folder that lies nowhere; Broken as `load` raises it."""
    with TemporaryDirectory() as place:
        put_down(files, Path(place))
        return load(Path(place))


def check(folder: Path) -> list[Problem]:
    """All problems of a folder, by file and line; empty for a good one. Never raises."""
    return _read(folder)[1]


def report(folder: Path) -> tuple[str, int]:
    """What `varpa methodology check` prints, and its exit code: 0 for a good folder, else 1."""
    methodology, problems = _read(folder)
    if problems:
        count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
        return "\n".join([f"{folder}: {count}", *(f"  {problem}" for problem in problems)]), 1
    return f"{folder}: {_summary(methodology)}", 0


def _summary(methodology: Methodology) -> str:
    documents = [_many(len(methodology.documents), "document")]
    if methodology.lessons:
        documents.append(_many(len(methodology.lessons), "lesson"))
    outlines = [name for name in OUTLINES if getattr(methodology, name)]
    if outlines:
        documents.append(_many(len(outlines), "outline"))
    return (
        f"{methodology.title.en}, version {methodology.version}, is complete: "
        f"{_hours(methodology.hours_minutes)} in {_many(methodology.months, 'month')}, "
        f"{_many(len(methodology.phases), 'phase')}, {_many(len(methodology.calendar), 'period')} with "
        f"{_many(len(methodology.activities()), 'activity')}, "
        f"{_many(len(methodology.plan.questions), 'question')} of the plan, "
        f"{len(methodology.diary.questions)} of the diary, {', '.join(documents)}."
    )


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [_many(count, word) for count, word in ((hours, "hour"), (rest, "minute")) if count]
    return " ".join(parts)


def _many(count: int, word: str) -> str:
    """“1 activity”, “3 activities”."""
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count} {word if count == 1 else plural}"


def _read(path: Path) -> tuple[Methodology, list[Problem]]:
    folder = _Folder(path)
    try:
        return _read_folder(folder, path)
    except OSError as error:
        folder.problems.append(Problem(str(path), 0, f"this cannot be read: {error.strerror}"))
        return _empty(), folder.problems


def _read_folder(folder: _Folder, path: Path) -> tuple[Methodology, list[Problem]]:
    if not path.is_dir():
        words = "this is a file; the folder in which it lies is asked for" if path.is_file() else NO_FOLDER
        folder.problems.append(Problem(str(path), 0, words))
        return _empty(), folder.problems
    _other_files(folder)
    for file in ALL_FILES:
        _read_file(folder, file)
    methodology = _counted(Methodology(**folder.parts))
    unread = {file: frozenset(builder.bad) for file, builder in folder.builders.items()}
    for fault in faults(methodology):
        _note(folder, fault, unread[fault.file])
    return _with_documents(folder, methodology), folder.all_problems()


def _empty() -> Methodology:
    folder = _Folder(Path())
    for file in ALL_FILES:
        _build(folder, file, Builder(read_page(Path("/nowhere"), file)))
    return Methodology(**folder.parts)


def _other_files(folder: _Folder) -> None:
    """Note files that nothing reads: a name written wrongly would otherwise be missed."""
    for found in sorted(folder.path.glob("[!.]*")):
        stem = found.name.lower().partition(".")[0]
        meant = f"{stem}.toml" in ALL_FILES and not found.name.endswith(".md")
        if found.name not in ALL_FILES and found.is_file() and (meant or found.suffix.lower() == ".toml"):
            near = f"{stem}.toml" if meant else found.name
            words = f"a methodology has no file of this name{suggestion(near, list(ALL_FILES))}"
            folder.problems.append(Problem(found.name, 0, words))


def _read_file(folder: _Folder, file: str) -> None:
    here = (folder.path / file).is_file()
    builder = Builder(read_page(folder.path, file))
    if not here:
        builder.page.problems[:] = (
            [Problem(file, 0, "this file is missing")] if file in REQUIRED_FILES else []
        )
    folder.builders[file] = builder
    if here or file in REQUIRED_FILES:
        _build(folder, file, builder)


def _build(folder: _Folder, file: str, builder: Builder) -> None:
    """The parts of a methodology that stand in one file."""
    data = builder.page.data
    if file in FILES:
        builder.unknown(data, list(FILES[file]), ())
        for part in fields(Methodology):
            if part.name in FILES[file]:
                folder.parts[part.name] = builder.part(Methodology, part, data, ())
    else:
        key = file.removesuffix(".toml")
        folder.parts[key] = replace(builder.table(QuestionSet, {"key": key} | data, ()), key=key)


def _counted(methodology: Methodology) -> Methodology:
    """What each activity counts, where the folder leaves it open."""

    def chosen(activity: Activity) -> Activity:
        if activity.of:
            return activity
        staff = activity.role in (RoleKey.LEAD_PARTNER, RoleKey.MANAGER)
        allowed = counts(activity.evidence)
        wanted = Counted.PROGRAMME if staff else Counted.PEOPLE
        return replace(activity, of=str(wanted if wanted in allowed else allowed[0]))

    periods = tuple(
        replace(period, activities=tuple(map(chosen, period.activities))) for period in methodology.calendar
    )
    return replace(methodology, calendar=periods)


def _note(folder: _Folder, fault: Fault, unread: frozenset[Place]) -> None:
    """Keep a contradiction, unless what contradicts could not be read: of each, whatever else is wrong."""
    builder = folder.builders[fault.file]
    looked_through = not fault.lacks or folder.builders[fault.lacks].page.whole
    if not looked_through or builder.page.torn:
        return
    places = (fault.place, *fault.rests_on)
    if not any(bad[: len(place)] == place for bad in unread for place in places):
        builder.wrong(fault.place, fault.words)


def _with_documents(folder: _Folder, methodology: Methodology) -> Methodology:
    """The methodology with the title and text of each document."""
    if not folder.builders["methodology.toml"].page.data:
        return methodology
    documents = [_document(folder, document) for document in methodology.documents]
    folder.problems += strangers(folder.path, [document.key for document in documents])
    return with_methodology_document(replace(methodology, documents=tuple(documents)))


def _document(folder: _Folder, document: Document) -> Document:
    written = document.key == METHODOLOGY
    if written or not document.key.replace("-", "").replace("_", "").isalnum():
        return document
    guide, problems = read_guide(folder.path, document.key)
    folder.problems += problems
    return replace(document, title=guide.title, body=guide.body)
