"""Lists of people to be taken in, and what managers keep for themselves: views, notes, talks they ask for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme


class RosterState(models.TextChoices):
    SHOWN = "shown", pgettext_lazy("roster", "Not taken in yet")
    TAKEN = "taken", pgettext_lazy("roster", "Taken in")
    DROPPED = "dropped", pgettext_lazy("roster", "Given up")


class Roster(models.Model):
    """`content` is the very file that was previewed: nothing that a browser sends decides what is taken in.

    `preview` is what its page shows, `mark` what every line would do: where that has changed since, the list
    is shown again before it is taken in. `mapped` says what the columns hold that we do not know. File and
    preview are emptied as soon as they have served. `role` and `country` hold where a line says none.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rosters")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    content = models.BinaryField()
    preview = models.JSONField(default=dict)
    mark = models.CharField(max_length=64, blank=True)
    mapped = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.SHOWN)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    STEPS = {
        "take": Step((RosterState.SHOWN,), RosterState.TAKEN),
        "drop": Step((RosterState.SHOWN,), RosterState.DROPPED),
    }
    PERSONAL = {
        "ref": KEEP,
        "name": ERASE,
        "role": KEEP,
        "country": KEEP,
        "content": ERASE,
        "preview": ERASE,
        "mark": KEEP,
        "mapped": KEEP,
        "state": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], name="applications_waiting", condition=Q(state="shown"))]


class Mapping(models.Model):
    """What the columns of one web form's lists hold: said once by a manager, proposed for every next list.

    A heading is remembered in other sets too: a form that has grown by a question is asked only of that.

    `headings` is the mark of the set of headings, in whatever order; `fields` {compared heading: field, ""
    for a column to be left out}. Headings are questions of a form, never what people answered.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="mappings")
    headings = models.CharField(max_length=64)
    fields = models.JSONField(default=dict)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PERSONAL = {"headings": KEEP, "fields": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "headings"], name="applications_mapped_once_a_form")
        ]


class View(models.Model):
    """A list of people that a manager wants to find again: what was sought and which columns were shown.

    `asked` is the address of the list, {name: [values]}; `shared`: the other managers see it too.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="views")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    # What was sought may be somebody's name.
    PERSONAL = {"ref": KEEP, "name": ERASE, "asked": ERASE}

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "by", "name"],
                name="applications_view_named_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What a manager wants to remember of a member: for the staff of the programme only, never a state."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["-pk"]


class Interview(models.Model):
    """An applicant was asked for a talk before it is decided; the application stays undecided.

    `asked` is the reference of the form from which it was sent, to one person or to many: a second click
    sends nothing. `words` and `times` are the manager's own.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="interviews")
    asked = models.CharField(max_length=20)
    words = models.TextField()
    times = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PERSONAL = {"asked": KEEP, "words": ERASE, "times": ERASE}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "asked"], name="applications_talk_asked_once_a_form"
            )
        ]
