"""Input of the conversations: it cleans what came. Why something cannot be is said by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from varpa.ui.forms import FilesField, LineField, RefField, WordsField


class MessageForm(forms.Form):
    """One message. Where it goes without words, a file or a voice says it."""

    ref = RefField()
    text = WordsField(label=_("Message"), required=False, rows=3)
    attached = FilesField(
        label=_("Files"),
        help_text=_("Pictures, PDF or a recorded voice: at most 5, each of at most 10 MB."),
        accept="image/jpeg,image/png,image/webp,application/pdf,audio/*",
    )
    faceless = forms.BooleanField(label=_("The mentee cannot be recognised in the pictures"), required=False)
    urgent = forms.BooleanField(
        label=_("Urgent: let the letter go at once, whatever the hour"), required=False
    )

    def __init__(self, *args: Any, pictured: bool = True, mentee: bool = False, **options: Any) -> None:
        """`pictured`: pictures may show the mentee, so that nothing is asked about them."""
        super().__init__(*args, **options)
        if pictured:
            del self.fields["faceless"]
        elif mentee:
            self.fields["faceless"].label = pgettext("mentee", "I cannot be recognised in the pictures")


class ThreadForm(MessageForm):
    """The first message of a new conversation, with its subject."""

    subject = LineField(label=_("What it is about"), max_length=120)
    field_order = ["ref", "subject", "text", "attached", "faceless", "urgent"]
