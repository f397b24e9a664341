"""Which methodologies came of the guidelines of programmes, at once or through the programmes after them."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from varpa.drafts.models import Draft
from varpa.guidelines.models import Version
from varpa.programmes.models import MethodologyVersion


def came_of(programmes: list[int]) -> set[int]:
    """Keys of the versions that came of these programmes, and of all that came of those since.

    A programme that begins from one of them publishes the next with what stood there; so does an
    organisation that writes its own version.
    """
    found: set[int] = set()
    new = _taken(Version.objects.filter(programme__in=programmes))
    while new:
        found |= new
        own = Draft.objects.filter(based_on__in=new).exclude(became=None)
        later = _taken(Version.objects.filter(programme__methodology_version__in=new))
        new = (later | set(own.values_list("became", flat=True))) - found
    return found


def _taken(versions: QuerySet[Version]) -> set[int]:
    """What was published as the next methodology and taken up as one."""
    became = versions.exclude(becomes="").values_list("methodology_key", "becomes")
    keys = [Q(key=key, version=version) for key, version in became]
    return set(
        MethodologyVersion.objects.filter(reduce(or_, keys, Q(pk__in=[]))).values_list("pk", flat=True)
    )
