"""The tables that stood in `applications`, taken over as they are."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import varpa.kernel.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0002_guardians_move_out"),
        ("programmes", "0002_participation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Guardian',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=varpa.kernel.refs.new_ref, max_length=20, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('address', models.EmailField(max_length=254)),
                        ('language', models.CharField(choices=[('lv', 'Latviešu'), ('lt', 'Lietuvių'), ('en', 'English')], max_length=2)),
                        ('at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardians', to='programmes.membership')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='GuardianLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=varpa.kernel.refs.new_ref, max_length=20, unique=True)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='guardians.guardian')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='GuardianAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('taking_part', 'taking part'), ('visit', 'visiting a company'), ('visit_abroad', 'a visit abroad'), ('photographs', 'photographs')], max_length=14)),
                        ('given', models.BooleanField()),
                        ('at', models.DateTimeField()),
                        ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='guardians.guardian')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Worry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=varpa.kernel.refs.new_ref, max_length=20, unique=True)),
                        ('text', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('read_at', models.DateTimeField(null=True)),
                        ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='worries', to='guardians.guardian')),
                        ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.AddConstraint(
            model_name="guardian",
            constraint=models.UniqueConstraint(
                models.F("membership"),
                django.db.models.functions.text.Lower("address"),
                condition=models.Q(("withdrawn_at__isnull", True)),
                name="applications_guardian_once",
            ),
        ),
            ],
        ),
        migrations.RemoveConstraint(model_name="guardian", name="applications_guardian_once"),
        migrations.AddConstraint(
            model_name="guardian",
            constraint=models.UniqueConstraint(
                models.F("membership"),
                django.db.models.functions.text.Lower("address"),
                condition=models.Q(("withdrawn_at__isnull", True)),
                name="guardians_once",
            ),
        ),
    ]
