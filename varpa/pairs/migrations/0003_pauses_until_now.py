from django.db import migrations


def write_down(apps, _schema_editor):
    """A pair that rests already has its pause: since when, and by whom, as history tells."""
    Pair, Pause = apps.get_model("pairs", "Pair"), apps.get_model("pairs", "Pause")
    Line, Person = apps.get_model("history", "Line"), apps.get_model("people", "Person")
    for pair in Pair.objects.filter(state="paused", pauses=None):
        lines = Line.objects.filter(thing_kind="pair", thing_ref=pair.ref, verb="pair.pause")
        line = lines.order_by("-pk").first()
        by = Person.objects.filter(pk=line.actor).first() if line and line.actor else None
        Pause.objects.create(pair=pair, by=by, at=line.at if line else pair.active_at)


class Migration(migrations.Migration):

    dependencies = [
        ("pairs", "0002_pauses"),
        ("history", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
