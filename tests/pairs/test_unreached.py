"""A proposal tells what each has said of a topic, and no way to reach the other before both are prepared."""

import pytest

from tests import make
from tests.cast import assemble
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.pairs.actions.pairs import propose_pair
from varpa.pairs.unreached import without_contacts
from varpa.post.models import Letter
from varpa.programmes.models import Role


@pytest.mark.parametrize(
    "reach",
    [
        "29123456",
        "29 123 456",
        "2912 3456",
        "29-123-456",
        "67 222 333",
        "+371 29123456",
        "+371 2912-3456",
        "00371 29123456",
        "371 29123456",
        "+370 612 34567",
        "+370 (612) 34567",
        "8 612 34567",
        "8-612-34567",
        "(8 612) 34567",
        "0 612 34567",
        "861234567",
        "29‑12‑34‑58",
        "29·12·34·58",
        "29_12_34_58",
        "29,123,456",
        "laima@gmail.com",
        "laima.v+darbs @ uznemums.lv",
        "laima(at)uznemums.lv",
        "@janis_b",
        "janis#1234",
        "https://instagram.com/janis_b",
        "www.janis.lv",
        "instagram.com/janis_b",
        "t.me/janis",
        "29\t123\t456",
        "29 123\n456",
        "29|123|456",
        "anna [at] inbox [dot] lv",
        "anna (at) inbox (punkts) lv",
        "anna.priede[at]inbox.lv",
        "anna at inbox.lv",
        "anna at inbox dot lv",
        "maize.pl",
        "maize.info/zvani",
    ],
)
def test_what_reaches_somebody_is_left_out(reach: str) -> None:
    assert without_contacts(f"Galdniecība, tel. {reach}, vakaros") == "Galdniecība, tel. …, vakaros"
    assert without_contacts(reach) == "…"


@pytest.mark.parametrize("before", ["tālr.", "mob:", "Tel.:", "WhatsApp:", "(", "nr.", "tel", "sms,"])
@pytest.mark.parametrize("reach", ["29123456", "+371 29123456", "861234567", "29-12-34-58"])
def test_so_it_is_whatever_stands_before_it(before: str, reach: str) -> None:
    assert without_contacts(f"Zvani {before}{reach} vakaros") == f"Zvani {before}… vakaros".replace("(…", "…")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Mans tālr.29123456, zvani", "Mans tālr.…, zvani"),
        ("mob:29123457", "mob:…"),
        ("WhatsApp:+371 29123460", "WhatsApp:…"),
        ("tel.: 29‑12‑34‑58", "tel.: …"),
        ("29—123—456 vai 29·12·34·56", "… vai …"),
        ("29_12_34_56", "…"),
        ("SIA Koks, tālr.29 123 459", "SIA Koks, tālr.…"),
        ("tel.+370‑612‑34567", "tel.…"),
        ("Mob. +371 29123456: zvaniet pēc 17", "Mob. …: zvaniet pēc 17"),
        ("Zvani: 29123456x", "Zvani: …x"),
        ("29123456vakaros", "…vakaros"),
    ],
)
def test_a_phone_is_left_out_however_it_stands_beside_a_word(said: str, left: str) -> None:
    assert without_contacts(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "Kopš 2015. gada, 20 gadi pieredzes",
        "2015-2016 un 2019–2021",
        "2015 2016",
        "2015,2016",
        "20,21,22,23",
        "Telpas 120 m2, 2015.–2019., 14 cilvēki",
        "No 12.03.2015 līdz 2016-05-01",
        "Strādāju 10.00-18.00",
        "9:00–17:30",
        "Apgrozījums 20 000 000 €",
        "Peļņa 250 000 EUR, cena 12,50",
        "62.01 un 16.2",
        "plkst.20.00-22.00",
        "plkst.20.00‑22.00",
        "Kopš:2015‑2016",
        "g.2015—2019",
        "reģ. Nr.40003123456",
        "2 bērni, 3 kaķi, 15 % atlaide",
        "Koks. Māls. Uguns",
        "2015\n2016\n2017",
        "Patīk maize.No rīta cepu",
        "Strādāju at the bakery in Riga",
    ],
)
def test_years_hours_and_prices_stay(said: str) -> None:
    assert without_contacts(said) == said


@pytest.mark.django_db
def test_neither_letter_nor_page_of_a_proposal_reaches_the_other() -> None:
    cast = assemble()
    laima = make.person("Laima Vītola", "laima@varpa.example")
    janis = make.person("Jānis Bērzs", "janis@varpa.example")
    said = "Galdniecība, tel. 29123456, laima@gmail.com"
    mentor = make.member(cast.programme, laima, Role.MENTOR, ready=False, topic=said, country="LV")
    topic = "Koks; insta @janis_b, 26555444"
    mentee = make.member(cast.programme, janis, Role.MENTEE, ready=False, topic=topic, country="LV")
    pair = propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
    for who, known in ((laima, "Koks"), (janis, "Galdniecība")):
        letter = Letter.objects.filter(to_address=who.email, kind="pairs.proposed").get()
        home = words(Visitor(who).get("/", follow=True))
        page = words(Visitor(who).get(f"/pairs/{pair.ref}/answer/"))
        for shown in (letter.text, page, home):
            for reach in ("29123456", "laima@gmail", "@janis_b", "26555444"):
                assert reach not in shown
        assert known in letter.text
        assert known in page
        assert "izlaist" in letter.text
        assert "izlaist" in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Anna @anna_k", "Anna Priede anna.lv", "Anna Priede, 29123456"])
def test_nor_does_a_name(name: str) -> None:
    cast = assemble()
    laima, anna = make.person("Laima Vītola", "laima@varpa.example"), make.person(name, "anna@varpa.example")
    mentor = make.member(cast.programme, laima, Role.MENTOR, ready=False, country="LV")
    mentee = make.member(cast.programme, anna, Role.MENTEE, ready=False, country="LV")
    pair = propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
    letter = Letter.objects.filter(to_address=laima.email, kind="pairs.proposed").get()
    visitor = Visitor(laima)
    home, page = words(visitor.get("/", follow=True)), words(visitor.get(f"/pairs/{pair.ref}/answer/"))
    for shown in (letter.subject, letter.text, page, home):
        assert "anna_k" not in shown
        assert "anna.lv" not in shown
        assert "29123456" not in shown
    assert "Anna" in letter.text
    assert "Anna" in page
