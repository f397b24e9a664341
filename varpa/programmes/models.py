"""A programme of an organisation, and people's memberships and participation in it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.text import TranslatedTextField, folded
from varpa.people.models import Organisation, Person
from varpa.programmes.countries import country_name


class MethodologyText(models.Model):
    """All that a version of a methodology says, some hundred kB.

    It has a table of its own so that no row that is read with its programme carries it
    (docs/decisions/0024-pages-at-two-thousand-pairs.md). `methodology_of` reads it, once a process.
    """

    data = models.JSONField()

    PERSONAL = {"data": KEEP}


class MethodologyVersion(models.Model):
    """A methodology as it was when a programme took it: it never changes under a running programme."""

    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=50)
    version = models.CharField(max_length=20)
    title = TranslatedTextField()
    text = models.OneToOneField(MethodologyText, on_delete=models.PROTECT, related_name="of")
    taken_at = models.DateTimeField()

    PERSONAL = {"digest": KEEP, "key": KEEP, "version": KEEP, "title": KEEP}


class OwnVersion(models.Model):
    """A version that an organisation has written for itself: its new programmes may begin from it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_versions")
    version = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="own_of")
    offered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="programmes_own_version_once")
        ]


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("programme", "Draft")
    RECRUITING = "recruiting", pgettext_lazy("programme", "Recruiting")
    RUNNING = "running", pgettext_lazy("programme", "Running")
    CLOSING = "closing", pgettext_lazy("programme", "Closing")
    CLOSED = "closed", pgettext_lazy("programme", "Closed")
    ARCHIVED = "archived", pgettext_lazy("programme", "Archived")


MOST_MENTORS = 3
"""So many mentors at once a programme may allow a mentee."""

OVER = (ProgrammeState.CLOSED, ProgrammeState.ARCHIVED)
"""In these nothing is done any more."""


class Programme(models.Model):
    """An instance of a methodology: `overrides` change wording, windows, hours, questions; it copies nothing.

    `starts` and `ends` are inclusive days; deadlines end in `zone`. Where `mentors_are_screened`, no mentor
    is prepared without a result of it (R1). `comment_days`: so long a report is open for comments before it
    is published (S17). `mentors_at_once`: so many mentors a mentee may have (product §2). `ages` sets for a
    country what its law or its schools ask for otherwise: {"LT": {"adult": 18, "consent": 14, "source": …,
    "checked": …}}. `school_holidays`: stretches of days without school, [country, first day, last day] each.
    `taxes` is the stamp of its own rates of taxes (room `taxes`): each change gives another, "" is none.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    methodology_version = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT)
    name = TranslatedTextField()
    state = models.CharField(max_length=12, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    starts = models.DateField()
    ends = models.DateField()
    zone = models.CharField(max_length=40, default="Europe/Riga")
    countries = models.JSONField(default=list)
    school_holidays = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    currency = models.CharField(max_length=3, default="EUR")
    funder_text = TranslatedTextField(default=dict)
    emblem = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    passages_may_be_left_out = models.BooleanField(default=True)
    mentors_are_screened = models.BooleanField(default=False)
    comment_days = models.PositiveSmallIntegerField(default=7)
    mentors_at_once = models.PositiveSmallIntegerField(default=1)
    ages = models.JSONField(default=dict)
    taxes = models.CharField(max_length=20, blank=True)
    overrides = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    STEPS = {
        "recruit": Step((ProgrammeState.DRAFT,), ProgrammeState.RECRUITING),
        "run": Step((ProgrammeState.DRAFT, ProgrammeState.RECRUITING), ProgrammeState.RUNNING),
        "close": Step((ProgrammeState.RUNNING,), ProgrammeState.CLOSING),
        "finish": Step((ProgrammeState.CLOSING,), ProgrammeState.CLOSED),
        "archive": Step((ProgrammeState.CLOSED,), ProgrammeState.ARCHIVED),
    }
    PERSONAL = {
        "ref": KEEP,
        "name": KEEP,
        "state": KEEP,
        "zone": KEEP,
        "countries": KEEP,
        "school_holidays": KEEP,
        "languages": KEEP,
        "currency": KEEP,
        "funder_text": KEEP,
        "ages": KEEP,
        "taxes": KEEP,
        "overrides": KEEP,
    }

    class Meta:
        ordering = ["-starts", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="programmes_starts_before_end"),
            models.CheckConstraint(
                condition=Q(mentors_at_once__gte=1, mentors_at_once__lte=MOST_MENTORS),
                name="programmes_mentors_at_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Partner(models.Model):
    """An organisation that carries the programme: the one that leads, and those of the other places.

    The lead partner is the programme's organisation and is called as it is (`leads`); another one without a
    `name` has not been named yet and stands as its country. `place` is the order in which they stand. Who
    belongs to it: programmes/partners.py. One that was taken off (`withdrawn_at`) stands nowhere.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partners")
    leads = models.BooleanField(default=False)
    name = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_address = models.EmailField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {
        "ref": KEEP,
        "name": KEEP,
        "country": KEEP,
        "contact_name": REPLACE,
        "contact_address": ERASE,
    }

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], name="programmes_one_lead_partner", condition=Q(leads=True)
            ),
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="programmes_partner_named_once",
                condition=~Q(name="") & Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["programme", "country"],
                name="programmes_one_unnamed_partner",
                condition=Q(name="", leads=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(leads=False) | Q(name=""), name="programmes_lead_partner_is_the_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.programme.organisation.name if self.leads else self.name or country_name(self.country)


class ReportingPeriod(models.Model):
    """A stretch of days of which the funder is told, as the agreement names it; both days are in it.

    Those of one programme have no day in common (programmes/actions/periods.py): a fact is told once.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="reporting_periods")
    name = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "name": KEEP}

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="programmes_period_ends_after"),
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="programmes_period_named_once",
                condition=Q(withdrawn_at=None),
            ),
            models.UniqueConstraint(
                fields=["programme", "first"],
                name="programmes_period_begins_once",
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    LEAD_PARTNER = "lead_partner", _("Lead partner")
    MANAGER = "manager", _("Project manager")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class MembershipState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("membership", "Applied")
    ACCEPTED = "accepted", pgettext_lazy("membership", "Accepted")
    WAITING = "waiting", pgettext_lazy("membership", "Waiting")
    DECLINED = "declined", pgettext_lazy("membership", "Declined")
    COMPLETED = "completed", pgettext_lazy("membership", "Completed")
    WITHDRAWN = "withdrawn", pgettext_lazy("membership", "Withdrawn")


class Membership(models.Model):
    """A person in a programme, in a role. *Prepared*, *matched*, *active* are read from facts.

    `place` is the school of a mentee or the company of a mentor; `topic` the mentee's business idea, or what
    a mentor knows most about, in own words; `means` the keys of the means one really has. Who applies again
    stays one membership, of which the newest application tells: `applied_at` is when. `search_text` is
    the person's with the place: a copy, so that one index reads a list of thousands in its order. `adult`
    is the age at which one is of age where the programme sets another one than the country: a copy too.
    `partner` was chosen; where nobody chose, programmes/partners.py tells to whom the member belongs.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    state = models.CharField(max_length=10, choices=MembershipState.choices, default=MembershipState.APPLIED)
    country = models.CharField(max_length=2, blank=True)
    place = models.CharField(max_length=160, blank=True)
    topic = models.TextField(blank=True)
    means = models.JSONField(default=list)
    adult = models.PositiveSmallIntegerField(null=True)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="chosen")
    applied_at = models.DateTimeField()
    search_text = models.CharField(max_length=600, blank=True)
    revision = models.PositiveIntegerField(default=0)

    STEPS = {
        "accept": Step((MembershipState.APPLIED, MembershipState.WAITING), MembershipState.ACCEPTED),
        "wait": Step((MembershipState.APPLIED,), MembershipState.WAITING),
        "decline": Step((MembershipState.APPLIED, MembershipState.WAITING), MembershipState.DECLINED),
        "withdraw": Step(
            (MembershipState.APPLIED, MembershipState.WAITING, MembershipState.ACCEPTED),
            MembershipState.WITHDRAWN,
        ),
        "complete": Step((MembershipState.ACCEPTED,), MembershipState.COMPLETED),
        # Whoever was declined or has left may apply once more; the earlier times stay in the history.
        "apply_again": Step((MembershipState.DECLINED, MembershipState.WITHDRAWN), MembershipState.APPLIED),
        # A manager is appointed, whatever came before: somebody who has left may come back.
        "appoint": Step(
            (
                MembershipState.APPLIED,
                MembershipState.WAITING,
                MembershipState.DECLINED,
                MembershipState.WITHDRAWN,
            ),
            MembershipState.ACCEPTED,
        ),
    }
    PERSONAL = {
        "ref": KEEP,
        "role": KEEP,
        "state": KEEP,
        "country": KEEP,
        "place": REPLACE,
        "topic": ERASE,
        "means": KEEP,
        "search_text": ERASE,
    }

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "role"], name="programmes_member_once_a_role"
            )
        ]
        indexes = [
            models.Index(fields=["programme", "role", "state"], name="programmes_role_state"),
            models.Index(fields=["programme", "search_text"], name="programmes_in_order"),
        ]


def searched_as(person: Person, place: str) -> str:
    """What a membership's `search_text` has to be."""
    return f"{person.search_text} {folded(place)}"[:600]


class Computer(models.TextChoices):
    """What somebody has at home; nobody is left out who has none (product, principle 6)."""

    OWN = "own", pgettext_lazy("computer", "a computer with internet at home")
    NONE = "none", pgettext_lazy("computer", "no computer at home")
    PHONE = "phone", pgettext_lazy("computer", "phone only")


class Gender(models.TextChoices):
    """What a mentee says of oneself, if asked and willing."""

    WOMAN = "woman", pgettext_lazy("gender", "woman")
    MAN = "man", pgettext_lazy("gender", "man")
    OTHER = "other", pgettext_lazy("gender", "other")


class Participation(models.Model):
    """How a member takes part, as told in the application: matching looks at nothing else.

    An empty list or text: nobody has said it, which counts neither for nor against. `languages` are codes;
    `interests` codes of sectors, the dearest first (a mentor's: what the company does); `region` a town;
    `travel_km` how far one can go for the visit; `availability` times of the week (programmes/week.py);
    `computer` what a mentee has at home; `gender` given for the report of fairness alone: shown to nobody, no
    part of matching; `capacity` how many mentees a mentor takes; `wishes` names whom, or
    what kind of firm, one would like, in own words with commas between; `abilities` {key of the methodology:
    1 to 3}, a word to oneself that helps to prepare and never ranks; `answers` {key of the programme's own
    question: text}.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="participation")
    languages = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    region = models.CharField(max_length=80, blank=True)
    travel_km = models.PositiveSmallIntegerField(null=True)
    availability = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(default=1)
    experience = models.TextField(blank=True)
    expectations = models.TextField(blank=True)
    computer = models.CharField(max_length=6, choices=Computer.choices, blank=True)
    gender = models.CharField(max_length=5, choices=Gender.choices, blank=True)
    wishes = models.TextField(blank=True)
    abilities = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)

    # What is told once, each in a field of its own; abilities and answers are told one by one.
    SAID = (
        "languages",
        "interests",
        "region",
        "travel_km",
        "availability",
        "capacity",
        "experience",
        "expectations",
        "computer",
        "gender",
        "wishes",
    )
    PERSONAL = {
        "languages": KEEP,
        "interests": KEEP,
        "region": ERASE,
        "availability": ERASE,
        "experience": ERASE,
        "expectations": ERASE,
        "computer": ERASE,
        "gender": ERASE,
        "wishes": ERASE,
        "abilities": ERASE,
        "answers": ERASE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=20), name="programmes_capacity_in_bounds"
            )
        ]


class Receipt(models.Model):
    """A reading receipt: the member says that a document of the methodology was read."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="receipts")
    document = models.CharField(max_length=50)
    at = models.DateTimeField()

    PERSONAL = {"document": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "document"], name="programmes_read_once")
        ]


class LessonDone(models.Model):
    """A lesson of the methodology was gone through to its end. What was answered is kept nowhere."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="lessons_done")
    lesson = models.CharField(max_length=50)
    at = models.DateTimeField()

    PERSONAL = {"lesson": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "lesson"], name="programmes_studied_once")
        ]


class StepKey(models.TextChoices):
    """The steps of preparation (R1); permission is a row of its own.

    GROWN: a mentee who is of age says so alone, with the notice or when the day comes (methodology: 18).
    """

    TRAINING = "training", _("training attended or its self-study done")
    NOTICE = "notice", _("notice accepted")
    GROWN = "grown", _("own word, being of age")


class Preparation(models.Model):
    """A step of preparation that was made: a dated row, never a state."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="preparations")
    step = models.CharField(max_length=10, choices=StepKey.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    PERSONAL = {"step": KEEP, "note": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "step"], name="programmes_prepared_once")
        ]


class Screening(models.Model):
    """What came of screening a mentor, where the programme asks for it; the newest stands (R1).

    Only the result, its `day`, and who wrote it down: the paper on which it stands is kept nowhere.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="screenings")
    passed = models.BooleanField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                name="programmes_one_screening",
                condition=Q(replaced_at__isnull=True),
            )
        ]


class PermissionKind(models.TextChoices):
    TAKING_PART = "taking_part", _("taking part")
    VISIT = "visit", _("visiting a company")
    VISIT_ABROAD = "visit_abroad", _("a visit abroad")
    PHOTOGRAPHS = "photographs", _("photographs")


class NoticeVersion(models.Model):
    """The notice in one language, word by word, as it stood when a guardian permitted something after it.

    `at`: when that was for the first time. Never changed: other words are another number.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notice_versions")
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    text = models.TextField()
    at = models.DateTimeField()

    PERSONAL = dict.fromkeys(("language", "digest", "text"), KEEP)

    class Meta:
        ordering = ["language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "language", each], name=f"programmes_notice_one_{each}"
            )
            for each in ("number", "digest")
        ]


class Permission(models.Model):
    """A guardian's permission for a minor, each on its own; given or withdrawn at any time.

    On paper, `day` is the day that stands on it and `scan` its picture, where there is one. Given by the
    link, `notice` is what the guardian had read; of a paper nobody knows it, nor of what is older than this.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="permissions")
    kind = models.CharField(max_length=14, choices=PermissionKind.choices)
    guardian = models.CharField(max_length=120)
    day = models.DateField(null=True)
    scan = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(NoticeVersion, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"kind": KEEP, "guardian": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind"],
                name="programmes_one_permission",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]
