import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('businessplans', '0005_shared_by_the_mentee'),
        ('defence', '0007_recusals_withdrawn'),
    ]

    operations = [
        migrations.AddField(
            model_name='recusal',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='businessplans.businessplan'),
        ),
        migrations.AlterField(
            model_name='recusal',
            name='slot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='recusals', to='defence.slot'),
        ),
    ]
