"""Input of the meetings' pages: it cleans what came. Why something cannot be is said by the actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import HourDoesNotExist
from varpa.meetings import permitted, video
from varpa.meetings.actions import agenda, hours, lengths, meetings, pictures, preparation, reviews
from varpa.meetings.models import LONGEST, LineState, MissedBy
from varpa.meetings.queries import Seen
from varpa.meetings.where import countries_for, zones_for
from varpa.methodology.marks import KindAct
from varpa.methodology.model import Kind
from varpa.pairs.actions.due import UnlikelyDay
from varpa.pairs.actions.past import PairRested, PairRestedThatDay
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import means_for
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of
from varpa.ui import words
from varpa.ui.doing import refused
from varpa.ui.forms import DayField, FilesField, LineField, LocalTimeField, MinutesField, RefField, WordsField

PROMISES = 3

# At which field a refusal is told; any other one stands above the form.
AT: dict[type[Refusal], str] = {
    HourDoesNotExist: "starts",
    meetings.InThePast: "starts",
    meetings.NotYet: "starts",
    meetings.BeforeThePair: "starts",
    meetings.SameTime: "starts",
    meetings.TooFarAhead: "starts",
    meetings.UnknownKind: "kind",
    meetings.MentorLeads: "kind",
    permitted.NoVisitPermission: "kind",
    permitted.NoVisitAbroadPermission: "kind",
    permitted.CountryNotSaid: "kind",
    meetings.UnknownMeans: "means",
    meetings.VisitInPerson: "means",
    lengths.WrongLength: "minutes",
    lengths.StillGoesOn: "minutes",
    lengths.IntoTheNext: "minutes",
    lengths.UnderAnother: "minutes",
    lengths.FullDay: "minutes",
    preparation.EmptyTopic: "text",
    agenda.EmptyLine: "text",
    agenda.AgendaFull: "text",
    video.UnsafeLink: "place",
    PairRested: "starts",
    PairRestedThatDay: "day",
    hours.WrongMinutes: "minutes",
    hours.DayToCome: "day",
    hours.DayBeforeThePair: "day",
    hours.InTheSheet: "work",
    hours.WordMissing: "word",
    reviews.EmptyPromise: "text",
    pictures.NoPhotographsPermission: "shows",
    pictures.ShowsOthers: "shows",
    pictures.NoWords: "about",
    pictures.FirmNotAsked: "agreed",
}


def tell(form: forms.Form, refusal: Refusal) -> None:
    """Say at its field why an action refused."""
    refused(form, refusal, _due_at(form, refusal) or AT.get(type(refusal), ""))


def _due_at(form: forms.Form, refusal: Refusal) -> str:
    """At which of several promises a day stands that was refused."""
    if not isinstance(refusal, UnlikelyDay):
        return ""
    names = [name for name in form.fields if name == "due" or name.endswith("-due")]
    return next((each for each in names if form.cleaned_data.get(each) == refusal.values["day"]), "")


class KindSelect(forms.Select):
    """Says of each kind of meeting what it means, so that the page shows what belongs to it."""

    acts: dict[str, str]

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["data-acts"] = self.acts.get(str(value), "")
        return option


class MeetingForm(forms.Form):
    """A meeting: PLAN asks for what is ahead, LOG for what took place already, MOVE for what changes.

    `young`: a guardian decides for the mentee, so a visit says in which country it is.
    """

    ref = RefField()
    sequence = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of meeting"), widget=KindSelect)
    starts = LocalTimeField(label=_("Day and hour"))
    minutes = MinutesField(label=_("Minutes"), most=LONGEST)
    text = WordsField(label=_("What was it about? One sentence is enough"), rows=3, required=False)
    means = forms.ChoiceField(label=_("How do the two of you meet?"))
    place = LineField(label=_("Place"), max_length=300, required=False)
    host = LineField(label=_("Who receives the guest, if a colleague does"), max_length=120, required=False)
    country = forms.ChoiceField(
        label=_("In which country is it?"),
        help_text=_("A visit in another country needs the guardian’s permission for it."),
        required=False,
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    agenda = WordsField(label=_("Agenda"), rows=5, required=False)

    PLAN = ("ref", "kind", "starts", "minutes", "means", "place", "host", "country", "zone", "agenda")
    LOG = ("ref", "kind", "starts", "minutes", "text", "means", "place", "country", "zone")
    MOVE = ("sequence", "starts", "minutes", "means", "place", "host", "country", "zone")

    def __init__(
        self,
        *args: Any,
        asked: tuple[str, ...],
        pair: Pair,
        reader: Person,
        kinds: Sequence[Kind] = (),
        young: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        visits = "kind" not in asked or any(kind.acts == KindAct.VISIT for kind in kinds)
        left = {name for name, is_asked in (("host", visits), ("country", visits and young)) if not is_asked}
        self.fields = {name: self.fields[name] for name in asked if name not in left}
        self.home = pair.mentor.country
        self.acts = {kind.key: kind.acts for kind in kinds}
        self.in_person = [each.key for each in methodology_of(pair.programme).means if each.in_person]
        if "kind" in asked:
            widget = self.fields["kind"].widget
            assert isinstance(widget, KindSelect)
            widget.acts = self.acts
            _offer(self.fields["kind"], [(kind.key, capfirst(str(kind.name))) for kind in kinds])
        if "country" in self.fields:
            _offer(self.fields["country"], countries_for(self.home))
            self.initial["country"] = self.initial.get("country") or self.home
        _offer(self.fields["means"], [(key, capfirst(str(name))) for key, name in means_for(pair)])
        _offer(self.fields["zone"], [(zone, words.zone(zone)) for zone in zones_for(pair, reader)])

    def clean(self) -> dict[str, Any]:
        """A visit is in person: nobody has to choose that. Only a visit has a host, and a country."""
        cleaned = self.cleaned_data
        if self.acts.get(cleaned.get("kind", "")) == KindAct.VISIT:
            if self.in_person and cleaned.get("means") not in self.in_person:
                cleaned["means"] = self.in_person[0]
        elif "kind" in cleaned:
            cleaned |= {name: "" for name in ("host", "country") if name in cleaned}
        if cleaned.get("country") == self.home:
            cleaned["country"] = ""
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the actions ask for."""
        rest = {name: value for name, value in self.cleaned_data.items() if name != "starts"}
        return {**rest, "starts_local": self.cleaned_data["starts"]}


class SeenForm(forms.Form):
    """When the proposal that the page showed was made."""

    seen = forms.DateTimeField()


class CancelForm(forms.Form):
    """Why, for the other."""

    reason = LineField(label=_("A word why, if you like"), max_length=300, required=False)


class MissForm(forms.Form):
    """Who could not come; nobody is blamed."""

    missed_by = forms.ChoiceField(label=_("Who could not take part?"), widget=forms.RadioSelect)
    reason = LineField(label=_("A word why, if you like"), max_length=300, required=False)

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(side, pair.member(side).person.first_name) for side in ("mentor", "mentee")]
        _offer(self.fields["missed_by"], [*names, (MissedBy.BOTH.value, str(_("Both")))])


class TopicForm(forms.Form):
    """One topic or question."""

    text = WordsField(rows=2, max_length=2000)


class PreparationForm(forms.Form):
    """Before a meeting: goals, resources, agenda; all of one revision."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    agenda = WordsField(
        label=_("Agenda"),
        help_text=_("Minutes at the end of a line, such as “Prices, 15 min”, stand beside the timer."),
        rows=4,
        required=False,
    )
    goals = WordsField(label=_("What shall come of it?"), rows=2, required=False)
    resources = WordsField(label=_("What must be at hand?"), rows=2, required=False)


class NotesForm(forms.Form):
    """Notes of one side."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    notes = WordsField(label=_("Notes"), rows=6, required=False)


class PrivateNotesForm(forms.Form):
    """Notes for oneself."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = WordsField(label=_("Notes for yourself"), rows=4, required=False)


class FilesForm(forms.Form):
    """Files for a meeting: they are put with it by messaging, which asks the same."""

    ref = RefField()
    attached = FilesField(label=_("Files"), help_text=_("Pictures or PDF: at most 5, each of at most 10 MB."))
    faceless = forms.BooleanField(label=_("The mentee cannot be recognised in the pictures"), required=False)

    def __init__(self, *args: Any, pictured: bool, mentee: bool, **options: Any) -> None:
        """`pictured`: pictures may show the mentee, so that nothing is asked about them."""
        super().__init__(*args, **options)
        if pictured:
            del self.fields["faceless"]
        elif mentee:
            self.fields["faceless"].label = pgettext("mentee", "I cannot be recognised in the pictures")


class LineForm(forms.Form):
    """One line more on the agenda."""

    text = LineField(label=_("What else shall be talked about?"))


class PlaceForm(forms.Form):
    """Which line of the agenda, where it stood, and where it goes: hidden behind a button."""

    line = forms.CharField()
    was = forms.IntegerField(min_value=0)
    to = forms.IntegerField(min_value=0, required=False)


class ReviewForm(forms.Form):
    """After a meeting: one box and a length; the rest is folded, and none of it needed."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = WordsField(label=_("What was it about? One sentence is enough"), rows=4, required=False)
    minutes = MinutesField(label=_("How many minutes did the meeting take?"), most=LONGEST)
    how_it_went = WordsField(label=_("How did it go?"), rows=1, required=False)
    results = WordsField(label=_("What came of it?"), rows=1, required=False)
    progress = WordsField(label=_("What is the progress towards the goals?"), rows=1, required=False)
    shared = forms.BooleanField(required=False)

    TEXTS = ("text", "how_it_went", "results", "progress")

    def __init__(self, *args: Any, length: bool, promises: bool, swap: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if swap:
            # After a role swap a sentence from each on what it changed; no more (R7).
            self.fields["text"].label = _("What did it change? One sentence is enough")
            self.fields = {name: self.fields[name] for name in self.fields if name not in self.TEXTS[1:]}
        if not length:
            del self.fields["minutes"]
        for number in range(1, PROMISES + 1 if promises else 0):
            self.fields[f"promise-{number}-ref"] = RefField(required=False, initial=new_ref)
            self.fields[f"promise-{number}"] = LineField(label=_("I promise"), max_length=300, required=False)
            self.fields[f"promise-{number}-due"] = DayField(label=_("By when"), required=False)

    @property
    def promise_rows(self) -> list[tuple[Any, Any, Any]]:
        """(reference, text, day) of each promise, as fields."""
        numbers = [each for each in range(1, PROMISES + 1) if f"promise-{each}" in self.fields]
        names = [(f"promise-{each}-ref", f"promise-{each}", f"promise-{each}-due") for each in numbers]
        return [(self[ref], self[text], self[due]) for ref, text, due in names]

    def opened(self) -> dict[str, bool]:
        """Which folds stand open: those in which something is written, or wrong."""
        rows = [bound for row in self.promise_rows for bound in row[1:]]
        more = [self[name] for name in self.TEXTS[1:] if name in self.fields]
        return {
            "more": any(bound.value() or bound.errors for bound in more),
            "promises": any(bound.value() or bound.errors for bound in rows),
        }

    def given(self) -> dict[str, Any]:
        """What the review's action asks for."""
        cleaned = self.cleaned_data
        texts = {name: cleaned.get(name, "") for name in self.TEXTS}
        rows = [
            tuple(cleaned[bound.name] for bound in (text, due, ref)) for ref, text, due in self.promise_rows
        ]
        promises = [reviews.Given(*row) for row in rows if row[0]]
        return {
            **texts,
            "minutes": cleaned.get("minutes"),
            "shared": cleaned["shared"],
            "revision": cleaned["revision"],
            "promises": promises,
        }


def review_form(at: Seen, given: QueryDict | None = None) -> ReviewForm:
    """The review of a meeting as it stands: a length that is settled is not asked again.

    Nor is one's own once the pair has ended: it waits for the other's word.
    """
    settled = at.line is not None and (
        at.line.state != LineState.WAITING
        or (at.line.side == at.side and at.meeting.pair.state == PairState.ENDED)
    )
    return ReviewForm(
        given,
        length=not settled,
        # What was typed while the pair was active is answered, not dropped.
        promises=at.meeting.pair.state == PairState.ACTIVE or given is not None,
        swap=at.kind.acts == KindAct.ROLE_SWAP,
        initial=_written(at),
    )


def _written(at: Seen) -> dict[str, Any]:
    """One's own review, and a length: what is counted, else what was planned."""
    own = at.own_review
    minutes = at.line.minutes if at.line else at.meeting.minutes
    if own is None:
        return {"revision": 0, "minutes": minutes}
    stored = {name: getattr(own, name) for name in (*ReviewForm.TEXTS, "shared", "revision")}
    return {**stored, "minutes": minutes}


def until_shared(side: str, other: Person) -> str:
    """Who sees what one writes after a meeting (R5)."""
    familiar = pgettext("mentee", "Only you see this. %(name)s sees it too if both of you share.")
    polite = _("Only you see this. %(name)s sees it too if both of you share.")
    return str(polite if side == "mentor" else familiar) % {"name": other.first_name}


class WorkForm(forms.Form):
    """E-mentoring work: reading, commenting, writing."""

    ref = RefField()
    work = LineField(label=_("What was done?"))
    day = DayField(label=_("Day"))
    minutes = MinutesField(label=_("Minutes"))


class ObjectForm(forms.Form):
    """A word on what is not right, and how long it was if one likes."""

    word = LineField(label=_("What is not right?"), max_length=300)
    minutes = MinutesField(label=_("How many minutes was it, to your mind?"), required=False)


class SettleForm(forms.Form):
    """How long it was."""

    minutes = MinutesField(label=_("How many minutes was it?"))


class PromiseForm(forms.Form):
    """What one promises oneself."""

    ref = RefField()
    text = LineField(label=_("I promise"), max_length=300)
    due = DayField(label=_("By when"), required=False)


class PromiseDayForm(forms.Form):
    """Another day for a promise."""

    due = DayField(label=_("By when"), required=False)

    def day(self) -> date | None:
        """The day; None for none."""
        due: date | None = self.cleaned_data["due"]
        return due


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
    field.error_messages["required"] = field.error_messages["invalid_choice"] = _("Choose from the list.")
