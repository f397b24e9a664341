from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_approved_name")]

    operations = [
        migrations.AddField("approval", "sources", models.JSONField(default=list)),
        migrations.AddField("approval", "kept_by_mentee", models.BooleanField(default=False)),
        migrations.AddField("approval", "outdated_at", models.DateTimeField(null=True)),
        migrations.AddField("profile", "name_taken_back_at", models.DateTimeField(null=True)),
    ]
