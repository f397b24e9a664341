from django.db import migrations, models


class Migration(migrations.Migration):
    """The figures of a section as they were drafted, beside its text."""

    dependencies = [("guidelines", "0003_language_where_known")]

    operations = [
        migrations.AddField(
            model_name="section",
            name="counted",
            field=models.JSONField(default=dict),
        ),
    ]
