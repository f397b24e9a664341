"""Reading the support of mentors: questions with answers, the circle."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE
from varpa.support.models import CircleWord, MentorQuestion


def mentor_in(programme: Programme, person: Person) -> Membership | None:
    """The membership by which a person is a mentor of the programme."""
    held = Membership.objects.filter(programme=programme, person=person, role=Role.MENTOR, state__in=LIVE)
    return held.select_related("programme", "person").first()


def with_mentor(questions: QuerySet[MentorQuestion]) -> QuerySet[MentorQuestion]:
    """Questions with who asked and who answered."""
    return questions.select_related("mentor__person", "answered_by", "programme")


def all_questions(programme: Programme) -> QuerySet[MentorQuestion]:
    """What the staff may see: all that stand, those without an answer first."""
    found = with_mentor(MentorQuestion.objects.filter(programme=programme, withdrawn_at=None))
    return found.order_by(F("answered_at").desc(nulls_first=True), "-pk")


def questions_for(programme: Programme, mentor: Membership) -> QuerySet[MentorQuestion]:
    """What a mentor may see: the own ones and those that both share."""
    return all_questions(programme).filter(Q(mentor=mentor) | Q(mentor_shares=True, chief_shares=True))


def unanswered(programmes: Iterable[Programme]) -> dict[int, int]:
    """How many questions wait for the chief mentor, by the key of the programme."""
    open_ones = MentorQuestion.objects.filter(
        programme__in=programmes, answered_at=None, withdrawn_at=None
    ).order_by()
    counted = open_ones.values("programme").annotate(number=Count("pk"))
    return dict(counted.values_list("programme", "number"))


def words_in(programme: Programme) -> QuerySet[CircleWord]:
    """The circle, the latest word first; one taken back stays without its words."""
    words = CircleWord.objects.filter(programme=programme).select_related("by").order_by("-pk")
    return words.only("programme", "ref", "text", "at", "withdrawn_at", "by__name", "by__language")


def of_the_circle(programme: Programme) -> list[Person]:
    """Who takes part in the circle: the mentors and the chief mentors, each once."""
    roles = [Role.MENTOR, Role.MANAGER]
    held = Membership.objects.filter(programme=programme, role__in=roles, state__in=LIVE)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("pk"))


def said_lately(since: datetime, until: datetime) -> QuerySet[CircleWord]:
    """What was said in any circle in a time and stands, the earliest first."""
    said = CircleWord.objects.filter(at__gte=since, at__lt=until, withdrawn_at=None)
    return said.select_related("programme", "by").order_by("at", "pk")


def shared_lately(since: datetime, until: datetime) -> QuerySet[MentorQuestion]:
    """Questions answered in a time that both let the other mentors read, the earliest answer first."""
    shared = MentorQuestion.objects.filter(mentor_shares=True, chief_shares=True, withdrawn_at=None)
    answered = shared.filter(answered_at__gte=since, answered_at__lt=until)
    return with_mentor(answered).order_by("answered_at", "pk")


def with_programme(words: QuerySet[CircleWord]) -> QuerySet[CircleWord]:
    """Words with their programme."""
    return words.select_related("programme")
