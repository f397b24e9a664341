from typing import Any

from django.db import migrations, models


def alone_again(apps: Any, schema_editor: Any) -> None:
    """Plans that were never shared and became so by being taken back after submitting."""
    plans = apps.get_model("businessplans", "BusinessPlan").objects
    plans.filter(state="shared", shared_at=None).update(state="drafting")


class Migration(migrations.Migration):
    dependencies = [("businessplans", "0004_presented")]

    operations = [
        migrations.RunPython(alone_again, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="businessplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "shared"), _negated=True) | models.Q(("shared_at__isnull", False)),
                name="businessplans_shared_by_somebody",
            ),
        ),
    ]
