"""Words are compared by what they mean: any form, any of three languages, and no stranger for a relative."""

import pytest

from varpa.matching.sayings import Called, named, wishes_of, within, words_of

ALIKE = """
keramika keramikas | keramika keramikoje | mēbeles mēbeļu | grāmatvedība grāmatvedības | tūrisms tūrismu
programmēšana programmēšanas | galdniecība galdnieks | frizieris friziera | konditoreja konditors
baldai baldų | kepykla kepyklos | siuvimas siuvimo | buhalterija buhalterijos | kirpykla kirpėjas
mezgimas mezgimo | programavimas programuotojas | bakery bakeries | table tables | galdniecība stalius
pottery ceramics | tourism tūrisms | maize maizes | policija police | restorāns restorānu
""".replace("\n", "|")
STRANGE = """
policy police | policies police | mode model | mode modelis | market marketing | restorāns restaurācija
restaurant restaurācija | interjers internets | internetas interjeras | komponists kompostēšana
transports translācija | programma progress | elektrība elektronika | medicīna medijs
university universal | organic organisation | contract contrast | kompiuteris kompozitorius
paveikslas paveldas | gamyba gamta | statyba statistika | autobuss automāts | kultūra kultivators
port portrait | partija partneris | kafija kafejnīca | koks kokle | kosmetika kosmosas | vairavimas vairas
construction constitution | banka bankets
""".replace("\n", "|")


def two(table: str) -> list[tuple[str, str]]:
    pairs = (each.split() for each in table.split("|") if each.strip())
    return [(one, other) for words in pairs for one, other in zip(words[::2], words[1::2], strict=True)]


@pytest.mark.parametrize(("one", "other"), two(ALIKE))
def test_one_thing_in_any_form_and_language(one: str, other: str) -> None:
    assert words_of(one) & words_of(other)


@pytest.mark.parametrize(("one", "other"), two(STRANGE))
def test_words_that_only_begin_alike(one: str, other: str) -> None:
    assert not words_of(one) & words_of(other)


def test_the_tables_are_long_enough() -> None:
    assert len(two(ALIKE)) >= 20
    assert len(two(STRANGE)) >= 20


def test_small_words_and_numbers_mean_no_sector() -> None:
    assert words_of("un no 62 2026") == {"2026"}


def test_wishes_are_parted_by_commas_and_told_once() -> None:
    assert wishes_of(" Laima Vītola, SIA Māls;  laima vitola,, ") == ("laima vitola", "sia mals")


LAIMA = Called("m1", "Laima Vītola", "SIA Māls un uguns", ("23.4",))


@pytest.mark.parametrize("wish", ["laima vitola", "vitola laima", "m1", "mals un uguns", "sia mals"])
def test_who_is_named_by_whole_name_or_place(wish: str) -> None:
    assert named(wish, LAIMA)


@pytest.mark.parametrize("wish", ["laima", "laima krumina", "mals un udens", ""])
def test_who_is_not_named(wish: str) -> None:
    assert not named(wish, LAIMA)


def test_a_kind_of_company_is_a_wish_too() -> None:
    assert within("pottery", LAIMA.codes) == 1000
    assert within("banka", LAIMA.codes) == 0
    assert within("23.4", LAIMA.codes) == 0
