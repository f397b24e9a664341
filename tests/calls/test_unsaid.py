"""Before an application is sent: what matching looks at and nobody has said is named, never demanded."""

import pytest

from tests.calls.conftest import Applicant, begun, link_in, write
from tests.calls.conftest import letters as letters_to
from tests.visits import forms, words
from varpa.calls.models import Application
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db
NOTICES = {
    "lv": "pēc šīm atbildēm meklējam mentoru",
    "lt": "pagal šiuos atsakymus ieškome mentoriaus",
    "en": "a mentor is looked for by this, and nothing stands there yet",
}


def opened(application: Application) -> Applicant:
    """Whoever opens the mailed link."""
    visitor = Applicant()
    visitor.send(forms(visitor.get(link_in(letters_to()[-1])))[0])
    return visitor


def review(application: Application) -> str:
    return words(opened(application).get(f"/apply/{application.ref}/"))


def links(page: str, application: Application) -> list[str]:
    """The steps to which the notice leads."""
    if 'id="unsaid"' not in page:
        return []
    notice = page.split('id="unsaid"')[1].split("</ul>")[0]
    start = f'href="/apply/{application.ref}/steps/'
    return [part.split("/")[0] for part in notice.split(start)[1:]]


@pytest.mark.parametrize("language", list(NOTICES))
def test_what_matching_needs_and_lacks_is_named_with_the_way_there(
    programme: Programme, language: str
) -> None:
    application = begun(programme, language=language, country="LV")
    page = review(application)
    assert NOTICES[language] in page
    assert links(page, application) == ["place", "interests", "topic", "reach", "means", "week"]


def test_only_what_lacks_is_named(programme: Programme) -> None:
    application = begun(programme, country="LV")
    write(application, "place", region="Jelgava")
    write(application, "interests", interests=["16"])
    write(application, "topic", topic="Maize")
    write(application, "means", means=["phone"])
    write(application, "week", availability=["tue-evening"])
    assert links(review(application), application) == ["reach"]
    write(application, "reach", languages=["lv"])
    assert links(review(application), application) == []


def test_a_mentors_experience_stands_for_what_is_known_best(programme: Programme) -> None:
    application = begun(programme, "mentor", country="LV")
    write(application, "topic", experience="Divdesmit gadi maiznīcā")
    assert "topic" not in links(review(application), application)


def test_blanks_keep_nobody_from_applying(programme: Programme) -> None:
    """But for the country, of which the ages and the permissions are."""
    application = begun(programme, country="LV")
    visitor = opened(application)
    visitor.send(forms(visitor.get(f"/apply/{application.ref}/"))[0], tick=("consent",))
    assert Application.objects.get().state == "sent"
