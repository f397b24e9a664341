"""What somebody means by the first words of an answer: yes, no, another time. In four languages.

Only the beginning counts, and only what cannot mean anything else: all other words are words to somebody.
"""

import re
from typing import Final

YES: Final = "yes"
NO: Final = "no"
MOVE: Final = "move"

# Where words follow, "ja" may be "if", "no" "from" and "ne" "not", and whoever "will be" may be elsewhere:
# then only the bare word counts.
_ALONE = r"(?=\W*$|\s*[,.!])"
_YES = re.compile(
    rf"^\W*(jā|ja{_ALONE}|taip|yes|да|(ok(ay|ej|ei)?|labi|der|tinka|gerai|(būšu|būsiu|буду)( klāt| tur| ten)?"
    rf"|fine|sure|хорошо){_ALONE}|piekrītu|sutinku"
    r"|apstiprinu|patvirtinu|piedalīšos|ieradīšos|dalyvausiu|ateisiu|atvyksiu|sarunāts|sutarta"
    r"|agreed|confirmed|(i will|i['’]ll) (be there|come|join)|pareizi|teisingai|согласен|согласна"
    r"|приду)(?!\w)",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"^\W*(nē|ne{_ALONE}|no{_ALONE}|нет|nevaru(?!( \w+)? sagaidīt)|nevarēšu|nebūšu|neder|diemžēl nevar\w*"
    r"|negaliu(?!( \w+)? sulaukti)|negalėsiu"
    r"|nebūsiu|nepiedalīšos|nedalyvausiu|neateisiu|neatvyksiu|netinka|deja,? negal\w*"
    r"|(cannot|can['’]?t)(?! wait)"
    r"|(sorry,? )?i (can(not|['’]t)(?! wait)|won['’]t|will not)|не могу|не смогу|не буду|не приду)(?!\w)",
    re.IGNORECASE,
)
_MOVE = re.compile(
    r"(pārce[lļ]\w*|pārliek\w*|cit(s|u|ā) laik\w*|perkel\w*|kit(as|u|ą) laik\w*|another time|other time"
    r"|reschedule|(can|could|let)\b.{0,20}\bmove|перенес\w*|другое время)",
    re.IGNORECASE,
)
BUT = re.compile(r"\b(bet|tomēr|tačiau|but|however|но|vai|может)\b|\?", re.IGNORECASE)
# A sentence that begins with a yes and says in the end that one does not come.
_TAKEN_BACK = re.compile(
    r"\b(diemžēl|nevar\w*|nebūšu|deja|negal\w*|nebūsiu|unfortunately|can(not|['’]?t)|won['’]t"
    r"|не (с?могу|приду))\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(liels |didelis |many )?(paldies|ačiū|dėkui|thanks?( you)?|спасибо)(?!\w)", re.IGNORECASE
)
FEW_WORDS = 4


def meant(text: str) -> str:
    """YES, NO or MOVE where an answer to an invitation begins with that; else ""."""
    first = text.strip().split("\n")[0]
    sentence = re.split(r"(?<=[.!?])\s", first)[0]
    if _NO.match(text):
        return NO
    if _MOVE.search(sentence):
        return MOVE
    yes = _YES.match(text) and not BUT.search(sentence) and not _TAKEN_BACK.search(sentence)
    return YES if yes else ""


def is_only_yes(text: str, name: str = "") -> bool:
    """Whether there is nothing in it but a yes, however often, thanks and the writer's name.

    Then there is no word for somebody to read.
    """
    return _is_only(_YES, text, name)


def is_only_no(text: str, name: str = "") -> bool:
    """The same of a no."""
    return _is_only(_NO, text, name)


def _is_only(said: re.Pattern[str], text: str, name: str) -> bool:
    known = [said, _THANKS, *(re.compile(rf"^\W*{re.escape(word)}(?!\w)", re.I) for word in name.split())]
    rest = text
    while rest.strip(" \n\t.,!-–:)"):
        word = next(filter(None, (each.match(rest) for each in known)), None)
        if word is None:
            return False
        rest = rest[word.end() :]
    return bool(said.match(text))


def is_bare(text: str) -> bool:
    """Whether a no says nothing of why."""
    no = _NO.match(text)
    return no is not None and not re.search(r"\w", text[no.end() :])


def is_yes(text: str) -> bool:
    """Whether a few words say yes, and nothing else."""
    return meant(text) == YES and len(text.split()) <= FEW_WORDS
