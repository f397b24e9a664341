from django.db import migrations, models


class Migration(migrations.Migration):
    """No link is an empty digest, as no seed is an empty one."""

    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="invitation", name="surveys_link_dies_with_the_answer"),
        migrations.AlterField(
            model_name="invitation",
            name="digest",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest__gt", "")), fields=("digest",), name="surveys_one_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "asked"), models.Q(("digest", ""), ("seed", "")), _connector="OR"),
                name="surveys_link_dies_with_the_answer",
            ),
        ),
    ]
