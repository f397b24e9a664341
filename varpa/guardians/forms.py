"""Input about guardians and of theirs: what is typed, ticked or chosen; the rules stand in the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.guardians.models import Tells, WorryKind
from varpa.guardians.queries.door import Permit
from varpa.guardians.words import PERMITS
from varpa.people.forms import AddressField
from varpa.people.models import Language
from varpa.programmes.models import Membership
from varpa.ui.forms import DayField, LineField, RefField, WordsField


class PaperForm(forms.Form):
    """A guardian's paper, entered by whoever has it in hand: a question for each of `kinds`."""

    guardian = LineField(label=_("Name of the guardian"), max_length=120)
    day = DayField(label=_("Day on the paper"), required=False)
    scan = forms.FileField(
        label=_("Picture or PDF of the paper"), required=False, help_text=_("Only if it is at hand.")
    )

    def __init__(self, *args: Any, kinds: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds
        for kind in kinds:
            self.fields[kind] = forms.ChoiceField(
                label=str(PERMITS[kind]),
                choices=[("yes", _("Permits it")), ("no", _("Does not permit it")), ("", _("Left open"))],
                required=False,
                widget=forms.RadioSelect,
                initial="",
            )
        self.order_fields(["guardian", *kinds, "day", "scan"])

    @property
    def said(self) -> dict[str, Any]:
        """What the action is told: the name, {kind: yes} of what was marked, day and scan."""
        given = self.cleaned_data
        answers = {kind: given[kind] == "yes" for kind in self.kinds if given[kind]}
        return {"answers": answers, **{name: given[name] for name in ("guardian", "day", "scan")}}


class GuardianForm(forms.Form):
    """Whom to write to."""

    ref = RefField()
    name = LineField(label=_("Name of the parent or guardian"), max_length=120)
    address = AddressField(label=_("E-mail address of the parent or guardian"))
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=Language.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, given: QueryDict | None = None, *, language: str, added: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(given, initial={"language": language})
        self.own = language
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*Language.choices, *added]

    @property
    def said(self) -> dict[str, Any]:
        """What the action is told: a language that the programme adds stands beside one of the house."""
        chosen = self.cleaned_data["language"]
        if chosen in Language.values:
            return self.cleaned_data
        return {**self.cleaned_data, "language": self.own, "also_in": chosen}


class NoticeForm(forms.Form):
    """The notice in one language, and how the letters begin in it."""

    revision = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    text = WordsField(
        label=_("The notice"),
        help_text=_(
            "What the programme is, what the pupil does, what is kept and who sees it, for how long; what "
            "each of the permissions means, in the order of the page. A blank line parts paragraphs."
        ),
        rows=16,
        max_length=20_000,
    )
    letter = WordsField(
        label=_("How the letters begin"),
        help_text=_("A few sentences: what is asked, and that the link leads to it. May stay empty."),
        rows=5,
        max_length=2000,
        required=False,
    )


class AnswersForm(forms.Form):
    """What a guardian permits, each on its own; what is left open is not changed."""

    def __init__(self, given: QueryDict | None = None, *, permits: Sequence[Permit], can_give: bool) -> None:
        super().__init__(given)
        for each in permits:
            choices = [("no", _("I do not permit it"))]
            if can_give:
                choices.insert(0, ("yes", _("I permit it")))
            self.fields[each.kind] = forms.ChoiceField(
                label=each.words,
                help_text=each.blocks,
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                initial={True: "yes", False: "no", None: None}[each.shown],
            )

    @property
    def answers(self) -> dict[str, bool]:
        """{kind: yes} of what was answered; what the page had marked already was not (R13)."""
        said = {kind: value for kind, value in self.cleaned_data.items() if value}
        return {kind: value == "yes" for kind, value in said.items() if value != self._marked(kind)}

    @property
    def answered_elsewhere(self) -> bool:
        """Whether the page showed what is no longer so."""
        now = {kind: str(field.initial or "") for kind, field in self.fields.items()}
        return any(self._marked(kind) not in (None, stands) for kind, stands in now.items())

    def _marked(self, kind: str) -> str | None:
        """What the page showed as answered; None where it did not say."""
        marked: str | None = self.data.get(f"marked_{kind}")
        return marked


def _about() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What does it concern?"),
        choices=WorryKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )


def _to() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Who is to read it?"),
        choices=Tells.choices,
        initial=Tells.MANAGER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is to read it.")},
    )


def _confidential() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Confidential: nobody says to the pupil or the mentor that it was told"),
        required=False,
        initial=True,
    )


class WorryForm(forms.Form):
    """What worries a guardian."""

    ref = RefField()
    kind = _about()
    text = WordsField(label=_("What worries you?"), rows=4, max_length=4000)
    to = _to()
    confidential = _confidential()


class LostForm(forms.Form):
    """Where a guardian's letter used to go."""

    address = AddressField(label=_("Your e-mail address"))


class ContactForm(forms.Form):
    """Who answers for a school."""

    ref = RefField()
    school = forms.ChoiceField(
        label=_("School"),
        error_messages={"required": _("Choose the school for which this person answers.")},
    )
    name = LineField(label=_("Name of the person at the school"), max_length=120)
    address = AddressField(label=_("E-mail address of this person"))
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=Language.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, schools: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *((name, name) for name in schools)]


class ReasonForm(forms.Form):
    """Why a school does not confirm a pupil."""

    reason = WordsField(label=_("Why not?"), rows=3, max_length=1000, required=False)


class PupilWorryForm(forms.Form):
    """What worries a school about one of its pupils."""

    ref = RefField()
    pupil = forms.ChoiceField(
        label=_("Whom is it about?"), error_messages={"required": _("Choose a pupil of the list.")}
    )
    kind = _about()
    text = WordsField(label=_("What worries you?"), rows=4, max_length=4000)
    to = _to()
    confidential = _confidential()

    def __init__(self, *args: Any, pupils: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pupil"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *((each.ref, each.person.name) for each in pupils)]
