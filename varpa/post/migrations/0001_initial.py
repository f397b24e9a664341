
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20, unique=True)),
                ('message_id', models.CharField(max_length=250, unique=True)),
                ('once', models.CharField(max_length=160, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('essential', models.BooleanField()),
                ('person', models.BigIntegerField(null=True)),
                ('to_name', models.CharField(blank=True, max_length=250)),
                ('to_address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=10)),
                ('subject', models.CharField(max_length=250)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('stop_link', models.CharField(blank=True, max_length=500)),
                ('calendar', models.TextField(blank=True)),
                ('calendar_method', models.CharField(blank=True, max_length=10)),
                ('thread', models.CharField(blank=True, max_length=80)),
                ('about', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(choices=[('queued', 'Waits to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('withdrawn', 'Withdrawn'), ('failed', 'Could not be delivered')], default='queued', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='post_due'), models.Index(fields=['thread'], name='post_thread'), models.Index(fields=['about'], name='post_about')],
            },
        ),
        migrations.CreateModel(
            name='Unsubscribed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.BigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='post_unsubscribed_once')],
            },
        ),
    ]
