"""What is asked of a programme that was lived through: of its history, and of what counts it."""

DOORS = {
    "apart.ask",
    "apart.withdraw",
    "application.begin",
    "application.confirm",
    "application.link",
    "application.withdraw",
    "guardian.language",
    "observer.open",
    "permission.agree",
    "permission.confirm",
    "permission.refuse",
    "permission.withdraw",
    "person.add",
    "school.confirm",
    "school.doubt",
    "school.send",
    "survey.answer",
    "worry.tell",
}
"""What is done on a page by somebody without an account, or in confidence: a page without a name."""

NAMELESS = "SELECT DISTINCT verb FROM history_line WHERE actor IS NULL AND channel = '{}'"

LABELLED = """
from varpa.site import boot
boot.wake()
import json
from datetime import datetime, UTC
from varpa.dossier.counting import sums
from varpa.dossier.reach import Reach
from varpa.evaluation.measures import counted, measures_of
from varpa.programmes.models import Programme
of = Programme.objects.select_related("organisation", "emblem", "methodology_version").earliest("pk")
dossier = {str(each.what): each.until for each in sums(Reach(of, "en", None, None, None, "signed"))}
found = counted(of, [(each.key, "") for each in measures_of(of)])
report = {str(each.name): str(found[each.key, ""]) for each in measures_of(of)}
print(json.dumps([dossier, report]))
"""
"""Prints as JSON [the dossier's sums, the report's figures], each by its words."""
