"""A worry names the mentee itself: a school tells of one without being anybody's guardian."""

from typing import Any

from django.db import migrations


def _fill(apps: Any, _editor: Any) -> None:
    worries = apps.get_model("guardians", "Worry").objects
    for worry in worries.filter(membership=None).select_related("guardian"):
        worries.filter(pk=worry.pk).update(membership=worry.guardian.membership_id)


class Migration(migrations.Migration):
    dependencies = [("guardians", "0003_schools")]

    operations = [migrations.RunPython(_fill, migrations.RunPython.noop)]
