"""What somebody means by a few words: done, not held, a length, topics. In four languages."""

import re

from varpa.mailroom.courtesy import is_courtesy, without_courtesy
from varpa.mailroom.meant import BUT

_DONE = re.compile(
    r"^(\W*(jau |ir |es |to |esmu |esu |viss |viskas |viską |solījums |pažadas |aš |tai "
    r"|all |it is |it['’]s |i have |i['’]ve |the promise is )*"
    r"(jā|taip|yes|да|done|kept|finished"
    r"|(iz|pa)darīt[si]|(iz|pa)darīju|(iz|pa)darījis|(iz|pa)darījusi|izpildīt[si]|izpildīju|paveikt[si]|gatavs?"
    r"|(pa|at)daryta(s)?|padariau|padaręs|padariusi|atlikta(s)?|atlikau|įvykdyta(s)?|įvykdžiau"
    r"|ištesėta(s)?|ištesėjau|baigta|готово|сделано|сделал|сделала)(?!\w))+",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"^\W*([^\W\d]+\W+){0,3}?(nenotika|neįvyko|netikāmies|nesusitikome|did ?n[o'’]t (happen|take place|meet)"
    r"|we did ?n[o'’]?t meet|it did ?n[o'’]?t|не состоялась)",
    re.IGNORECASE,
)
_NUMBER = r"(\d{1,3})(?:[.,](\d{1,2}))?"
_HOURS = re.compile(
    rf"{_NUMBER}\s*(?:h|st|std|stund\w*|val|valand\w*|hours?|hrs?|ч|час\w*)\b\.?", re.IGNORECASE
)
_MINUTES = re.compile(
    r"(\d{1,3})\s*(?:min\w*|m|мин\w*)\b\.?(?!\s*(?:vēlāk|agrāk|vėliau|anksčiau|late|early|позже|раньше))",
    re.IGNORECASE,
)
FEW_WORDS = 4
"""So many below a “done” are a name and a greeting."""
LONGEST_HOURS = 8
"""“9 val.” and “10 st.” are hours of the clock: nobody meets so long."""
_BARE = re.compile(r"^\W*(\d{1,3})\W*$")
_IN_WORDS = {
    90: re.compile(r"\b(pusotr\w* stund\w*|pusantros valandos|(one|an hour) and a half|полтора часа)", re.I),
    30: re.compile(r"\b(pusstund\w*|pusvaland\w*|half an hour|полчаса)", re.I),
    60: re.compile(r"\b((vienu )?stundu|(vieną )?valandą|(one|an) hour)\b", re.I),
}


def is_done(text: str, name: str = "") -> bool:
    """Whether it says that a promise is kept, and beside courtesies and the writer's `name` nothing else."""
    first, _end, rest = without_courtesy(text, name).lstrip("!,.:; \r\n").partition("\n")
    done = _DONE.match(first)
    # What else is said might say that it is not so, and would be read by nobody; a name may stand below.
    if done is None or re.search(r"\w|\?", without_courtesy(first[done.end() :], name)):
        return False
    return len(without_courtesy(rest, name).split()) < FEW_WORDS and not BUT.search(rest)


def is_not_held(text: str) -> bool:
    """Whether it says that the meeting did not take place."""
    return bool(_NOT_HELD.match(text))


def length(text: str) -> int | None:
    """Minutes that are named in words: "50 min", "1,5 h", "1 val. 20 min.", "pusotra stunda", "50"."""
    bare = _BARE.match(text.strip().split("\n")[0])
    if bare:
        return int(bare[1])
    total = 0
    hours = next((each for each in _HOURS.finditer(text) if int(each[1]) <= LONGEST_HOURS), None)
    minutes = _MINUTES.search(text)
    if hours:
        part = hours[2] or "0"
        total += int(hours[1]) * 60 + round(60 * int(part) / 10 ** len(part))
    if minutes:
        total += int(minutes[1])
    if total:
        return total
    return next((count for count, words in _IN_WORDS.items() if words.search(text)), None)


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
    kept = [each for each in found if not is_courtesy(each)]
    # What is more than a page can hold stays together, so that nothing is lost.
    return [*kept[: MOST_TOPICS - 1], "\n".join(kept[MOST_TOPICS - 1 :])] if len(kept) > MOST_TOPICS else kept
