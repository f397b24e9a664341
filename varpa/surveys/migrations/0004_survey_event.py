import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A survey may ask about one training, and goes to those who were there."""

    dependencies = [("events", "0002_changed_at"), ("surveys", "0003_sheet_drawn")]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="surveys",
                to="events.event",
            ),
        ),
    ]
