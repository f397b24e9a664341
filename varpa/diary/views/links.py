"""Taking back the link by which a mentor who has left hands the diary over, and mailing a new one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from varpa.diary.access import DiaryAction
from varpa.diary.models import Diary
from varpa.diary.queries import diaries_read
from varpa.diary.revoking import revoke_link, send_link_anew
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(DiaryAction.REVOKE, Diary, reader=DiaryAction.KNOW, read=diaries_read)
@require_POST
def revoke(request: HttpRequest, diary: Diary) -> HttpResponse:
    """The link opens nothing any more."""
    return _done(request, diary, revoke_link, _("The link is taken back."))


@door(DiaryAction.REVOKE, Diary, reader=DiaryAction.KNOW, read=diaries_read)
@require_POST
def send(request: HttpRequest, diary: Diary) -> HttpResponse:
    """A new link goes to the mentor; those before it open nothing any more."""
    return _done(request, diary, send_link_anew, _("A new link is on its way to the mentor."))


def _done(request: HttpRequest, diary: Diary, act: Callable[..., object], sentence: Promise) -> HttpResponse:
    number = request.POST.get("number", "")
    shown = int(number) if number.isdecimal() and len(number) < 9 else -1
    given: dict[str, Any] = {"diary": diary, "number": shown}
    tap(request, lambda: act(**given, by=person_of(request), now=clock.now()), sentence)
    mentors = diary.pair.mentor.person_id == person_of(request).pk
    return redirect("diary:diary" if mentors else "home:room", diary.pair.ref)
