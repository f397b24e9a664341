"""Who may say a word to a recommendation, who sorts them, who reads published guidelines."""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from varpa.guidelines.models import Change, Recommendation, Version
from varpa.guidelines.queries import HANDED_OVER, with_consent
from varpa.kernel.access import grant
from varpa.people.models import Appointment, Person
from varpa.programmes.access import LIVE, managed, managed_ids
from varpa.programmes.models import Membership


class OfferedAction(StrEnum):
    """READ: of a programme the page with one's own recommendations, and those that need one's word."""

    READ = "programme_recommendations.read"


class RecommendationAction(StrEnum):
    """READ, CONSENT: whose word it needs. MANAGE: sort it, once it has every consent."""

    READ = "programme_recommendation.read"
    CONSENT = "programme_recommendation.consent"
    MANAGE = "programme_recommendation.manage"


class VersionAction(StrEnum):
    """READ: published guidelines. MANAGE: export them. NEXT: begin a programme from them."""

    READ = "guidelines.read"
    MANAGE = "guidelines.manage"
    NEXT = "guidelines.next"


class ChangeAction(StrEnum):
    READ = "change.read"
    WITHDRAW = "change.withdraw"


@grant(OfferedAction.READ, _("takes part in the programme"))
@grant(OfferedAction.READ, _("manages the programme"))
def _offers(person: Person) -> Q:
    mine = Membership.objects.filter(person=person, state__in=LIVE)
    return Q(pk__in=mine.order_by().values("programme")) | managed(person)


@grant(OfferedAction.READ, _("wrote a recommendation, or owns a diary in which one stands"))
def _concerned(person: Person) -> Q:
    """Also who has left the programme since: a word is taken back as easily as it was given."""
    written = Recommendation.objects.filter(by=person)
    owned = Recommendation.objects.filter(HANDED_OVER, pair__mentee__person=person)
    return Q(pk__in=written.order_by().values("programme")) | Q(pk__in=owned.order_by().values("programme"))


@grant(RecommendationAction.READ, _("wrote it"))
@grant(RecommendationAction.CONSENT, _("wrote it"))
def _author(person: Person) -> Q:
    return Q(by=person)


@grant(RecommendationAction.READ, _("owns the diary in which it stands"))
@grant(RecommendationAction.CONSENT, _("owns the diary in which it stands"))
def _owner(person: Person) -> Q:
    owned = Recommendation.objects.filter(HANDED_OVER, pair__mentee__person=person)
    return Q(pk__in=owned.order_by().values("pk"))


@grant(RecommendationAction.READ, _("manages the programme, and everybody asked has consented"))
@grant(RecommendationAction.MANAGE, _("manages the programme, and everybody asked has consented"))
def _sorts(person: Person) -> Q:
    itself = Recommendation.objects.filter(pk=OuterRef("pk"), programme__in=managed_ids(person))
    return Q(Exists(itself.filter(with_consent())))


@grant(VersionAction.READ, _("takes part in the programme"))
def _takes_part(person: Person) -> Q:
    mine = Membership.objects.filter(person=person, state__in=LIVE)
    found = Version.objects.filter(programme__in=mine.values("programme"))
    return Q(pk__in=found.order_by().values("pk"))


@grant(VersionAction.READ, _("manages the programme"))
@grant(VersionAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(VersionAction.NEXT, _("staff of the lead partner"))
def _begins(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    found = Version.objects.filter(programme__organisation__in=appointed.values("organisation"))
    return Q(pk__in=found.order_by().values("pk"))


@grant(ChangeAction.READ, _("manages the programme"))
@grant(ChangeAction.WITHDRAW, _("manages the programme"))
def _changes(person: Person) -> Q:
    found = Change.objects.filter(programme__in=managed_ids(person))
    return Q(pk__in=found.order_by().values("pk"))
