from typing import Any

from django.db import migrations


def to_meetings(apps: Any, _schema: Any) -> None:
    """What the firm says to photographs stands at the meeting from now on, where pictures are kept."""
    for visit in apps.get_model("visits", "Visit").objects.exclude(photos="").iterator():
        apps.get_model("meetings", "Meeting").objects.filter(pk=visit.meeting_id).update(photos=visit.photos)


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("meetings", "0005_firm_and_words")]

    operations = [
        migrations.RunPython(to_meetings, migrations.RunPython.noop),
        migrations.RemoveField(model_name="visit", name="photos"),
    ]
