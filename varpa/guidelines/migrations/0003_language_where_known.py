from typing import Any

from django.db import migrations, models

GUESSED = ("diary", "review", "event", "words", "note")


def unsay(apps: Any, _schema: Any) -> None:
    """Of all but surveys it was the language of the interface; what is published stays as it was printed."""
    apps.get_model("guidelines", "Recommendation").objects.filter(source__in=GUESSED).update(language="")


class Migration(migrations.Migration):
    dependencies = [("guidelines", "0002_one_version_each")]

    operations = [
        migrations.AlterField(
            model_name="recommendation",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("lv", "Latviešu"), ("lt", "Lietuvių"), ("en", "English")],
                max_length=2,
            ),
        ),
        migrations.RunPython(unsay, migrations.RunPython.noop),
    ]
