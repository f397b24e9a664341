from typing import Any

from django.db import migrations, models


def from_history(apps: Any, _schema: Any) -> None:
    """Who was erased before there was a list stands in history; of two lines the first one counts."""
    erased = apps.get_model("privacy", "Erased")
    lines = apps.get_model("history", "Line").objects.filter(verb="person.erase").order_by("pk")
    rows = [erased(ref=ref, at=at) for ref, at in lines.values_list("thing_ref", "at")]
    erased.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0001_initial'),
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erased',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20, unique=True)),
                ('at', models.DateTimeField()),
                ('listed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(from_history, migrations.RunPython.noop),
    ]
