from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def find(apps: Any, _schema: Any) -> None:
    """What is closed today was closed once; what is open once more just now is known by its words."""
    day = apps.get_model("defence", "Defence").objects.filter(pk=OuterRef("defence"))
    closed = apps.get_model("defence", "Slot").objects.filter(state="closed")
    closed.update(first_closed_at=Coalesce("closed_at", "began_at", Subquery(day.values("starts_at")[:1])))


class Migration(migrations.Migration):
    """A step of its own: PostgreSQL changes no table in the transaction in which it was written to."""

    dependencies = [("defence", "0010_first_closed_at")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop)]
