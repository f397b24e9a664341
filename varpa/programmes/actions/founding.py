"""The partners of a programme follow its countries, until they are named and others are added."""

from collections import Counter

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector

from varpa.programmes.models import Partner, Programme


@transaction.atomic
def follow_countries(programme: Programme) -> None:
    """Every country of a programme has a partner; of a new one nobody knows the name yet.

    The first one leads. A partner without a name goes where its country has gone or has another one, unless
    something is of it.
    """
    known = list(Partner.objects.filter(programme=programme, withdrawn_at=None))
    there = Counter(each.country for each in known)
    wanted = programme.countries or ([] if known else [""])
    for country in dict.fromkeys(wanted):
        if country not in there:
            _lay(programme, country)
    for each in known:
        needed = each.country in programme.countries and there[each.country] == 1
        if not (each.leads or each.name or needed or is_used(each)):
            # Nobody has written a word in it: it was laid for a country, and goes with it.
            Partner.objects.filter(pk=each.pk).delete()


def next_place(programme: Programme) -> int:
    """Behind the last partner."""
    there = Partner.objects.filter(programme=programme).aggregate(last=models.Max("place"))
    return 0 if there["last"] is None else there["last"] + 1


def is_used(partner: Partner) -> bool:
    """Whether a member was put to it, or something else is of it, also in rooms above."""
    try:
        Collector(using=DEFAULT_DB_ALIAS, origin=partner).collect([partner])
    except models.ProtectedError:
        return True
    return False


def _lay(programme: Programme, country: str) -> None:
    place = next_place(programme)
    Partner.objects.create(programme=programme, country=country, leads=not place, place=place)
