"""The programme of the next year begins with what this one had set (product S21)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.files.samples import picture
from tests.make import NOW
from tests.taxes.conftest import put
from varpa.calls.actions.calls import write_call
from varpa.calls.models import Call
from varpa.files.queries import bytes_of
from varpa.guardians.actions.notices import write_notice
from varpa.guardians.models import NoticeText
from varpa.guidelines.actions.following import NothingComes, follow_programme
from varpa.guidelines.actions.guidelines import adopt, draft, publish
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.money.rates import Own
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.overriding import override
from varpa.programmes.actions.partners import add_partner
from varpa.programmes.actions.programmes import EndsBeforeStart, hold_emblem, put_emblem_on
from varpa.programmes.models import Membership, Partner, Programme, ProgrammeState, Role
from varpa.programmes.queries import hours_target, methodology_of
from varpa.taxes.actions import take_back
from varpa.taxes.queries import rates_in

pytestmark = pytest.mark.django_db

NAME = TranslatedText(lv="Nākamais gads", lt="Kiti metai", en="Next year")
STARTS, ENDS = date(2026, 3, 1), date(2027, 4, 30)
WORDS = {"lv": "Sākums pie mums", "lt": "Pradžia pas mus", "en": "Our beginning"}
ADDED = {"key": "pets", "text": {"lv": "Vai ir suns?", "lt": "Ar yra šuo?", "en": "Is there a dog?"}}


@pytest.fixture
def former(cast: Cast) -> Programme:
    """What somebody has set in the course of a year."""
    programme = cast.programme
    by: dict[str, Any] = {"by": cast.dace, "now": NOW}
    windows = {"first_joint_meeting": {"starts": "2025-09-10", "ends": "2025-09-10"}}
    changes = {"hours_minutes": 720, "texts": {"phases.start.name": WORDS}, "windows": windows}
    changes["questions"] = {"plan": [ADDED]}
    override(programme=programme, changes=changes, revision=programme.revision, **by)
    add_partner(programme=programme, name="Šiaulių kolegija", country="LT", contact_name="Rūta", **by)
    emblem = hold_emblem(upload=ContentFile(picture("PNG"), name="emblem.png"), **by)
    put_emblem_on(programme=programme, emblem=emblem, **by)
    texts = {"contact_name": "Inga Liepa", "contact_address": "inga@varpa.example", "contact_phone": ""}
    days = {"mentor_opens": STARTS, "mentor_closes": None, "mentee_opens": None, "mentee_closes": None}
    said = {**texts, **days, "partners": "Skola", "most_mentees": 2}
    write_call(programme=programme, changes=said, revision=0, **by)
    words: dict[str, Any] = {"language": "ru", "letter": "", "revision": 0}
    write_notice(programme=programme, text="Уведомление", **words, **by)
    write_notice(programme=programme, text="Уведомление в Литве", country="LT", **words, **by)
    Programme.objects.filter(pk=programme.pk).update(
        funder_text=TranslatedText.same("Finansē fonds"), mentors_are_screened=True, comment_days=14
    )
    return Programme.objects.get(pk=programme.pk)


def following(cast: Cast, former: Programme, **changes: Any) -> Programme:
    asked = {"ref": new_ref(), "name": NAME, "starts": STARTS, "ends": ENDS, "same_managers": True, **changes}
    return follow_programme(former=former, by=cast.dace, now=NOW, **asked)


def test_what_was_set_is_set_and_the_people_stay_where_they_were(cast: Cast, former: Programme) -> None:
    programme = following(cast, former)
    assert (programme.state, programme.name, programme.starts) == (ProgrammeState.DRAFT, NAME, STARTS)
    assert programme.methodology_version == former.methodology_version
    for field in ("countries", "languages", "zone", "funder_text", "mentors_are_screened", "comment_days"):
        assert getattr(programme, field) == getattr(former, field)
    roles = set(Membership.objects.filter(programme=programme).values_list("role", flat=True))
    assert roles == {Role.MANAGER}


def test_hours_wording_and_added_questions_hold_again_and_dates_do_not(cast: Cast, former: Programme) -> None:
    programme = following(cast, former)
    assert hours_target(programme) == 720
    methodology = methodology_of(programme)
    assert str(methodology.phases[0].name) in WORDS.values()
    assert methodology.plan.questions[-1].key == "pets"
    assert "windows" not in programme.overrides
    assert "windows" in Programme.objects.get(pk=former.pk).overrides


def test_rates_of_taxes_that_were_set_are_set_with_their_sources(cast: Cast, former: Programme) -> None:
    kept = put(cast, programme=former)
    put(cast, programme=former, name="employer")
    take_back(programme=former, country="LV", year=2026, name="employer", by=cast.inga, now=NOW)
    programme = following(cast, former)
    mine = rates_in(Programme.objects.get(pk=programme.pk), "LV", 2026)
    assert (mine.vat, mine.own) == (2_200, (Own("vat", kept.source, f"{kept.checked}"),))
    take_back(programme=programme, country="LV", year=2026, by=cast.dace, now=NOW)
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


def test_partners_call_and_notices_are_there(cast: Cast, former: Programme) -> None:
    programme = following(cast, former)
    names = list(Partner.objects.filter(programme=programme).values_list("name", "country", "leads"))
    assert names == list(Partner.objects.filter(programme=former).values_list("name", "country", "leads"))
    call = Call.objects.get(programme=programme)
    assert (call.contact_name, call.most_mentees, call.mentor_opens) == ("Inga Liepa", 2, None)
    told = NoticeText.objects.filter(programme=programme).values_list("country", "text")
    assert set(told) == {("", "Уведомление"), ("LT", "Уведомление в Литве")}


def test_the_emblem_is_the_programmes_own(cast: Cast, former: Programme) -> None:
    programme = following(cast, former)
    assert programme.emblem is not None
    assert former.emblem is not None
    assert programme.emblem.pk != former.emblem.pk
    assert bytes_of(programme.emblem) == bytes_of(former.emblem)


def test_the_same_managers_are_told_or_nobody_is(cast: Cast, former: Programme) -> None:
    programme = following(cast, former, same_managers=False)
    assert not Membership.objects.filter(programme=programme).exists()
    told = Letter.objects.filter(kind="programmes.appointed").count()
    following(cast, former)
    assert Letter.objects.filter(kind="programmes.appointed").count() == told + 1


def test_two_clicks_begin_one_programme(cast: Cast, former: Programme) -> None:
    ref = new_ref()
    assert following(cast, former, ref=ref) == following(cast, former, ref=ref)
    assert Line.objects.filter(verb="programme.follow", details={"former": former.ref}).count() == 1


def test_a_last_day_before_the_first_begins_nothing(cast: Cast, former: Programme) -> None:
    with pytest.raises(EndsBeforeStart):
        following(cast, former, ends=STARTS)
    assert not Programme.objects.filter(starts=STARTS).exists()


def test_one_that_had_set_nothing_is_followed_too(cast: Cast) -> None:
    bare = make.programme(cast.organisation, running=False)
    programme = following(cast, bare)
    assert (programme.overrides, programme.emblem) == ({}, None)


def entered(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(programme: Programme) -> str:
    return reverse("guidelines:follow", args=[programme.ref])


def test_the_settings_lead_to_it_and_the_form_is_a_year_further(cast: Cast, former: Programme) -> None:
    client = entered(cast.dace)
    assert address(former) in client.get(f"/programmes/{former.ref}/settings/").content.decode()
    page = client.get(address(former)).content.decode()
    assert 'value="01.03.2026' in page or 'value="2026-03-01' in page
    assert "Educate for Business" in page


def test_the_page_begins_the_programme(cast: Cast, former: Programme) -> None:
    client, sent = entered(cast.dace), typed()
    answer = client.post(address(former), sent)
    programme = Programme.objects.get(ref=sent["ref"])
    assert answer.headers["Location"] == reverse("programmes:settings", args=[programme.ref])
    assert client.get(answer.headers["Location"]).status_code == 200


def test_what_was_typed_stays_beside_what_is_wrong(cast: Cast, former: Programme) -> None:
    page = entered(cast.dace).post(address(former), typed(ends="2026-03-01"))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "Nākamais gads" in page.content.decode()
    assert not Programme.objects.filter(starts=STARTS).exists()


def test_managers_and_strangers_begin_none(cast: Cast, former: Programme) -> None:
    assert entered(cast.inga).get(address(former)).status_code == 403
    assert entered(cast.zane).get(address(former)).status_code == 404
    assert entered(cast.andris).post(address(former), typed()).status_code == 403


@pytest.mark.parametrize(
    ("language", "heading"), [("lv", "Nākamā gada programma"), ("lt", "Kitų metų programa")]
)
def test_it_speaks_the_language_of_its_reader(
    cast: Cast, former: Programme, language: str, heading: str
) -> None:
    Person.objects.filter(pk=cast.dace.pk).update(language=language)
    assert heading in entered(cast.dace).get(address(former)).content.decode()


def test_the_page_asks_little(cast: Cast, former: Programme) -> None:
    client = entered(cast.dace)
    client.get(address(former))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(former))
    assert len(asked) <= 8


def typed(**changes: str) -> dict[str, str]:
    names = {f"name_{language}": words for language, words in NAME.as_dict().items()}
    return {"ref": new_ref(), **names, "starts": "2026-03-01", "ends": "2027-04-30", **changes}


def test_it_begins_from_what_was_learnt_with_all_that_was_set(cast: Cast, former: Programme) -> None:
    """What the guidelines adopted stands in the methodology; what they did not, the programme sets again."""
    by: dict[str, Any] = {"by": cast.inga, "now": NOW}
    guidelines = draft(programme=former, **by)
    adopt(programme=former, path="hours_minutes", value=900, **by)
    adopt(programme=former, path="questions.plan.pets", value={**ADDED, "about": []}, **by)
    version = publish(guidelines=guidelines, **by)
    programme = following(cast, former, learnt=version)
    methodology = methodology_of(programme)
    assert (methodology.version, hours_target(programme)) == ("1.1", 900)
    assert [each.key for each in methodology.plan.questions].count("pets") == 1
    assert str(methodology.phases[0].name) in WORDS.values()
    assert methodology.document("learnt").body.lv
    assert Partner.objects.filter(programme=programme).exists()
    assert programme.funder_text == former.funder_text


def test_the_page_says_that_there_is_what_was_learnt_and_begins_from_it(
    cast: Cast, former: Programme
) -> None:
    client, page = Client(), reverse("guidelines:follow", args=[former.ref])
    client.force_login(cast.dace)
    assert "learnt" not in client.get(page).context["form"].fields
    version = publish(guidelines=draft(programme=former, by=cast.inga, now=NOW), by=cast.inga, now=NOW)
    shown = client.get(page)
    assert shown.context["form"]["learnt"].value()
    assert reverse("guidelines:version", args=[version.ref]) in shown.content.decode()
    names = {f"name_{code}": text for code, text in NAME.as_dict().items()}
    given = {"ref": new_ref(), **names, "starts": "2026-03-01", "ends": "2027-04-30"}
    for more, said in (({"learnt": "on"}, "1.1"), ({}, "1.0")):
        sent = {**given, "ref": new_ref(), **more}
        assert client.post(page, sent).status_code == 302
        assert Programme.objects.get(ref=sent["ref"]).methodology_version.version == said


def test_a_version_of_which_nothing_comes_is_told_and_begins_nothing(cast: Cast, former: Programme) -> None:
    version = publish(guidelines=draft(programme=former, by=cast.inga, now=NOW), by=cast.inga, now=NOW)
    version.changes = {"phases.start.name": {"lv": "", "lt": "", "en": ""}}
    with pytest.raises(NothingComes):
        following(cast, former, learnt=version)
    assert Programme.objects.filter(name=NAME).count() == 0
