"""Pages that members write together: begun, written, an earlier text taken up again, moderated (S19)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import folded
from varpa.news.models import Page, PageVersion
from varpa.people.models import Person
from varpa.programmes.models import Programme


class NamelessPage(Refusal):
    sentence = _("Give the page a name.")


class PageIsClosed(Refusal):
    sentence = _("This page can be read and is no longer changed. Your text still stands here: copy it.")


class VersionStands(Refusal):
    sentence = _("This text stands on the page. Take up an earlier one or write another, then hide it.")


class VersionIsHidden(Refusal):
    sentence = _("Staff has taken this text out of sight, so it is not taken up again.")


@transaction.atomic
def begin_page(
    *, programme: Programme, title: str, text: str, language: str, by: Person, now: datetime, ref: str = ""
) -> Page:
    """A new page, with its first version. Sent twice it is one."""
    if not title.strip():
        raise NamelessPage()
    said = {"title": title.strip(), "text": text.strip(), "language": language}
    made, is_new = make_once(Page, ref=ref, programme=programme, fields={**said, "saved_at": now})
    if is_new:
        _keep_version(made, by=by, now=now)
        _record("page.begin", made, now=now, by=by)
    return made


@transaction.atomic
def write_page(*, page: Page, title: str, text: str, revision: int, by: Person, now: datetime) -> None:
    """Another text, kept as a version beside the earlier ones.

    Raises NamelessPage, PageIsClosed, merging.Conflict (R13): two who write at once lose nothing.
    """
    if not title.strip():
        raise NamelessPage()
    if not Page.objects.filter(pk=page.pk, closed_at=None).exists():
        raise PageIsClosed()
    texts = {"title": title.strip(), "text": text.strip()}
    if save_text(page, revision=revision, texts=texts):
        Page.objects.filter(pk=page.pk).update(saved_at=now)
        _keep_version(page, by=by, now=now)
        _record("page.write", page, now=now, by=by)


@transaction.atomic
def take_up(*, version: PageVersion, by: Person, now: datetime) -> None:
    """An earlier text again, as a new version: nothing in between is lost. Raises PageIsClosed,
    VersionIsHidden, and AlreadyMoved where somebody has written since the page was read: that text is to be
    seen first.
    """
    page = version.page
    _hold(page)
    if not PageVersion.objects.filter(pk=version.pk, hidden_at=None).exists():
        raise VersionIsHidden()
    given: dict[str, Any] = {"title": version.title, "text": version.text, "revision": page.revision}
    try:
        write_page(page=page, **given, by=by, now=now)
    except Conflict as conflict:
        raise AlreadyMoved() from conflict


@transaction.atomic
def hide_page(*, page: Page, hidden: bool, by: Person, now: datetime) -> None:
    """Staff takes a page out of sight, or shows it again; said twice it was said the first time."""
    if Page.objects.filter(pk=page.pk, hidden_at__isnull=hidden).update(hidden_at=now if hidden else None):
        _record("page.hide" if hidden else "page.show", page, now=now, by=by)


@transaction.atomic
def hide_version(*, version: PageVersion, hidden: bool, by: Person, now: datetime) -> None:
    """Staff takes one earlier text out of sight, or shows it again; said twice it was said the first time.

    Raises VersionStands where it is the one that the page has now: then the page itself is hidden.
    """
    page = version.page
    _hold(page)
    if hidden and not page.versions.filter(number__gt=version.number).exists():
        raise VersionStands()
    found = PageVersion.objects.filter(pk=version.pk, hidden_at__isnull=hidden)
    if found.update(hidden_at=now if hidden else None):
        _record("page.hide_version" if hidden else "page.show_version", page, now=now, by=by)


@transaction.atomic
def close_page(*, page: Page, closed: bool, by: Person, now: datetime) -> None:
    """Staff lets a page be read only, or be written again; said twice it was said the first time."""
    if Page.objects.filter(pk=page.pk, closed_at__isnull=closed).update(closed_at=now if closed else None):
        _record("page.close" if closed else "page.open", page, now=now, by=by)


def _hold(page: Page) -> None:
    # An update holds the row on both databases: a text is not taken up and hidden at the same second.
    Page.objects.filter(pk=page.pk).update(ref=page.ref)


def _keep_version(page: Page, *, by: Person, now: datetime) -> None:
    number = page.versions.count() + 1
    PageVersion.objects.create(page=page, number=number, title=page.title, text=page.text, by=by, at=now)
    Page.objects.filter(pk=page.pk).update(search_text=folded(f"{page.title} {page.text}"))


def _record(verb: str, page: Page, *, now: datetime, by: Person) -> None:
    record(verb, page, now=now, by=by, programme_ref=page.programme.ref)
