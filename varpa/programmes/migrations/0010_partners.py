import django.db.models.deletion
import varpa.kernel.refs
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("programmes", "0009_methodology_text")]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=varpa.kernel.refs.new_ref, max_length=20, unique=True)),
                ("leads", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=160)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("contact_name", models.CharField(blank=True, max_length=120)),
                ("contact_address", models.EmailField(blank=True, max_length=254)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={"ordering": ["place", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                fields=["programme"], name="programmes_one_lead_partner", condition=Q(leads=True)
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                fields=["programme", "name"], name="programmes_partner_named_once", condition=~Q(name="")
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                fields=["programme", "country"],
                name="programmes_one_unnamed_partner",
                condition=Q(name="", leads=False),
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=Q(leads=False) | Q(name=""), name="programmes_lead_partner_is_the_organisation"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="partner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chosen",
                to="programmes.partner",
            ),
        ),
    ]
