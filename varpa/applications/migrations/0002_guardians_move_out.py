"""A minor's guardian has a room of its own: the tables go there as they are, with all that they hold."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("guardian", "guardians_guardian"),
                migrations.AlterModelTable("guardianlink", "guardians_guardianlink"),
                migrations.AlterModelTable("guardiananswer", "guardians_guardiananswer"),
                migrations.AlterModelTable("worry", "guardians_worry"),
            ],
            state_operations=[
                migrations.DeleteModel("Worry"),
                migrations.DeleteModel("GuardianAnswer"),
                migrations.DeleteModel("GuardianLink"),
                migrations.DeleteModel("Guardian"),
            ],
        )
    ]
