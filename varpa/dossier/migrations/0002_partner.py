import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A dossier of a country stays what it is: `of_partner` is empty, and `partner` the country's code."""

    dependencies = [("dossier", "0001_initial"), ("programmes", "0011_partners_of_countries")]

    operations = [
        migrations.AlterField(
            model_name="dossier", name="partner", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AddField(
            model_name="dossier",
            name="of_partner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=Q(of_partner=None) | ~Q(partner=""), name="dossier_partner_is_called"
            ),
        ),
    ]
