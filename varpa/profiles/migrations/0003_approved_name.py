from typing import Any

from django.db import migrations, models


def as_it_stands(apps: Any, schema_editor: Any) -> None:
    """Where the mentor has approved something, the name stood above it."""
    profiles = apps.get_model("profiles", "Profile").objects
    seen = profiles.filter(parts__approvals__withdrawn_at=None, parts__approvals__isnull=False)
    profiles.filter(pk__in=seen.values("pk")).update(approved_company=models.F("company"))


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_photographs")]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="approved_company",
            field=models.CharField(blank=True, default="", max_length=160),
            preserve_default=False,
        ),
        migrations.RunPython(as_it_stands, migrations.RunPython.noop, elidable=True),
    ]
