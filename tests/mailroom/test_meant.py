"""What counts as a yes, a no or a wish to move, in sentences as people write them; the rest are words."""

import time

import pytest

from varpa.mailroom.meant import MOVE, NO, YES, agrees, cannot_come, is_bare, meant

WORDS = ""

SENTENCES = [
    # Latvian
    ("Jā", YES),
    ("Jā, der!", YES),
    ("Labi, būšu.", YES),
    ("Jā, nepārceļam, viss der!", YES),
    ("Būšu, nevajag pārcelt.", YES),
    ("Jā, paņemšu līdzi skici un cenu lapu.", YES),
    ("Piekrītu, tiekamies piektdien", YES),
    ("Labi. Bet es nevarēšu.", WORDS),
    ("Jā, ja paspēšu uz autobusu", WORDS),
    ("Jā, bet vēlāk", WORDS),
    ("Jā, labāk otrdien", WORDS),
    ("Jā, nē, nezinu", WORDS),
    ("Jā! Tomēr netieku.", WORDS),
    ("Būšu prom", WORDS),
    ("Jā, pārceļam uz otrdienu", WORDS),
    ("Nē", NO),
    ("Nē, man ir kontroldarbs.", NO),
    ("Nē, vai der otrdien plkst. 14?", NO),
    ("Nevarēšu", NO),
    ("Diemžēl nevarēšu piedalīties.", NO),
    ("Nevarēšu ierasties, jo slimoju", NO),
    ("Nevaru piektdien, man ir treniņš", NO),
    ("Šajā laikā nevaru", NO),
    ("Man neder, slimoju", NO),
    ("Nebūšu klāt.", NO),
    ("Nebūšu viens, atnākšu ar draugu", WORDS),
    ("Nevarēšu palikt ilgāk par stundu, bet nākšu.", WORDS),
    ("Nevarēšu ierasties laikā, kavēšos", WORDS),
    ("Nevarēšu šodien atbildēt, rakstīšu rīt", WORDS),
    ("Nevarēšu atnākt viena", WORDS),
    ("Nevarēšu atrast Jūsu ielu, kur tā ir?", WORDS),
    ("Nevarēšu, ja būs kontroldarbs", WORDS),
    ("Nevarēšu! Varbūt otrdien?", NO),
    ("Nevaru sagaidīt!", WORDS),
    ("Nē, nav iebildumu!", WORDS),
    ("Nē, man nav nekas pretī, tiekamies!", WORDS),
    ("Nē, nevajag neko mainīt", WORDS),
    ("Ne vēlāk par desmitiem", WORDS),
    ("Pārceļam uz otrdienu?", MOVE),
    ("Vai varam pārcelt?", MOVE),
    ("Man neder, pārceļam uz nākamo nedēļu?", NO),
    ("Paldies, ka pārcēlāt!", WORDS),
    ("Nepārceļam, lūdzu", WORDS),
    ("Prieks, ka varējām pārcelt", WORDS),
    ("Man der", YES),
    ("👍", YES),
    ("Nav iebildumu!", YES),
    ("Sveiki, Andri!\n\nJā, man der.\n\nAr cieņu\nElīna", YES),
    ("Labdien! Būšu klāt.", YES),
    ("Jā, būšu! Nevaru sagaidīt!", YES),
    ("Sveiki, jā, nē, nezinu", WORDS),
    ("Labi, atceļam.", WORDS),
    ("Jā, esmu slima.", WORDS),
    ("Jā, redzēju. Padomāšu.", WORDS),
    ("Labi, pateikšu rīt.", WORDS),
    ("Jā, tajā laikā man treniņš", WORDS),
    ("Labdien!\n\nDiemžēl piektdien nevarēšu, esmu slima.\n\nElīna", NO),
    ("Labdien, Ozola kungs!\n\nNevarēšu ierasties.\n\nAr cieņu,\nElīna\nSIA Rīts\n29123456", NO),
    ("Piektdien nevaru", NO),
    ("Esmu slima, nevarēšu atnākt.", NO),
    ("Nevaresu", NO),
    ("Sveiki! Vai varam pārcelt?", MOVE),
    # Lithuanian
    ("Laba diena,\n\ntaip, tinka.", YES),
    ("Labas, Algirdai! Ateisiu.", YES),
    ("Viskas gerai, ačiū", YES),
    ("Taip, gavau, atsakysiu vėliau.", WORDS),
    ("Sveiki, Algirdai! Deja, pirmadienį negalėsiu ateiti, sergu.", NO),
    ("Negalesiu", NO),
    ("Taip, ateisiu", YES),
    ("Taip, neperkeliam, tinka.", YES),
    ("Taip, vėluosiu 20 minučių", YES),
    ("Gerai. Bet negalėsiu.", WORDS),
    ("Taip, jei spėsiu", WORDS),
    ("Būsiu išvykusi.", WORDS),
    ("Negaliu, sergu", NO),
    ("Deja, negalėsiu dalyvauti", NO),
    ("Negaliu penktadienį.", NO),
    ("Tokiu metu negaliu", NO),
    ("Nebūsiu viena, ateisiu su drauge", WORDS),
    ("Negalėsiu likti ilgiau nei valandą, bet ateisiu.", WORDS),
    ("Negalėsiu ateiti laiku", WORDS),
    ("Ne, viskas gerai, ateisiu", WORDS),
    ("Ne, neturiu nieko prieš", WORDS),
    ("Ar galime perkelti?", MOVE),
    ("Nereikia perkelti", WORDS),
    ("Ar neperkeltume?", WORDS),
    ("Netinka nuoroda", WORDS),
    # Russian
    ("Да, буду", YES),
    ("Буду, но позже", WORDS),
    ("Нет, я болею", NO),
    ("Не смогу прийти, к сожалению", NO),
    ("Нет проблем, буду!", WORDS),
    ("Нет, нет проблем, буду", WORDS),
    ("Не буду опаздывать", WORDS),
    ("Не могу дождаться!", WORDS),
    ("Можно перенести на вторник?", MOVE),
    ("Не надо переносить", WORDS),
    # English
    ("Hi Andris,\n\nYes, I'll be there.\n\nBest,\nElīna", YES),
    ("Works for me!", YES),
    ("No objections", YES),
    ("Ok, I'll check and let you know", WORDS),
    ("Yes, see you on Friday", YES),
    ("Yes, glad it could be moved, see you!", YES),
    ("Yes, if the bus comes", WORDS),
    ("No, I have a test.", NO),
    ("Sorry, I can't", NO),
    ("I can't make it on Thursday", NO),
    ("I won't be able to come.", NO),
    ("I won't be late, see you!", WORDS),
    ("I won't be there before ten", WORDS),
    ("I can't stay longer than 45 minutes, but I will be there.", WORDS),
    ("I can't wait!", WORDS),
    ("I can't open the link", WORDS),
    ("I can't come alone, may my mother come?", WORDS),
    ("No problem, I will bring it", WORDS),
    ("No, that is fine", WORDS),
    ("Can we move it to next week?", MOVE),
    ("I don't think we need to move it", WORDS),
    ("Could you send me the video of how you move the machine?", WORDS),
]


@pytest.mark.parametrize(("text", "is_meant"), SENTENCES)
def test_only_what_cannot_mean_anything_else_counts(text: str, is_meant: str) -> None:
    assert meant(text) == is_meant


@pytest.mark.parametrize("text", ["Labi. Bet es nevarēšu.", "Jā, pareizi. Bet 45 min.", "Jā, vai 45 min?"])
def test_a_yes_that_is_taken_back_confirms_nothing(text: str) -> None:
    assert not agrees(text)


def test_the_day_on_which_somebody_cannot_is_a_word_for_the_other() -> None:
    assert is_bare("Nē!")
    assert is_bare("Diemžēl nevarēšu.")
    assert not is_bare("Nevarēšu piektdien")


@pytest.mark.parametrize(
    "repeated", ["this time ", "в это время ", "man diemžēl ", "vai ", "nē, ", "a", "bet tad "]
)
def test_a_long_answer_is_read_at_once(repeated: str) -> None:
    began = time.monotonic()
    for begins in ("", "I can't ", "Nevarēšu "):
        text = f"{begins}{repeated * 5000}"[:20_000] + "x"
        assert meant(text) in (WORDS, NO)
        assert not cannot_come(text)
    assert time.monotonic() - began < 3
