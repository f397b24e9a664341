from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def end(apps: Any, _schema: Any) -> None:
    """A lock beside which the same two are kept apart ends with what keeps them apart."""
    standing = apps.get_model("matching", "Choice").objects.filter(undone_at=None)
    no = standing.filter(kind__in=["forbid", "veto"], mentee=OuterRef("mentee"), mentor=OuterRef("mentor"))
    locks = standing.filter(kind="lock").annotate(since=Subquery(no.order_by("at").values("at")[:1]))
    for lock in locks.exclude(since=None):
        standing.filter(pk=lock.pk).update(undone_at=lock.since)


class Migration(migrations.Migration):
    """A step of its own: PostgreSQL changes no table in the transaction in which it was written to."""

    dependencies = [("matching", "0003_measured")]

    operations = [migrations.RunPython(end, migrations.RunPython.noop)]
