from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_phone_shown'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='sessions_ended',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
