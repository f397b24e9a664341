"""The agenda of an event, and what belongs to its parts."""

from datetime import datetime, time
from typing import Any, Final

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.actions.agenda_hours import placed
from varpa.events.actions.places import hold_row
from varpa.events.actions.planning import Settled, UnsafeLink, is_safe
from varpa.events.models import AgendaItem, Event, EventState, Material
from varpa.events.queries.events import topics_of
from varpa.files import actions as files
from varpa.files.queries import sent_before
from varpa.history.actions import record
from varpa.kernel.once import make_once, require_same
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person

MOST_ITEMS: Final = 40
MOST_MATERIALS: Final = 20


class TopicMissing(Refusal):
    sentence = _("Choose a topic of the methodology, or write one.")


class TooManyItems(Refusal):
    sentence = _("An agenda has at most {most} parts. Take one away first.")


class TooManyMaterials(Refusal):
    sentence = _("A part has at most {most} materials. Take one away first.")


class FileOrLink(Refusal):
    sentence = _("Choose a file or write a link: one of the two.")


class NameMissing(Refusal):
    sentence = _("Write what the material is called.")


@transaction.atomic
def add_item(
    *,
    event: Event,
    topic: str = "",
    title: TranslatedText | None = None,
    day: int | None = None,
    begins: time | None = None,
    leads: str = "",
    by: Person,
    now: datetime,
    ref: str = "",
) -> AgendaItem:
    """A part of the agenda: a topic of the methodology by its key, or one's own. Twice is once.

    Raises OutsideHours where it would not lie within the event.
    """
    hold_row(event)
    _require_open(event)
    fields = {**_said(event, topic, title), **placed(event, day, begins), "leads": leads.strip(), "at": now}
    if event.agenda.filter(withdrawn_at=None).exclude(ref=ref).count() >= MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS)
    item, made = make_once(AgendaItem, ref=ref, event=event, fields=fields)
    if made:
        _record("event.agenda", event, by=by, now=now)
    return item


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    revision: int,
    topic: str = "",
    title: TranslatedText | None = None,
    day: int | None = None,
    begins: time | None = None,
    leads: str = "",
    by: Person,
    now: datetime,
) -> bool:
    """Change a part of the agenda; answers whether anything did.

    `revision` is the one that the form was shown with: raises AlreadyMoved where somebody was first (R13).
    """
    hold_row(item.event)
    _require_open(item.event)
    event = item.event
    item.refresh_from_db(fields=[field.attname for field in AgendaItem._meta.concrete_fields])
    when = placed(event, day, begins, was=item)
    fields = {**_said(event, topic, title), **when, "leads": leads.strip()}
    if all(getattr(item, name) == value for name, value in fields.items()):
        return False
    same = AgendaItem.objects.filter(pk=item.pk, withdrawn_at=None, revision=revision)
    if not same.update(**fields, revision=revision + 1):
        raise AlreadyMoved()
    _record("event.agenda_change", item.event, by=by, now=now)
    return True


@transaction.atomic
def take_item_away(*, item: AgendaItem, by: Person, now: datetime) -> None:
    """A part is not on the agenda any more; twice is once."""
    _require_open(item.event)
    if AgendaItem.objects.filter(pk=item.pk, withdrawn_at=None).update(withdrawn_at=now):
        _record("event.agenda_away", item.event, by=by, now=now)


def _sent_before(
    item: AgendaItem, ref: str, checked: files.Checked | None, said: dict[str, Any]
) -> Material | None:
    if checked:
        return sent_before(item.materials.all(), ref, checked.sha256, **said)
    known = Material.objects.filter(ref=ref, item=item).first() if ref else None
    if known:
        require_same(known, {**said, "file": None})
    return known


def _require_whole(title: str, link: str, checked: files.Checked | None) -> None:
    if bool(link) == bool(checked):
        raise FileOrLink()
    if not title:
        raise NameMissing()
    if link and not is_safe(link):
        raise UnsafeLink()


@transaction.atomic
def add_material(
    *,
    item: AgendaItem,
    title: str,
    by: Person,
    now: datetime,
    link: str = "",
    upload: "Upload[Any] | None" = None,
    ref: str = "",
) -> Material:
    """A file or a link for a part of the agenda; after the event too. Raises `files.refusals`."""
    if item.event.state == EventState.CANCELLED:
        raise Settled()
    said: dict[str, Any] = {"title": title.strip(), "link": link.strip()}
    checked = files.check(upload, kinds=files.PAPERS) if upload else None
    known = _sent_before(item, ref, checked, said)
    if known:
        return known
    _require_whole(said["title"], said["link"], checked)
    if item.materials.filter(withdrawn_at=None).count() >= MOST_MATERIALS:
        raise TooManyMaterials(most=MOST_MATERIALS)
    free = ref if ref and not Material.objects.filter(ref=ref).exists() else new_ref()
    kept = None
    if checked:
        kept = files.keep_checked(
            checked=checked, about_kind="material", about_ref=free, by_id=by.pk, now=now
        )
    material = Material.objects.create(ref=free, item=item, file=kept, by=by, at=now, **said)
    _record("event.material", item.event, by=by, now=now)
    return material


@transaction.atomic
def take_material_away(*, material: Material, by: Person, now: datetime) -> None:
    """A material is shown to nobody any more; twice is once."""
    if Material.objects.filter(pk=material.pk, withdrawn_at=None).update(withdrawn_at=now):
        if material.file:
            files.withdraw(file=material.file, now=now)
        _record("event.material_away", material.item.event, by=by, now=now)


def _said(event: Event, topic: str, title: TranslatedText | None) -> dict[str, Any]:
    topics = topics_of(event.programme)
    if topic in topics:
        return {"topic": topic, "title": topics[topic]}
    if not title:
        raise TopicMissing()
    return {"topic": "", "title": title}


def _require_open(event: Event) -> None:
    if event.state not in (EventState.DRAFT, EventState.ANNOUNCED):
        raise Settled()


def _record(verb: str, event: Event, *, by: Person, now: datetime) -> None:
    record(verb, event, now=now, by=by, programme_ref=event.programme.ref)
