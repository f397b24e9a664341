"""What somebody means by the first words of an answer: yes, no, another time. In four languages.

Only the beginning counts, and only what cannot mean anything else: all other words are words to somebody.
"""

import re
from typing import Final

YES: Final = "yes"
NO: Final = "no"
MOVE: Final = "move"

# Where words follow, "ja" may be "if", "no" "from" and "ne" "not": then only the bare word counts.
_ALONE = r"(?=\W*$|\s*[,.!])"
_YES = re.compile(
    rf"^\W*(jā|ja{_ALONE}|taip|yes|да|ok(ay|ej|ei)?|labi|der|tinka|gerai|būšu|būsiu|piekrītu|sutinku"
    r"|apstiprinu|patvirtinu|piedalīšos|ieradīšos|dalyvausiu|ateisiu|atvyksiu|sarunāts|sutarta|fine|sure"
    r"|agreed|confirmed|(i will|i['’]ll) (be there|come|join)|pareizi|teisingai|хорошо|согласен|согласна"
    r"|буду|приду)(?!\w)",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"^\W*(nē|ne{_ALONE}|no{_ALONE}|нет|nevaru|nevarēšu|nebūšu|neder|diemžēl nevar\w*|negaliu|negalėsiu"
    r"|nebūsiu|nepiedalīšos|nedalyvausiu|neateisiu|neatvyksiu|netinka|deja,? negal\w*|cannot|can['’]?t"
    r"|(sorry,? )?i (can(not|['’]t)|won['’]t|will not)|не могу|не смогу|не буду|не приду)(?!\w)",
    re.IGNORECASE,
)
_MOVE = re.compile(
    r"(pārcel\w*|pārliek\w*|cit(s|u|ā) laik\w*|perkel\w*|kit(as|u|ą) laik\w*|another time|other time"
    r"|reschedule|(can|could|let)\b.{0,20}\bmove|перенес\w*|другое время)",
    re.IGNORECASE,
)
BUT = re.compile(r"\b(bet|tomēr|tačiau|but|however|но|vai|может)\b|\?", re.IGNORECASE)
FEW_WORDS = 4


def meant(text: str) -> str:
    """YES, NO or MOVE where an answer to an invitation begins with that; else ""."""
    first = text.strip().split("\n")[0]
    sentence = re.split(r"(?<=[.!?])\s", first)[0]
    if _NO.match(text):
        return NO
    if _MOVE.search(sentence):
        return MOVE
    return YES if _YES.match(text) and not BUT.search(sentence) else ""


def is_short(text: str) -> bool:
    """Whether there is nothing in it but the yes or no itself."""
    return len(text.split()) <= FEW_WORDS


def is_bare(text: str) -> bool:
    """Whether a no says nothing of why."""
    return len(text.split()) <= 2


def is_yes(text: str) -> bool:
    """Whether a few words say yes, and nothing else."""
    return meant(text) == YES and is_short(text)
