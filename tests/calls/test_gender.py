"""A mentee may tell the gender: it is counted for the report of fairness, and shown to nobody."""

import pytest
from django.urls import reverse

from tests.calls.conftest import ADDRESS, Applicant, begun, letters, link_in, sent
from tests.visits import Visitor, forms, words
from varpa.people.models import Person
from varpa.programmes.models import Membership, Participation, Programme, Role

pytestmark = pytest.mark.django_db
ASKS = {
    "lv": "Tavs dzimums – tikai tāpēc, lai redzētu, vai mentori atrodas visiem vienlīdz",
    "lt": "Tavo lytis – tik tam, kad matytume, ar mentoriai randami visiems vienodai",
    "en": "Your gender, only to see whether mentors are found for all alike",
}


def place(programme: Programme, role: str, language: str) -> tuple[Applicant, str]:
    """The step with the place of study or work, as whoever applies opens it."""
    application = begun(programme, role, language=language)
    visitor = Applicant()
    visitor.send(forms(visitor.get(link_in(letters(ADDRESS)[-1])))[0])
    return visitor, reverse("calls:step", args=[application.ref, "place"])


@pytest.mark.parametrize("language", list(ASKS))
def test_a_mentee_is_asked_and_told_why(programme: Programme, language: str) -> None:
    visitor, step = place(programme, Role.MENTEE, language)
    assert ASKS[language] in words(visitor.get(step))


def test_a_mentor_is_not_asked(programme: Programme) -> None:
    visitor, step = place(programme, Role.MENTOR, "en")
    assert 'name="gender"' not in words(visitor.get(step))


def test_what_was_told_is_taken_back_before_it_is_sent(programme: Programme) -> None:
    visitor, step = place(programme, Role.MENTEE, "lv")
    visitor.send(forms(visitor.get(step))[0], gender="woman", country="LV")
    review = step.split("steps/")[0]
    assert "sieviete" in words(visitor.get(review))
    visitor.send(forms(visitor.get(step))[0], gender="")
    assert "sieviete" not in words(visitor.get(review))


def test_it_is_kept_to_be_counted_and_no_manager_reads_it(programme: Programme, inga: Person) -> None:
    application = sent(programme, gender="woman", place="Cēsu skola")
    membership = Membership.objects.get(pk=application.membership_id)
    assert Participation.objects.get(membership=membership).gender == "woman"
    visitor = Visitor(inga)
    page = words(visitor.get(reverse("calls:application", args=[membership.ref])))
    assert "Cēsu skola" in page
    for address in (
        reverse("calls:application", args=[membership.ref]),
        reverse("applications:member", args=[membership.ref]),
        reverse("applications:people", args=[programme.ref]),
    ):
        assert "sieviete" not in words(visitor.get(address))
