"""Who accepted the notice, where nothing else is asked, is prepared (R1).

Until that was so, no page offered such a member anything more to do, and nobody could meet them.
"""

from typing import Any

from django.db import migrations


def prepare(apps: Any, _schema: Any) -> None:
    """Add the step that the notice makes today, with the day and the doer of the notice."""
    versions = apps.get_model("programmes", "MethodologyVersion").objects
    for version in versions.select_related("text").iterator(chunk_size=1):
        roles = _unasked(version.text.data)
        if roles:
            _prepare(apps, version, roles)


def _unasked(data: dict[str, Any]) -> list[str]:
    """The roles of which a methodology asks neither a training nor a reading."""
    if data.get("training"):
        return []
    asked = {
        role for each in data.get("documents") or () if each.get("required") for role in each.get("roles") or ()
    }
    return [role for role in ("mentor", "mentee", "manager", "lead_partner") if role not in asked]


def _prepare(apps: Any, version: Any, roles: list[str]) -> None:
    steps = apps.get_model("programmes", "Preparation").objects
    noticed = steps.filter(
        step="notice", membership__programme__methodology_version=version, membership__role__in=roles
    )
    trained = steps.filter(step="training").values("membership")
    for notice in noticed.exclude(membership__in=trained).order_by("pk"):
        steps.create(membership_id=notice.membership_id, step="training", at=notice.at, by_id=notice.by_id)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0017_own_versions")]

    operations = [migrations.RunPython(prepare, migrations.RunPython.noop)]
