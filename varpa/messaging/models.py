"""What the two of a pair write to each other: threads, messages, who has read how far, who wants quiet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.files.kinds import IMAGES
from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.pairs.models import Pair, Side


class About(models.TextChoices):
    """A thing of the pair on which a thread can hang; `messaging.queries.links` knows its page."""

    MEETING = "meeting", _("About a meeting")
    GOAL = "goal", _("About a goal")
    PLAN = "plan", _("About the cooperation plan")
    QUESTION = "question", _("About a question of the cooperation plan")


class Thread(models.Model):
    """A conversation of the two. The pair's own has no subject; others have one, or hang on a thing.

    `about_ref` is the reference of the thing, of a question its key. `search_text` is the subject as it is
    sought.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="threads")
    subject = models.CharField(max_length=120, blank=True)
    search_text = models.CharField(max_length=500, blank=True)
    about_kind = models.CharField(max_length=10, choices=About.choices, blank=True)
    about_ref = models.CharField(max_length=50, blank=True)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "subject": REPLACE, "search_text": ERASE, "about_kind": KEEP, "about_ref": KEEP}

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], name="messaging_one_own_thread", condition=Q(subject="", about_kind="")
            ),
            models.UniqueConstraint(
                fields=["pair", "about_kind", "about_ref"],
                name="messaging_one_thread_a_thing",
                condition=Q(about_kind__gt=""),
            ),
        ]

    @property
    def is_own(self) -> bool:
        """Whether this is the pair's own conversation."""
        return not self.subject and not self.about_kind


class Message(models.Model):
    """One message. `urgent`: its letter does not wait for the hours that suit the reader (R4).

    One taken back stays as a line without its words. `by_mail`: it came as the answer to a letter (R14).
    `needs_no_answer_at`: since when none is needed: the reader has said so, or files were only put with a
    thing. `search_text` is the words and the names of its files as they are sought.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField(blank=True)
    search_text = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    by_mail = models.BooleanField(default=False)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    needs_no_answer_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "side": KEEP, "text": ERASE, "search_text": ERASE}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thread", "side", "taken_back_at"], name="messaging_of_thread")]


class Attachment(models.Model):
    """A file or a voice note that lies in a message. `faceless`: its sender says it shows no mentee."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    faceless = models.BooleanField(default=False)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ["pk"]

    @property
    def may_show_mentee(self) -> bool:
        """Whether it is a picture in which a mentee may be recognised."""
        return self.file.kind in IMAGES and not self.faceless


class Seen(models.Model):
    """How far one side has read a thread: the key of the last message that was on the page."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="seen")
    side = models.CharField(max_length=6, choices=Side.choices)
    upto = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "side"], name="messaging_seen_once")]


class Quiet(models.Model):
    """One side wants no messages of the other, from a moment until it is lifted.

    The manager is told that, never why: a reason is told by the door of support (R8), if at all. `waited`:
    when it was lifted, words of the other had waited elsewhere; `read_at` when that was told.
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="quiets")
    side = models.CharField(max_length=6, choices=Side.choices)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    waited = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)

    PERSONAL = {"side": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "side"], name="messaging_quiet_once", condition=Q(lifted_at__isnull=True)
            )
        ]
