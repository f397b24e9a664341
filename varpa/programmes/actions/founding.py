"""The partners of a programme follow its countries, until they are named and others are added."""

from collections import Counter

from django.db import models, transaction

from varpa.programmes.models import Partner, Programme


@transaction.atomic
def follow_countries(programme: Programme) -> None:
    """Every country of a programme has a partner; of a new one nobody knows the name yet.

    The first one leads. A partner without a name goes where its country has gone or has another one, unless
    something is of it.
    """
    known = list(Partner.objects.filter(programme=programme))
    there = Counter(each.country for each in known)
    wanted = programme.countries or ([] if known else [""])
    for country in dict.fromkeys(wanted):
        if country not in there:
            _lay(programme, country)
    for each in known:
        needed = each.country in programme.countries and there[each.country] == 1
        if not (each.leads or each.name or needed):
            take_off(each)


def next_place(programme: Programme) -> int:
    """Behind the last partner."""
    there = Partner.objects.filter(programme=programme).aggregate(last=models.Max("place"))
    return 0 if there["last"] is None else there["last"] + 1


def take_off(partner: Partner) -> bool:
    """Delete a partner; False where a member was put to it, or something else is of it."""
    try:
        with transaction.atomic():
            Partner.objects.filter(pk=partner.pk).delete()
    except models.ProtectedError:
        return False
    return True


def _lay(programme: Programme, country: str) -> None:
    place = next_place(programme)
    Partner.objects.create(programme=programme, country=country, leads=not place, place=place)
