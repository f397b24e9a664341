from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("defence", "0009_recusals_know_their_plan")]

    operations = [
        migrations.AddField(
            model_name="slot", name="first_closed_at", field=models.DateTimeField(null=True)
        ),
    ]
