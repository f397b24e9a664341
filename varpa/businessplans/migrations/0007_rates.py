from typing import Any

from django.db import migrations, models

from varpa.money.rates import rates_of, to_json


def with_rates(stands: Any) -> bool:
    """The taxes in force are those with which it was read until today; whether there was something to fill."""
    if stands.rates or not stands.figures:
        return False
    stands.rates = to_json(rates_of(stands.figures["country"], int(stands.figures["starts"][:4])))
    return True


def keep_rates(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("businessplans", "Version").objects
    plans = apps.get_model("businessplans", "BusinessPlan").objects
    for found in (versions.all(), plans.filter(state__in=("submitted", "defended"))):
        for each in found.iterator():
            if with_rates(each):
                each.save(update_fields=["rates"])


class Migration(migrations.Migration):
    dependencies = [("businessplans", "0006_after")]

    operations = [
        migrations.AddField("businessplan", "rates", models.JSONField(default=dict)),
        migrations.AddField("version", "rates", models.JSONField(default=dict)),
        migrations.RunPython(keep_rates, migrations.RunPython.noop, elidable=True),
    ]
