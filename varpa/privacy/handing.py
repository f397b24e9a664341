"""Everything of a person in one file, to take away: for programs and for reading (product S20)."""

import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, Final

from django.template.loader import render_to_string

from varpa.defence.access import SlotAction
from varpa.defence.models import Slot
from varpa.diary.models import Diary, DiaryState
from varpa.diary.queries import diaries_read, mentees_copy
from varpa.documents.archives import entry
from varpa.files.models import File
from varpa.files.queries import bytes_of
from varpa.home.belongings import archive, without_defence
from varpa.kernel.access import allowed
from varpa.people.models import Person
from varpa.privacy.holdings import HOLDINGS, Holding, file_fields, writes_diary
from varpa.privacy.parts import TOLD
from varpa.privacy.whom import Whom, whom
from varpa.programmes.models import Membership, Role

LOCKS: Final = frozenset(
    (
        *("password", "calendar_key", "digest", "code", "seed", "auth", "endpoint", "endpoint_hash"),
        *("public_key", "link", "stop_link", "html", "raw", "message_id", "once", "search_text"),
    )
)
"""Fields that open something, or say the same again in another shape."""
ADDRESS: Final = re.compile(r"https?://\S+")


def everything(person: Person, language: str, now: datetime) -> IO[bytes]:
    """A ZIP: `data.json`, the same to read, the files, and what was made in each programme."""
    who = whom(person)
    told = {part: list(_rows(part, who)) for part in TOLD}
    # A file without a name: it is gone once it is closed.
    handle, place = tempfile.mkstemp()
    os.unlink(place)
    out = os.fdopen(handle, "w+b")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        data = {part.value: [row for _name, row in rows] for part, rows in told.items() if rows}
        packed.writestr(entry("data.json"), json.dumps(data, ensure_ascii=False, indent=1, default=_plain))
        parts = [
            (TOLD[part].name, [_read(row) for _name, row in rows]) for part, rows in told.items() if rows
        ]
        packed.writestr(
            entry("data.html"), render_to_string("privacy/data.html", {"person": person, "parts": parts})
        )
        for name, content in _files(who):
            packed.writestr(entry(name), content)
        for number, results in enumerate(_results(person, language, now), 1):
            packed.writestr(entry(f"everything-{number}.zip"), results)
    out.seek(0)
    return out


def _results(person: Person, language: str, now: datetime) -> Iterator[bytes]:
    """What was made in each programme: after its defence, else as it stands."""
    slots = list(allowed(SlotAction.TAKE, person, Slot.objects.order_by("pk")))
    yield from (archive(slot, person, language, now) for slot in slots)
    defended = [slot.member.pk for slot in slots]
    mine = Membership.objects.filter(person=person, role=Role.MENTEE)
    for member in mine.exclude(pk__in=defended).select_related("programme").order_by("pk"):
        made = without_defence(member, person, language, now)
        if made is not None:
            yield made


def _rows(part: Any, who: Whom) -> Iterator[tuple[str, dict[str, Any]]]:
    for holding in HOLDINGS:
        if holding.part == part and holding.given:
            names, rows = _names(holding), holding.told(who)
            if holding.model == "diary.Entry":
                yield from _copies(who)
                rows = rows.filter(writes_diary("diary__")(who))
            for row in rows.distinct().values(*names):
                filled = {
                    name: _unlocked(value) for name, value in row.items() if value not in ("", None, [], {})
                }
                yield holding.model, {"kind": holding.model, **filled}


def _copies(who: Whom) -> Iterator[tuple[str, dict[str, Any]]]:
    """The diary that was handed over to the mentee, as the mentee reads it (R6)."""
    handed = Diary.objects.filter(pair__mentee__in=who.members, state=DiaryState.HANDED_OVER)
    for diary in diaries_read(handed.order_by("pk")):
        for read in mentees_copy(diary):
            said = {passage.key: _unlocked(passage.text) for passage in read.passages}
            row = {"day": read.entry.day, "minutes": read.entry.minutes, "left_out": read.left_out, **said}
            yield "diary.Entry", {"kind": "diary.Entry", **row}


def _names(holding: Holding) -> list[str]:
    """Columns of the row itself; of a row that is only partly the person's, their own words and the dates."""
    others = set(getattr(holding.of, "PERSONAL", {})) - set(holding.fields) if holding.fields else set()
    return [
        field.name
        for field in holding.of._meta.concrete_fields
        if not field.is_relation
        and field.name not in LOCKS
        and field.name not in holding.withheld
        and field.name not in others
        and field.name != "id"
    ]


def _read(row: dict[str, Any]) -> tuple[str, list[str]]:
    """When, and the words, as they are read."""
    times = [value for value in row.values() if isinstance(value, datetime)]
    when = f"{times[0]:%Y-%m-%d}" if times else ""
    return when, [
        value for name, value in row.items() if isinstance(value, str) and name not in ("kind", "ref")
    ]


def _files(who: Whom) -> Iterator[tuple[str, bytes]]:
    keys = set(File.objects.filter(by__in=who.people).values_list("pk", flat=True))
    for holding in HOLDINGS:
        for field in file_fields(holding.of) if holding.given else ():
            keys |= set(holding.told(who).exclude(**{field.name: None}).values_list(field.attname, flat=True))
    for number, file in enumerate(File.objects.filter(pk__in=keys, withdrawn_at=None).order_by("pk"), 1):
        content = bytes_of(file)
        if content is not None:
            yield f"files/{number:03}-{file.name}", content


def _unlocked(value: Any) -> Any:
    """A text without the private links that letters carry."""
    return ADDRESS.sub("…", value) if isinstance(value, str) else value


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)
