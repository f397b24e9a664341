"""Input of the second step, and of a passkey."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.people.forms import AddressField
from varpa.people.models import Person
from varpa.ui.forms import LineField


class DigitsField(forms.CharField):
    """The digits that an app shows, or a recovery code; spaces between them do no harm."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **options)
        wrong = _("Write the digits.")
        self.error_messages.update(required=wrong, max_length=wrong)

    def clean(self, value: Any) -> str:
        return "".join(str(super().clean(value) or "").split())


# The library checks the digits in this form, and brings no types: its base is anything to mypy.
class SecondForm(AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step by digits: good for half a minute, once."""

    code = DigitsField(label=_("Code of the app, or a recovery code"))


class AppForm(forms.Form):
    """Proves that the app has read the secret."""

    code = DigitsField(label=_("Code that the app shows"))

    def __init__(self, *args: Any, person: Person, secret: str) -> None:
        super().__init__(*args)
        self.person, self.secret = person, secret

    def clean_code(self) -> str:
        forget = check_rate_limit(self.person)
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise ValidationError(_("That did not fit. Write the six digits that the app shows now."))
        forget()
        return code


class NameForm(forms.Form):
    """How a passkey is called."""

    name = LineField(
        label=pgettext_lazy("passkey", "Name"),
        max_length=60,
        help_text=_("So that it is known later on which device it is: My phone, Computer at school."),
        error_messages={"required": _("Write a name, for example My phone.")},
    )


class AddressForm(forms.Form):
    """Where letters and codes shall go; `was` is what the page showed as the present address."""

    address = AddressField(
        label=_("New e-mail address"), help_text=_("Letters and codes for signing in go there.")
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)


class PasskeyForm(NameForm):
    """A new passkey: the library checks what the browser gives; a finger, a face or a PIN is needed."""

    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The browser gave no passkey. Press the button once more."),
            "invalid": _("The browser gave no passkey. Press the button once more."),
        },
    )

    def clean_credential(self) -> dict[str, Any]:
        credential: dict[str, Any] = self.cleaned_data["credential"]
        wrong = ValidationError(_("This passkey could not be read. Nothing was changed; try it once more."))
        try:
            webauthn.parse_registration_response(credential)
            made = webauthn.complete_registration(credential)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise wrong from error
        if not made.is_user_verified():
            raise wrong
        return credential
