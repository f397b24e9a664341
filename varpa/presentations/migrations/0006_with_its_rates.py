from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("presentations", "0005_rates")]

    operations = [
        migrations.AddConstraint(
            "version",
            models.CheckConstraint(
                condition=Q(figures={}) | ~Q(rates={}), name="presentations_version_with_its_rates"
            ),
        ),
    ]
