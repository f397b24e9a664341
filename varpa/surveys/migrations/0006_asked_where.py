"""Where a member stood when asked; of those asked before, where they stand now. Figures get their own rates."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    member = apps.get_model("programmes", "Membership").objects.filter(pk=OuterRef("membership"))
    told = {name: Subquery(member.values(name)[:1]) for name in ("role", "country")}
    apps.get_model("surveys", "Invitation").objects.update(**told)
    # What was shown stays; beside it come the rates of those whose answers it counts.
    apps.get_model("surveys", "Survey").objects.exclude(sent_at=None).update(stale=True)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0005_few_words"),
    ]

    operations = [
        migrations.AddField("invitation", "role", models.CharField(blank=True, default="", max_length=12), False),
        migrations.AddField("invitation", "country", models.CharField(blank=True, default="", max_length=2), False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
