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
# The event again, line by line: a heading, an address of a page or of a person.
_LISTED: Final = re.compile(r"^\s*\*?\w[\w ]{0,20}:|https?://|[\w.+\-]+@[\w\-]+\.", re.IGNORECASE)
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
    lines = body.split("\n")
    at = next((at for at, line in enumerate(lines) if _is_program(line, names)), len(lines))
    above, below = "\n".join(lines[:at]).strip(), lines[at + 1 :]
    if at == len(lines):
        return body.strip()
    note = _note(below) if lines[at].rstrip().endswith(":") else ""
    rest = "" if note or _OF_GOOGLE.search(body) else _unlisted(below, names)
    return "\n\n".join(filter(None, (above, note, rest)))


def _is_program(line: str, names: Collection[str]) -> bool:
    named = any(name in line.lower()[: len(name) + 20] for name in names)
    return bool(_BY_NAME.search(line)) if named else bool(_BY_NOBODY.search(line))


def _note(below: list[str]) -> str:
    """The paragraph that the sentence of the program introduces."""
    text = "\n".join(below).strip()
    return re.split(r"\n\s*\n", text, maxsplit=1)[0].strip(_QUOTES)


def _unlisted(below: list[str], names: Collection[str]) -> str:
    kept = [line for line in below if not _LISTED.search(line) and not _is_program(line, names)]
    return "\n".join(kept).strip()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
