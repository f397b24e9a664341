from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("businessplans", "0007_rates")]

    operations = [
        migrations.AddConstraint(
            "version",
            models.CheckConstraint(
                condition=Q(figures={}) | ~Q(rates={}), name="businessplans_version_with_its_rates"
            ),
        ),
    ]
