"""Words show in which of the three languages they are, or nothing is said of it."""

import pytest

from varpa.kernel.spoken import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("lv", "Man palīdzēja, ka jautājumus sūtīju iepriekš."),
        ("lv", "Vizīte jārīko jau septembrī, pirms skolas darbi sakrājas."),
        ("lt", "Vizitą į įmonę reikia rengti jau rugsėjį."),
        ("lt", "Susitikti reikia dažnai, kad nieko nepamirštume."),
        ("en", "The main thing was a figure that we both avoided."),
        ("en", "I met Elīna Bērziņa and it was good."),
        ("", "Susitikime trumpai ir dažnai."),
        ("", "Paldies."),
        ("", ""),
        ("", "42 %"),
    ],
)
def test_a_text_shows_its_language_or_does_not(language: str, text: str) -> None:
    assert language_of(text) == language
