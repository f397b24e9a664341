from django.db import migrations, models


class Migration(migrations.Migration):
    """Which themes of open answers the text has had: what was taken out of it does not come back."""

    dependencies = [("reports", "0003_facts_beside_numbers")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="themes",
            field=models.JSONField(default=list),
        ),
    ]
