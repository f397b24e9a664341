from typing import Any

from django.db import migrations, models

from varpa.money.rates import rates_of, to_json


def keep_rates(apps: Any, schema_editor: Any) -> None:
    """The taxes in force are those with which slides were read until today."""
    for each in apps.get_model("presentations", "Version").objects.exclude(figures={}).iterator():
        each.rates = to_json(rates_of(each.figures["country"], int(each.figures["starts"][:4])))
        each.save(update_fields=["rates"])


class Migration(migrations.Migration):
    dependencies = [("presentations", "0004_versions")]

    operations = [
        migrations.AddField("version", "rates", models.JSONField(default=dict)),
        migrations.RunPython(keep_rates, migrations.RunPython.noop, elidable=True),
    ]
