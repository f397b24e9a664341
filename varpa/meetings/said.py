"""What somebody means by a few words: yes, no, another time, done, a length. In four languages.

Only the beginning counts, and only what cannot mean anything else: all other words are words to the other.
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
    r"|apstiprinu|patvirtinu|sarunāts|sutarta|fine|sure|agreed|confirmed|pareizi|teisingai|хорошо|согласен"
    r"|согласна)(?!\w)",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"^\W*(nē|ne{_ALONE}|no{_ALONE}|нет|nevaru|nevarēšu|nebūšu|neder|diemžēl nevar\w*|negaliu|negalėsiu"
    r"|nebūsiu|netinka|deja,? negal\w*|cannot|can['’]?t|(sorry,? )?i (can(not|['’]t)|won['’]t|will not)"
    r"|не могу|не смогу)(?!\w)",
    re.IGNORECASE,
)
_MOVE = re.compile(
    r"(pārcel\w*|pārliek\w*|cit(s|u|ā) laik\w*|perkel\w*|kit(as|u|ą) laik\w*|another time|other time"
    r"|reschedule|(can|could|let)\b.{0,20}\bmove|перенес\w*|другое время)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(bet|tomēr|tačiau|but|however|но|vai|может)\b|\?", re.IGNORECASE)
_DONE = re.compile(
    r"^\W*(ir )?(jā|taip|yes|да|done|kept|finished|(iz|pa)darīts|(iz|pa)darīju|izpildīts|paveikts|gatavs?"
    r"|(pa|at)daryta|padariau|atlikta|atlikau|įvykdyta|ištesėta|ištesėjau|baigta|готово|сделано)(?!\w)",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"^\W*(tikšanās )?(nenotika|neįvyko|netikāmies|nesusitikome|did ?n[o'’]t (happen|take place|meet)"
    r"|we did ?n[o'’]?t meet|it did ?n[o'’]?t|не состоялась)",
    re.IGNORECASE,
)
_NUMBER = r"(\d{1,3})(?:[.,](\d{1,2}))?"
_HOURS = re.compile(
    rf"{_NUMBER}\s*(?:h|st|std|stund\w*|val|valand\w*|hours?|hrs?|ч|час\w*)\b\.?", re.IGNORECASE
)
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min\w*|m|мин\w*)\b\.?", re.IGNORECASE)
_BARE = re.compile(r"^\W*(\d{1,3})\W*$")
_IN_WORDS = {
    90: re.compile(r"\b(pusotr\w* stund\w*|pusantros valandos|(one|an hour) and a half|полтора часа)", re.I),
    30: re.compile(r"\b(pusstund\w*|pusvaland\w*|half an hour|полчаса)", re.I),
    60: re.compile(r"\b((vienu )?stundu|(vieną )?valandą|(one|an) hour)\b", re.I),
}
FEW_WORDS = 4


def meant(text: str) -> str:
    """YES, NO or MOVE where an answer to an invitation begins with that; else ""."""
    first = text.strip().split("\n")[0]
    sentence = re.split(r"(?<=[.!?])\s", first)[0]
    if _NO.match(text):
        return NO
    if _MOVE.search(sentence):
        return MOVE
    return YES if _YES.match(text) and not _BUT.search(sentence) else ""


def is_short(text: str) -> bool:
    """Whether there is nothing in it but the yes or no itself."""
    return len(text.split()) <= FEW_WORDS


def is_bare(text: str) -> bool:
    """Whether a no says nothing of why."""
    return len(text.split()) <= 2


def is_yes(text: str) -> bool:
    """Whether a few words say yes, and nothing else."""
    return meant(text) == YES and is_short(text)


def is_done(text: str) -> bool:
    """Whether it says that a promise is kept."""
    first = text.strip().split("\n")[0]
    return bool(_DONE.match(first)) and not _BUT.search(first)


def is_not_held(text: str) -> bool:
    """Whether it says that the meeting did not take place."""
    return bool(_NOT_HELD.match(text))


def length(text: str) -> int | None:
    """Minutes that are named in words: "50 min", "1,5 h", "1 val. 20 min.", "pusotra stunda", "50"."""
    bare = _BARE.match(text.strip().split("\n")[0])
    if bare:
        return int(bare[1])
    total = 0
    hours, minutes = _HOURS.search(text), _MINUTES.search(text)
    if hours:
        part = hours[2] or "0"
        total += int(hours[1]) * 60 + round(60 * int(part) / 10 ** len(part))
    if minutes:
        total += int(minutes[1])
    if total:
        return total
    return next((count for count, words in _IN_WORDS.items() if words.search(text)), None)


_GREETING = re.compile(
    r"^\W*(sveik[ias]?|labdien|labrīt|labvakar|čau|labas|laba diena|hi|hello|dear|здравствуйте|привет|paldies"
    r"|ačiū|thanks|thank you|спасибо|ar cieņu|su pagarba|best|regards|kind regards)\b[^?]{0,40}$",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*([-*•–]|\d{1,2}[.)])\s+")
MOST_TOPICS = 12


def topics(text: str) -> list[str]:
    """Topics and questions as they were written: a list line by line, else one a paragraph; no greetings."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        apart = any(_MARK.match(line) for line in lines) or all(line.endswith("?") for line in lines)
        if apart:
            for line in lines:
                if _MARK.match(line) or not found or line.endswith("?"):
                    found.append(_MARK.sub("", line))
                else:
                    found[-1] += f" {line}"
        elif lines:
            found.append(" ".join(lines))
    kept = [each for each in found if not _GREETING.match(each)]
    # What is more than a page can hold stays together, so that nothing is lost.
    return [*kept[: MOST_TOPICS - 1], "\n".join(kept[MOST_TOPICS - 1 :])] if len(kept) > MOST_TOPICS else kept
