"""What was taken out of a draft was never asked of anybody, and stands in no result and no codebook."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def forget(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    questions = apps.get_model("surveys", "Question").objects.filter(removed_at__lt=F("survey__sent_at"))
    surveys = set(questions.values_list("survey", flat=True))
    keys = set(questions.values_list("survey", "key"))
    for result in apps.get_model("surveys", "Result").objects.filter(survey__in=surveys):
        for part in ("figures", "changes"):
            rows = result.data.get(part, [])
            result.data[part] = [row for row in rows if (result.survey_id, row["question"]) not in keys]
        result.save(update_fields=["data"])
    questions.delete()
    # Reckoned anew, so that what was kept on paper is made anew.
    apps.get_model("surveys", "Survey").objects.filter(pk__in=surveys).update(stale=True)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0007_draft_asked"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
