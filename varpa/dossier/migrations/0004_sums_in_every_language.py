from django.db import migrations, models


def by_language(apps, schema_editor):
    """What was kept in the language of the dossier alone stays in it, said so."""
    Dossier = apps.get_model("dossier", "Dossier")
    for each in Dossier.objects.only("language", "figures").iterator():
        if isinstance(each.figures, list):
            each.figures = {each.language: each.figures} if each.figures else {}
            each.save(update_fields=["figures"])


def of_one_language(apps, schema_editor):
    Dossier = apps.get_model("dossier", "Dossier")
    for each in Dossier.objects.only("language", "figures").iterator():
        if isinstance(each.figures, dict):
            each.figures = each.figures.get(each.language, [])
            each.save(update_fields=["figures"])


class Migration(migrations.Migration):

    dependencies = [
        ("dossier", "0003_names_on_paper"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="figures",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(by_language, of_one_language),
    ]
