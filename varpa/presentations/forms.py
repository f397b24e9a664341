"""Input of the pages of a presentation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.presentations.models import LONGEST_SLIDE, Shown
from varpa.ui.forms import LineField, RefField, WordsField


class BeginForm(forms.Form):
    """The name of a presentation that begins."""

    title = LineField(label=_("What is your presentation called?"), max_length=120)


class NameForm(forms.Form):
    """Another name."""

    title = LineField(label=_("Name of the presentation"), max_length=120)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SlideForm(forms.Form):
    """What stands on a slide, and what the mentee says to it."""

    text = WordsField(label=_("On the slide"), rows=6, max_length=LONGEST_SLIDE, required=False)
    figure = forms.ChoiceField(
        label=_("Figures of your business plan on the slide"),
        # Nothing is chosen beforehand: a slide saves itself, and its figures go to the mentor with it.
        help_text=_(
            "They stand here as they stand in the plan. Whoever sees the slide sees them: your mentor too, "
            "also while you do not share the plan."
        ),
        choices=[("", _("No figures")), *Shown.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    notes = WordsField(label=_("Your notes for speaking"), rows=6, required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class FileForm(forms.Form):
    """A presentation made elsewhere."""

    upload = forms.FileField(
        label=_("A presentation made elsewhere"),
        help_text=_("One PDF or PPTX, at most 10 MB. Every slide program can save as PDF."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.pptx"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("required", "missing", "empty", "invalid"):
            self.fields["upload"].error_messages[name] = _("Choose a PDF or PPTX.")


class RecommendationForm(forms.Form):
    """What the mentor recommends for a slide; `file`: the one whose page was seen."""

    ref = RefField()
    file = forms.CharField(max_length=20, required=False)
    text = WordsField(label=_("What do you recommend for this slide?"), rows=3)
