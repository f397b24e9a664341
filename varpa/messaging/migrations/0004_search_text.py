"""Conversations are sought by their words in small letters without marks, and by the names of files."""

from typing import Any

from django.db import migrations, models

from varpa.kernel.text import folded


def _fill(apps: Any, _editor: Any) -> None:
    threads = apps.get_model("messaging", "Thread").objects
    for thread in threads.exclude(subject="").only("subject").iterator(chunk_size=500):
        threads.filter(pk=thread.pk).update(search_text=folded(thread.subject)[:500])
    messages = apps.get_model("messaging", "Message").objects
    standing = messages.filter(taken_back_at=None).only("text").prefetch_related("attachments__file")
    for message in standing.iterator(chunk_size=500):
        names = [each.file.name for each in message.attachments.all()]
        messages.filter(pk=message.pk).update(search_text=folded(" ".join((message.text, *names))))


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_faceless"), ("files", "0001_initial")]

    operations = [
        migrations.AddField("message", "search_text", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "thread", "search_text", models.CharField(blank=True, default="", max_length=500), preserve_default=False
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
