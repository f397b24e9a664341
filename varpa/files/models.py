"""One row a file: its hash, its type as checked by content, and the thing that owns it."""

from django.db import models

from varpa.files.kinds import IMAGES
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref


class File(models.Model):
    """A kept file. `about_kind` and `about_ref` name the owner, whose door it is served by."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    about_kind = models.CharField(max_length=40)
    about_ref = models.CharField(max_length=40)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {
        "ref": KEEP,
        "sha256": KEEP,
        "kind": KEEP,
        "name": ERASE,
        "about_kind": KEEP,
        "about_ref": KEEP,
    }

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_ref"], name="files_about"),
            models.Index(fields=["by", "at"], name="files_pace"),
        ]

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it; anything else is downloaded."""
        return self.kind in IMAGES
