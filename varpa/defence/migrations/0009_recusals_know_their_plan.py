from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def find(apps: Any, _schema: Any) -> None:
    """Every recusal knows the plan whose presentation it was declared for."""
    slots = apps.get_model("defence", "Slot").objects.filter(pk=OuterRef("slot"))
    apps.get_model("defence", "Recusal").objects.update(plan=Subquery(slots.values("plan")[:1]))


class Migration(migrations.Migration):
    """A step of its own: PostgreSQL changes no table in the transaction in which it was written to."""

    dependencies = [("defence", "0008_recusals_of_plans")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop)]
