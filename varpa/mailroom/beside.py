"""What somebody wrote beside the answer of a calendar program, without what the program writes itself.

Programs say in a sentence who has answered what, in the language of whoever uses them, and list the event
below. What no rule knows is kept: an ugly message is worth more than a lost word.
"""

import re
from collections.abc import Collection
from typing import Final

_INVITATION: Final = r"(invitation|invite|event|ielūgum|uzaicinājum|notikum|kvietim|įvyk|приглашени|событи)"
# In the third person: whoever writes of oneself is no program.
_HAS_ANSWERED: Final = (
    r"(has (tentatively )?(accepted|declined|replied|proposed)|(tentatively )?(accepted|declined) (your|the)"
    r"|ir (provizoriski )?(pieņēmis|pieņēmusi|noraidījis|noraidījusi)|pieņēma|noraidīja"
    r"|priėmė|atmetė|принял|отклонил)"
)
_BY_NOBODY: Final = re.compile(rf"{_HAS_ANSWERED}.*{_INVITATION}", re.IGNORECASE)
_BY_NAME: Final = re.compile(
    rf"{_HAS_ANSWERED}|{_INVITATION}|\bir atbildēj|atsakė|ответил|may attend|will( not)? attend",
    re.IGNORECASE,
)
_OF_GOOGLE: Final = re.compile(
    r"calendar\.google\.com|google (calendar|kalend)|google календар", re.IGNORECASE
)
# The event again, line by line. Of one such line alone it may be that somebody writes of another place.
_LABEL: Final = re.compile(
    r"^\W*(when|where|who|date|time|starts?|ends?|duration|location|place|organi[sz]er|calendar|invitees?"
    r"|attendees?|guests?|participants?|title|summary|subject|event|from|to|sent|cc|required|optional"
    r"|kad|kur|laiks|datums|sākums|beigas|ilgums|vieta|organizators|rīkotājs|kalendārs|dalībnieki|viesi"
    r"|nosaukums|notikums|temats|no|kam|nosūtīts"
    r"|kada|laikas|data|pradžia|pabaiga|trukmė|organizatorius|kalendorius|dalyviai|svečiai|pavadinimas|įvykis"
    r"|tema|nuo|kam|išsiųsta|когда|где|дата|время|начало|конец|место|организатор|календарь|участники|гости"
    r"|название|тема|событие|кому|от|отправлено)\b[\w ]{0,15}:",
    re.IGNORECASE,
)
_ADDRESS: Final = r"[\w.+\-]+@[\w\-]+\.[\w.\-]+"
_ONLY_ADDRESSES: Final = re.compile(rf"^\W*(([^\W\d]+\W+){{0,4}}<(mailto:)?{_ADDRESS}>|{_ADDRESS})\W*$", re.I)
# Who asks or thanks is no program.
_TO_SOMEBODY: Final = re.compile(r"\?|paldies|ačiū|thank|спасибо", re.IGNORECASE)
_NEXT_SENTENCE: Final = re.compile(r"(?<=[.!])\s+(?=[A-ZĀČĒĢĪĶĻŅŠŪŽĄĘĖĮŲА-Я])")
_QUOTES: Final = "\"'“”„«»‘’ \t"


def words_beside(comment: str, body: str, names: Collection[str]) -> str:
    """The words of the comment and of the mail, each once; `names` are those under which the writer goes.

    Both are given without quotations and signature.
    """
    own = _without_program(body, [each.lower() for each in names if each])
    one, other = _plain(comment), _plain(own)
    if one in other:
        return own
    return comment if other in one else f"{comment}\n\n{own}"


def _without_program(body: str, names: Collection[str]) -> str:
    lines = [part for line in body.split("\n") for part in _apart(line, names)]
    at = next((at for at, line in enumerate(lines) if _is_program(line, names)), len(lines))
    above, below = "\n".join(lines[:at]).strip(), "\n".join(lines[at + 1 :]).strip()
    if at == len(lines):
        return body.strip()
    of_google, note = bool(_OF_GOOGLE.search(below)), ""
    if lines[at].rstrip().endswith(":"):
        note, below = _note(below, paragraph=of_google)
    rest = "" if of_google else _unlisted(below, names)
    return "\n\n".join(filter(None, (above, note, rest)))


def _apart(line: str, names: Collection[str]) -> list[str]:
    """The sentence of a program, and what stands behind it on its line."""
    said = _said_by_program(line, names)
    ends = _NEXT_SENTENCE.search(line, said.end()) if said else None
    return [line[: ends.start()], line[ends.end() :]] if ends else [line]


def _is_program(line: str, names: Collection[str]) -> bool:
    return _said_by_program(line, names) is not None


def _said_by_program(line: str, names: Collection[str]) -> re.Match[str] | None:
    named = any(name in line.lower()[: len(name) + 20] for name in names)
    said = _BY_NAME.search(line) if named else _BY_NOBODY.search(line)
    ends = _NEXT_SENTENCE.search(line, said.end()) if said else None
    return None if _TO_SOMEBODY.search(line[: ends.start() if ends else None]) else said


def _note(below: str, *, paragraph: bool) -> tuple[str, str]:
    """What the sentence of the program introduces, and what stands below that.

    It ends with the quotation; where it is none and a program lists the event below, with the `paragraph`.
    """
    quoted = re.match(r"[\"'“„«](.*)[\"'”“»][ \t]*(?=\n\s*\n|$)", below, re.DOTALL)
    if quoted:
        return quoted[1].strip(), below[quoted.end() :]
    return re.split(r"\n\s*\n", below, maxsplit=1)[0].strip(_QUOTES) if paragraph else "", below


def _unlisted(below: str, names: Collection[str]) -> str:
    kept = []
    for paragraph in re.split(r"\n\s*\n", below):
        lines = [line for line in paragraph.split("\n") if not _is_program(line, names)]
        listed = [line for line in lines if _LABEL.search(line)]
        kept.append(
            "\n".join(
                line
                for line in lines
                if not (len(listed) > 1 and line in listed) and not _ONLY_ADDRESSES.search(line)
            ).strip()
        )
    return "\n\n".join(filter(None, kept))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
