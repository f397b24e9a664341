from typing import Any

from django.db import migrations, models

from varpa.businessplans.anchors import around, spot


def look_around(apps: Any, schema_editor: Any) -> None:
    """What stands behind the words of each remark; half words become whole ones, as new remarks have them."""
    parts = apps.get_model("businessplans", "Part").objects.all()
    texts = {(part.plan_id, part.key): part.text for part in parts}
    remarks = apps.get_model("businessplans", "Remark").objects.filter(cell="").exclude(place="")
    for remark in remarks:
        text = texts.get((remark.plan_id, remark.part), "")
        found = spot(text, remark.place, remark.before)
        if found:
            remark.place = found.words
            remark.before, remark.after = around(text, found)
            remark.save(update_fields=["place", "before", "after"])


class Migration(migrations.Migration):
    dependencies = [("businessplans", "0005_shared_by_the_mentee")]

    operations = [
        migrations.AddField(
            model_name="remark",
            name="after",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(look_around, migrations.RunPython.noop, elidable=True),
    ]
