from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def find(apps: Any, _schema: Any) -> None:
    """What stands as it was approved was approved with its sources; what was changed since holds no longer."""
    part = apps.get_model("profiles", "Part").objects.filter(pk=OuterRef("part"))
    approvals = apps.get_model("profiles", "Approval").objects.filter(withdrawn_at=None)
    changed = approvals.exclude(text=F("part__text"))
    changed.update(outdated_at=Coalesce(Subquery(part.values("saved_at")[:1]), "at"))
    approvals.filter(outdated_at=None).update(
        sources=Subquery(part.values("sources")[:1]),
        kept_by_mentee=Subquery(part.values("kept_by_mentee")[:1]),
    )


class Migration(migrations.Migration):
    """A step of its own: PostgreSQL changes no table in the transaction in which it was written to."""

    dependencies = [("profiles", "0004_approved_as_it_stood")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop)]
