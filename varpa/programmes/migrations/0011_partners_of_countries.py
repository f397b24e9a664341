from typing import Any

from django.db import migrations

from varpa.kernel.refs import new_ref


def found(apps: Any, _schema: Any) -> None:
    """A programme goes on as it was: one partner a country, the first of them led by its organisation."""
    programmes, partners = (apps.get_model("programmes", name).objects for name in ("Programme", "Partner"))
    for programme in programmes.only("countries").iterator():
        for place, country in enumerate(list(dict.fromkeys(programme.countries)) or [""]):
            # What a historical model gives by default is asked for here: one reference a row.
            ref = new_ref()
            partners.create(programme=programme, leads=not place, country=country, place=place, ref=ref)


class Migration(migrations.Migration):
    """A step of its own: PostgreSQL changes no table in the transaction in which it was written to."""

    dependencies = [("programmes", "0010_partners")]

    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
