from django.db import migrations, models


class Migration(migrations.Migration):
    """Where answers are counted while a survey is open."""

    dependencies = [("surveys", "0002_one_link")]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="drawn",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Waits"), (1, "Whole"), (2, "Groups")], default=0
            ),
        ),
    ]
