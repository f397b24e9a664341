"""The views that a manager may open."""

from django.db.models import Q

from varpa.applications.models import View
from varpa.people.models import Person
from varpa.programmes.models import Programme


def views_for(person: Person, programme: Programme) -> list[View]:
    """A manager's own views and those that others share, by name: one query."""
    standing = View.objects.filter(programme=programme, withdrawn_at=None)
    return list(standing.filter(Q(by=person) | Q(shared=True)).select_related("by"))


def pairs_of(view: View) -> list[tuple[str, str]]:
    """What a view asks of the list, as its address has it: [(name, value)]."""
    return [(name, value) for name, values in view.asked.items() for value in values]
