"""Everything that names a person or a membership, and what a merge does with it.

A house test finds every reference in the models and fails while one is not named here: whoever adds one says
what a merge does with it.
"""

from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db.models import Field, Model

DROP: Final = "drop"


@dataclass(frozen=True)
class Reference:
    """`field` of `model` ("pairs.Pair") names somebody.

    `clash` says what becomes of a row of which there may be only one where both have it: DROP keeps it in
    the merge alone, the name of a field ends the row at that moment. `telling`: something that people wrote
    or did; once there is a new one, nobody can tell any more whose it is.
    """

    model: str
    field: str
    clash: str = ""
    telling: bool = True

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"

    @property
    def of(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def column(self) -> str:
        """The attribute that holds the key."""
        found = self.of._meta.get_field(self.field)
        assert isinstance(found, Field)
        return found.attname


PERSON: Final = (
    Reference("people.Appointment", "person"),
    # Who did it: one human did all of it.
    Reference("programmes.Preparation", "by"),
    Reference("programmes.Screening", "by"),
    Reference("absences.Absence", "person"),
    Reference("absences.TakenHours", "person"),
    # A browser tells one human; both had their own.
    Reference("notices.Device", "person", telling=False),
    Reference("notices.NumberCode", "person", telling=False),
    Reference("guardians.Guardian", "by"),
    Reference("guardians.GuardianLink", "by"),
    Reference("guardians.GuardianAnswer", "by"),
    Reference("guardians.SchoolContact", "by"),
    Reference("guardians.SchoolLink", "by"),
    Reference("guardians.NoticeText", "by"),
    Reference("guardians.Worry", "read_by"),
    Reference("applications.Roster", "by"),
    Reference("applications.Mapping", "by"),
    Reference("applications.View", "by", clash="withdrawn_at"),
    Reference("applications.Note", "by"),
    Reference("applications.Interview", "by"),
    Reference("calls.Application", "by"),
    Reference("events.Material", "by"),
    Reference("events.Attendance", "by"),
    Reference("events.Sheet", "by"),
    Reference("events.Question", "answered_by"),
    Reference("events.Saying", "by"),
    Reference("news.News", "by"),
    Reference("news.PageVersion", "by"),
    Reference("pairs.Pause", "by"),
    Reference("pairs.Pause", "ended_by"),
    Reference("pairs.Goal", "by"),
    Reference("taxes.Rate", "by"),
    Reference("businessplans.Remark", "by"),
    Reference("businessplans.Answer", "by"),
    Reference("presentations.Recommendation", "by"),
    Reference("defence.Juror", "person", clash="withdrawn_at"),
    Reference("matching.Run", "by"),
    Reference("matching.Asking", "by"),
    Reference("matching.Choice", "by"),
    Reference("matching.Choice", "undone_by"),
    Reference("surveys.Theme", "by"),
    Reference("support.Case", "handler"),
    Reference("support.Case", "about"),
    Reference("support.CaseLine", "by"),
    Reference("support.Opening", "by"),
    Reference("support.Call", "by"),
    Reference("support.MentorQuestion", "answered_by"),
    Reference("support.CircleWord", "by"),
    Reference("closing.Excuse", "by"),
    Reference("closing.Excuse", "withdrawn_by"),
    Reference("evaluation.Evidence", "by"),
    Reference("guidelines.Recommendation", "by"),
    Reference("guidelines.Consent", "by", clash="withdrawn_at"),
    Reference("guidelines.Change", "by"),
    Reference("guidelines.Version", "by"),
    Reference("evaluation.IndicatorValue", "by"),
    Reference("reports.Report", "asked_by"),
    Reference("reports.Cited", "by"),
    Reference("reports.Comment", "answered_by"),
    Reference("reports.Edition", "by"),
    Reference("dossier.Dossier", "by"),
    Reference("dossier.ObserverLink", "by"),
    # Who asked to be erased under either name asked for the one human that they are.
    Reference("privacy.Erasure", "person", clash="settled_at", telling=False),
    Reference("privacy.Erasure", "by", telling=False),
    Reference("privacy.Retention", "confirmed_by"),
)
MEMBERSHIP: Final = (
    Reference("programmes.Receipt", "membership", clash=DROP),
    Reference("programmes.LessonDone", "membership", clash=DROP),
    Reference("programmes.Preparation", "membership", clash=DROP),
    Reference("programmes.Screening", "membership", clash="replaced_at"),
    Reference("programmes.Permission", "membership", clash=DROP),
    Reference("guardians.Guardian", "membership", clash="withdrawn_at"),
    Reference("guardians.SchoolWord", "membership"),
    Reference("guardians.Worry", "membership"),
    Reference("applications.Note", "membership"),
    Reference("applications.Interview", "membership", clash=DROP),
    Reference("calls.Application", "membership"),
    Reference("events.Invitation", "membership", clash=DROP, telling=False),
    Reference("events.Attendance", "membership", clash="withdrawn_at"),
    Reference("events.Question", "membership"),
    Reference("events.Vote", "membership", clash=DROP),
    Reference("events.Feedback", "membership", clash=DROP),
    Reference("pairs.Pair", "mentor"),
    Reference("pairs.Pair", "mentee"),
    Reference("businessplans.BusinessPlan", "membership", clash="set_aside_at"),
    Reference("presentations.Presentation", "membership", clash="set_aside_at"),
    Reference("matching.Entrant", "membership", telling=False),
    Reference("matching.Counted", "membership", clash=DROP, telling=False),
    Reference("matching.Choice", "mentee", clash="undone_at"),
    Reference("matching.Choice", "mentor", clash="undone_at"),
    Reference("matching.Apart", "membership"),
    Reference("matching.Apart", "other"),
    # That somebody was asked and has answered; an anonymous sheet names nobody, and stays as it is.
    Reference("surveys.Invitation", "membership", clash=DROP),
    Reference("surveys.Sheet", "membership", clash=DROP),
    Reference("support.Case", "teller"),
    Reference("support.MentorQuestion", "mentor"),
    Reference("evaluation.Evidence", "membership", clash="withdrawn_at"),
    Reference("reports.Comment", "membership"),
    Reference("reports.Agreement", "membership", clash="withdrawn_at"),
)
ALONE: Final = {
    # The memberships themselves are what is put together, and how one takes part with them.
    "programmes.Membership.person",
    "programmes.Participation.membership",
    # The addresses with which somebody has signed in: of two who have, none is merged.
    "account.EmailAddress.user",
    # So with what they sign in by beside the code.
    "mfa.Authenticator.user",
    "providers.Link.person",
    # Whoever is signed in as the other one signs in anew.
    "people.Session.person",
    # The library's own of the same; it stays empty.
    "socialaccount.SocialAccount.user",
    # What was said or done about the two rows, not by the human.
    "duplicates.Different.first",
    "duplicates.Different.second",
    "duplicates.Different.by",
    "merges.Merge.kept",
    "merges.Merge.gone",
    "merges.Merge.by",
    "merges.Merge.undone_by",
}
"""References that no row of a merge moves, each for its reason."""
KEYS: Final = (
    Reference("post.Letter", "person"),
    Reference("post.Unsubscribed", "person", clash=DROP),
    Reference("post.Habit", "person", clash=DROP),
    Reference("post.Inbound", "person"),
)
"""Keys of people in rooms that know none; they move too."""
KEYS_ALONE: Final = {
    # Who did what, as it was then: history is not written anew.
    "history.Line.actor",
    "history.Line.behalf",
    "files.File.by",
    "post.Inbound.settled_by",
}
