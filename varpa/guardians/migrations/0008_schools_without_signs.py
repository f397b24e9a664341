"""What a school is compared by no longer holds signs, nor the class behind a comma."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from varpa.guardians.schoolnames import school_key


def compare(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    contacts = apps.get_model("guardians", "SchoolContact").objects
    for contact in contacts.order_by("pk"):
        key = school_key(contact.school)
        same = contacts.filter(programme=contact.programme_id, key=key, withdrawn_at=None)
        # Two who answered for two spellings of one school: the first keeps the pupils.
        if key and key != contact.key and (contact.withdrawn_at or not same.exists()):
            contacts.filter(pk=contact.pk).update(key=key)


class Migration(migrations.Migration):
    dependencies = [("guardians", "0007_worries_choose_their_reader")]

    operations = [migrations.RunPython(compare, migrations.RunPython.noop)]
