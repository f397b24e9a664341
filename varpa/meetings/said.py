"""What somebody means by a few words: done, not held, a length, topics. In four languages."""

import re

from varpa.mailroom.courtesy import is_courtesy, without_courtesy, without_signature
from varpa.mailroom.meant import BUT, without_answer

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
_UNITS = (r"(?:h|st|std|stund\w*|val|valand\w*|hours?|hrs?|ч|час\w*)", r"(?:min\w*|m|мин\w*)")
_HOURS, _MINUTES = (rf"{unit}(?!\w)\.?" for unit in _UNITS)
_LENGTH = (
    rf"(?:(?P<hours>\d{{1,2}})(?:[.,](?P<part>\d{{1,2}}))?\s*{_HOURS}(?:\s*(?:un |ir |and |и )?"
    rf"(?P<more>\d{{1,2}})(?:\s*{_MINUTES}|(?!\w)))?|(?P<minutes>\d{{1,3}})\s*{_MINUTES}"
    r"|(?P<words>pusotr\w* stund\w*|pusantros valandos|(?:one|an hour) and a half(?: hours)?|полтора часа"
    r"|pusstund\w*|pusvaland\w*|half an hour|полчаса"
    r"|(?:vienu )?stundu|viena stunda|(?:vieną )?valandą|viena valanda|(?:one|an) hour))"
)
# Minutes are named in many sentences: only those count that stand by themselves, or after what says so.
_SAYS_SO = r"(?:ilgums|kopā|pavisam|trukmė|iš viso|length|duration|in all|total|длительность|всего)\W*"
_BEGINS = (
    r"\W*(?:(?:bija|tikāmies|runājām|buvo|susitikome|kalbėjomės|it was|we met|we talked)"
    r"(?: (?:tikai|tik|only))? )?"
)
_BY_ITSELF = re.compile(rf"{_BEGINS}{_LENGTH}", re.IGNORECASE)
_TOLD = re.compile(rf"(?<!\w){_SAYS_SO}{_LENGTH}", re.IGNORECASE)
# A sentence may end after "50 min." and goes on after "8 val. darba diena".
_ENDS = re.compile(r"\s*(?:[,;!?)–—]|-\s|\.?\s*$|(?<=\.)\s+(?=[^\W\da-zа-яāčēģīķļņšūžąęėįų]))")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W_a-zа-яāčēģīķļņšūžąęėįų])")
FEW_WORDS = 4
"""So many below a “done” are a name and a greeting."""
LONGEST_HOURS = 8
"""“9 val.” and “10 st.” are hours of the clock: nobody meets so long."""
_BARE = re.compile(r"^\W*(\d{1,3})\W*$")
_IN_WORDS = {
    90: re.compile(r"pusotr|pusantros|and a half|полтора", re.I),
    30: re.compile(r"pusstund|pusvaland|half an hour|полчаса", re.I),
}


def is_done(text: str, name: str = "") -> bool:
    """Whether it says that a promise is kept, and beside courtesies and the writer's `name` nothing else."""
    first, _end, rest = without_courtesy(without_signature(text), name).lstrip("!,.:; \r\n").partition("\n")
    done = _DONE.match(first)
    # What else is said might say that it is not so, and would be read by nobody; a name may stand below.
    if done is None or re.search(r"\w|\?", without_courtesy(first[done.end() :], name)):
        return False
    return len(without_courtesy(rest, name).split()) < FEW_WORDS and not BUT.search(rest)


def is_not_held(text: str) -> bool:
    """Whether it says that the meeting did not take place."""
    return bool(_NOT_HELD.match(text))


def length(text: str, name: str = "") -> int | None:
    """Minutes that are clearly said to be the length: "50 min", "ilgums: 1,5 h", "1 val. 20 min.", "50".

    They stand on a line or at the beginning by themselves, are the last sentence, or follow a word that says
    so. Of other minutes ("came 15 min late") nobody can say what they are of.
    """
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    if not lines:
        return None
    bare = _BARE.match(lines[0])
    if bare:
        return int(bare[1])
    first = without_answer(without_courtesy(lines[0], name)).strip()
    clear = [_BY_ITSELF.match(first)]
    clear += [_BY_ITSELF.fullmatch(line.rstrip(" .!")) or _BY_ITSELF.fullmatch(line) for line in lines]
    clear += [_BY_ITSELF.fullmatch(_SENTENCE.split(lines[-1])[-1])]
    clear += [found for line in lines for found in _TOLD.finditer(line)]
    found = (_minutes(each) for each in clear if each and _ENDS.match(each.string, each.end()))
    return next(filter(None, found), None)


def _minutes(found: re.Match[str]) -> int | None:
    if found["words"]:
        return next((count for count, words in _IN_WORDS.items() if words.search(found["words"])), 60)
    if found["minutes"]:
        return int(found["minutes"])
    hours, part = int(found["hours"]), found["part"] or "0"
    if hours > LONGEST_HOURS:
        return None
    tenths = float(f"0.{part}")
    return hours * 60 + round(60 * tenths) + int(found["more"] or 0)


_MARK = re.compile(r"^\s*([-*•–]|\d{1,2}[.)])\s+")
MOST_TOPICS = 12


# Said by whoever has no question, or has only read the letter.
_NO_QUESTION = (
    r"(man )?(nav|nebūs) (nekādu |vairāk )?jautājumu"
    r"|jautājumu (man )?(vēl |vairāk |pagaidām |šoreiz )?(nav|nebūs)"
    r"|klausimų (kol kas |šįkart )?(neturiu|nėra|nebus)|neturiu klausimų|no( more)? questions"
    r"|вопросов нет|нет вопросов"
)
_NOTHING = re.compile(
    rf"^\W*({_NO_QUESTION}|nē|ne|no|нет|labi|ok(ay|ej|ei)?|gerai|skaidrs|aišku|хорошо|man|šoreiz|pagaidām"
    r"|kol kas|this time|nothing|nekā|nieko|nezinu|nežinau|i don['’]?t know|не знаю"
    r"|ko (lai )?jautāt|ko klausti|what to ask|что спросить)(?!\w)",
    re.IGNORECASE,
)


def _says_nothing(text: str, name: str) -> bool:
    """Whether a paragraph asks and tells nothing: no question, courtesies, the writer's name."""
    rest = text
    while re.search(r"\w", rest):
        nothing = _NOTHING.match(rest)
        left = rest[nothing.end() :] if nothing else without_courtesy(rest, name)
        if left == rest.strip():
            return False
        rest = left
    return True


def topics(text: str, name: str = "") -> list[str]:
    """Topics and questions as they were written: a list line by line, else one a paragraph.

    Without greetings, the writer's `name` and what says that there is no question.
    """
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", without_signature(text.strip())):
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
    kept = [each for each in found if not (is_courtesy(each) or _says_nothing(each, name))]
    # What is more than a page can hold stays together, so that nothing is lost.
    return [*kept[: MOST_TOPICS - 1], "\n".join(kept[MOST_TOPICS - 1 :])] if len(kept) > MOST_TOPICS else kept
