"""The step of signing in that comes after the code by mail."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from varpa.factors.access import needs_second
from varpa.factors.actions import ask_for_second
from varpa.factors.queries import has_app, has_second
from varpa.kernel import clock

DUE = "second_step_due"
"""In the session of whoever has to set up a second step: from when on pages of programmes wait for it."""


# The library runs stages by their class, and brings no types: its base is anything to mypy.
class SecondStep(AuthenticateStage):  # type: ignore[misc]  # allauth is untyped
    """Asks for the second step whoever has an app, or needs one; whoever needs one and has none is led to it.

    A passkey of somebody who needs no second step makes signing in easier, never harder: the code by mail
    still does alone.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        self.request.session.pop(DUE, None)
        if person is None:
            return None, True
        needed = needs_second(person)
        if needed and not has_second(person):
            due = ask_for_second(person=person, now=clock.real())
            self.request.session[DUE] = due.isoformat()
            after = self.login.redirect_url or self.request.POST.get("next", "")
            self.login.redirect_url = f"{reverse('factors:overview')}?{urlencode({'next': after or '/'})}"
            return None, True
        if not needed and not has_app(person):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer
