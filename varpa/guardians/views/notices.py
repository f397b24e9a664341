"""The guardian's notice in the programme's own words, for the manager: one page a language."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.guardians.actions import notices as actions
from varpa.guardians.forms import NoticeForm
from varpa.guardians.notice import notice_of
from varpa.guardians.queries.notices import notice_words, notices_of
from varpa.guardians.words import ADDED, LANGUAGES
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.merging import merge


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def notices(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All languages: which the programme has written."""
    own = notices_of(programme)
    rows = [(code, name, own.get(code), code in ADDED) for code, name in LANGUAGES.items()]
    return render(request, "guardians/notices.html", {"programme": programme, "rows": rows})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, programme: Programme, language: str) -> HttpResponse:
    """The notice of one language, beside the usual one."""
    if language not in LANGUAGES:
        raise Http404
    own, merged = notice_words(programme, language), None
    stands = {"text": own.text, "letter": own.letter, "revision": own.revision} if own else {"revision": 0}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, programme, language, form)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        except Conflict as conflict:
            merged = merge(conflict, {name: field.label for name, field in form.fields.items()})
        else:
            messages.success(request, _("The notice is saved."))
            return redirect("guardians:notices", programme.ref)
    usual = language if language not in ADDED else translation.get_language() or "en"
    with translation.override(usual):
        parts = notice_of(programme)
    context = {"programme": programme, "form": form, "merge": merged, "own": own, "usual": usual}
    context |= {"language": language, "name": LANGUAGES[language], "parts": parts}
    return render(request, "guardians/notice_form.html", context)


def _write(request: HttpRequest, programme: Programme, language: str, form: NoticeForm) -> None:
    assert isinstance(request.user, Person)
    given = {**form.cleaned_data, "language": language}
    actions.write_notice(programme=programme, by=request.user, now=clock.now(), **given)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def removal(request: HttpRequest, programme: Programme, language: str) -> HttpResponse:
    """The words of this language no longer stand."""
    assert isinstance(request.user, Person)
    by = request.user
    actions.take_notice_away(programme=programme, language=language, by=by, now=clock.now())
    messages.success(request, _("Taken away."))
    return redirect("guardians:notices", programme.ref)
