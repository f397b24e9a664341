import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guardians", "0004_worries_know_their_mentee")]

    operations = [
        migrations.AlterField(
            model_name="worry",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="worries",
                to="programmes.membership",
            ),
        )
    ]
