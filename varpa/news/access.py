"""Who reads news and pages, who writes pages, and who moderates them."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.news.models import News, NewsState, Page
from varpa.people.models import Person
from varpa.programmes.access import LIVE, managed_ids
from varpa.programmes.models import Membership, Role


class NewsAction(StrEnum):
    """READ: what is published for one's role. MANAGE: write, publish, withdraw."""

    READ = "news.read"
    MANAGE = "news.manage"


class PageAction(StrEnum):
    """READ and WRITE: members, of what is not hidden. MODERATE: hide, show, close, open."""

    READ = "page.read"
    WRITE = "page.write"
    MODERATE = "page.moderate"


@grant(NewsAction.READ, _("it is for this role"))
def _for_role(person: Person) -> Q:
    own = Membership.objects.filter(person=person, state__in=LIVE)
    mentors = own.filter(role=Role.MENTOR).values("programme")
    mentees = own.filter(role=Role.MENTEE).values("programme")
    theirs = Q(for_mentors=True, programme__in=mentors) | Q(for_mentees=True, programme__in=mentees)
    return Q(pk__in=News.objects.filter(theirs, state=NewsState.PUBLISHED).order_by().values("pk"))


@grant(NewsAction.READ, _("manages the programme"))
@grant(NewsAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(PageAction.READ, _("takes part in the programme"))
@grant(PageAction.WRITE, _("takes part in the programme"))
def _takes_part(person: Person) -> Q:
    own = Membership.objects.filter(person=person, state__in=LIVE)
    shown = Page.objects.filter(hidden_at=None, programme__in=own.values("programme"))
    return Q(pk__in=shown.order_by().values("pk"))


@grant(PageAction.READ, _("manages the programme"))
@grant(PageAction.WRITE, _("manages the programme"))
@grant(PageAction.MODERATE, _("manages the programme"))
def _moderates(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
