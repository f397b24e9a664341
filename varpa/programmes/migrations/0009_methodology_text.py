from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def apart(apps: Any, _schema: Any) -> None:
    """What each version says moves into its row of the new table: one at a time, for they are long."""
    versions, texts = _managers(apps)
    for version in versions.only("data").iterator(chunk_size=1):
        text = texts.create(data=version.data)
        versions.filter(pk=version.pk).update(text=text)


def together(apps: Any, _schema: Any) -> None:
    versions, _texts = _managers(apps)
    for version in versions.select_related("text").defer("data").iterator(chunk_size=1):
        versions.filter(pk=version.pk).update(data=version.text.data)


def _managers(apps: Any) -> tuple[Any, Any]:
    models_of = (apps.get_model("programmes", name) for name in ("MethodologyVersion", "MethodologyText"))
    versions, texts = (model.objects for model in models_of)
    return versions, texts


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_comment_days")]

    operations = [
        migrations.CreateModel(
            name="MethodologyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("data", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="methodologyversion",
            name="text",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="of",
                to="programmes.methodologytext",
            ),
        ),
        # On the way back the column is there again before what it holds.
        migrations.AlterField(
            model_name="methodologyversion", name="data", field=models.JSONField(null=True)
        ),
        migrations.RunPython(apart, together),
        migrations.AlterField(
            model_name="methodologyversion",
            name="text",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="of",
                to="programmes.methodologytext",
            ),
        ),
        migrations.RemoveField(model_name="methodologyversion", name="data"),
    ]
