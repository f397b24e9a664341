from typing import Any

from django.db import migrations, models


def as_it_stands(apps: Any, schema_editor: Any) -> None:
    """Of older remarks it is known where their words stood last."""
    remarks = apps.get_model("businessplans", "Remark").objects.filter(cell="")
    remarks.update(marked_before=models.F("before"), marked_after=models.F("after"))


def _blank() -> Any:
    return models.CharField(blank=True, default="", max_length=80)


class Migration(migrations.Migration):
    dependencies = [("businessplans", "0008_with_its_rates")]

    operations = [
        migrations.AddField("remark", "marked_before", _blank(), preserve_default=False),
        migrations.AddField("remark", "marked_after", _blank(), preserve_default=False),
        migrations.RunPython(as_it_stands, migrations.RunPython.noop, elidable=True),
    ]
