"""What somebody means by the first words of an answer: yes, no, another time. In four languages.

Only the beginning counts, and only what cannot mean anything else: all other words are words to somebody.
"""

import re
from typing import Final

from varpa.mailroom.courtesy import without_courtesy

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
    """Whether there is nothing in it but a yes, however often, thanks, a greeting and the writer's name.

    Then there is no word for somebody to read.
    """
    return _is_only(_YES, text, name)


def is_only_no(text: str, name: str = "") -> bool:
    """The same of a no."""
    return _is_only(_NO, text, name)


def _is_only(said: re.Pattern[str], text: str, name: str) -> bool:
    if not said.match(text):
        return False
    rest = text
    # A picture of a smile is no word either.
    while re.search(r"\w|\?", rest):
        word = said.match(rest)
        left = rest[word.end() :] if word else without_courtesy(rest, name)
        if left == rest.strip():
            return False
        rest = left
    return True


def without_answer(text: str) -> str:
    """What stands behind a yes or a no at the beginning."""
    said = _YES.match(text) or _NO.match(text)
    return text[said.end() :] if said else text


def is_bare(text: str) -> bool:
    """Whether a no says nothing of why."""
    no = _NO.match(text)
    return no is not None and not re.search(r"\w", text[no.end() :])


def agrees(text: str) -> bool:
    """Whether it says yes, and nothing that follows doubts it: what is confirmed then counts."""
    return meant(text) == YES and not BUT.search(text) and not _TAKEN_BACK.search(text)
