"""What somebody wrote themselves: a mail without what it quotes and without its signature.

Mail programs introduce a quotation in the language of whoever uses them. Instead of a table of all languages,
what they have in common is looked for: signs of quotation, a line that ends in a colon and holds the address
of the house, a block of headers that is from the house. See docs/decisions/0010-answers-by-mail.md.
"""

import re
from collections.abc import Sequence

from varpa.post.written_into import written_into

_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_QUOTED = re.compile(r"^\s{0,3}>")
_RULE = re.compile(r"^\s*(-{3,}|={3,}|_{3,})\s*\S.{2,60}?\s*(-{3,}|={3,}|_{3,})\s*$")
_UNDERSCORES = re.compile(r"^\s*(_{10,}|-{20,})\s*$")
_HEADER = re.compile(r"^\s*[*_]{0,2}\w[\w .\-]{0,24}:[*_]{0,2}(\s+\S.*)?$")
_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(\.[\w\-]+)*")
_SIGNED = re.compile(r"^--\s*$")
# In the words of telephones and mail programs, in four languages; only at the end of what was written.
_SENT_FROM = re.compile(
    r"^\s*("
    r"sent (from|via|with)|get outlook for|yahoo mail:"
    r"|(nos)?ūtīts (no|ar|izmantojot)|sūtīts no|iegūstiet outlook|lejupielādēt outlook"
    r"|(iš)?siųsta (iš|su|naudojant)|gaukite .?outlook|atsisiųskite .?outlook"
    r"|отправлено (с|из|от|через)|скачать outlook|получить outlook|пересылается"
    r")\b.{0,120}$",
    re.IGNORECASE,
)
# Telephones of Yahoo let the quotation begin in the line that introduces it.
_IN_ONE_LINE = re.compile(r"\d.*<[^<>@\s]+@[^<>\s]+>[^:<>]{0,20}:\s+\S")
_BRACKETED = re.compile(r"<\s*[^<>@\s]+@[^<>\s]+\s*>")
# What stands between the dashes above a quotation, and in its first header, in the words of mail programs.
_ORIGINAL = re.compile(
    r"original (message|appointment)|(sākotnēj|oriģināl)\w* (ziņojums|vēstule|ziņa|tikšanās|notikums)"
    r"|(pradinis|originalus) (pranešimas|laiškas|susitikimas|įvykis)"
    r"|(исходн|оригинальн)\w+ (сообщение|письмо|встреча)",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\W*(from|no|nuo|от|sūtītājs|siuntėjas)\W*:", re.IGNORECASE)
ATTRIBUTION_LINES = 4


def own_words(
    text: str,
    house: Sequence[str],
    letter: str = "",
    *,
    page: str = "",
    quoted: str = "",
    wordless: bool = False,
) -> str:
    """The words of the writer; `house` are the addresses and the name under which the quoted letter went.

    What no sign marks is cut only where it is the `letter` that is answered, as far as that is known (also
    as a `page`); what was written into it, also where a page marks it as `quoted`, stands below. Where
    nothing would be left and it was not the letter, all stays: own words are worth more than a tidy answer;
    not where a mail says what it has to say without them (`wordless`), as that of a calendar program does.
    """
    plain = _INVISIBLE.sub("", text).replace("\xa0", " ")
    lines = re.sub(r"\r\n?", "\n", plain).split("\n")
    names = [each.lower() for each in house if each]
    at = _quoted_from(lines, names)
    if letter and not _holds(lines[at:], letter):
        at = len(lines)
    kept = _tidy(_without_signature(_without_marked(lines[:at], names)))
    if wordless:
        return kept
    if letter:
        below = [line for line in lines[at:] if not _QUOTED.match(line)]
        into = [_written_into(each, names, (letter, page)) for each in (below, quoted.split("\n"))]
        return "\n\n".join(filter(None, (kept, *into)))
    if kept:
        return kept
    return _tidy([*lines, *quoted.split("\n")]) if quoted or _tidy(_without_marked(lines, names)) else ""


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _holds(cut: list[str], letter: str) -> bool:
    """Whether what would be cut is the letter: half of its words at least stand there."""
    words = _words(letter)
    return 2 * len(words & _words(" ".join(cut))) >= len(words)


def _written_into(lines: list[str], names: list[str], letters: tuple[str, ...]) -> str:
    """What stands in a quotation below its introduction and is not of the letter."""
    at = _below_introduction(lines, names)
    return _tidy(_without_signature(written_into(lines[at:], letters), marked=False))


def _below_introduction(lines: list[str], names: list[str]) -> int:
    """The line below what mail programs write above a quotation: who wrote when, or headers."""
    at, headers = 0, False
    while at < len(lines):
        line = lines[at]
        first = _FROM.match(line) or (_HEADER.match(line) and any(name in line.lower() for name in names))
        end = _end_of_introduction(lines, at)
        if not line.strip() or _RULE.match(line) or _UNDERSCORES.match(line):
            at += 1
        elif first or (headers and (_HEADER.match(line) or line.startswith((" ", "\t")))):
            at, headers = at + 1, True
        elif not headers and end is not None and re.search(r"\d", " ".join(lines[at : end + 1])):
            return end + 1
        else:
            break
    return at


def _quoted_from(lines: list[str], names: list[str]) -> int:
    """The line from which on everything is quoted without any sign; the number of lines where none is."""
    for at, line in enumerate(lines):
        if _QUOTED.match(line):
            continue
        following = [each for each in lines[at + 1 : at + 4] if each.strip()]
        # A heading of the writer's own may stand between dashes too: what is quoted begins with headers.
        if following and (_HEADER.match(following[0]) or _QUOTED.match(following[0])):
            ours = any(name in following[0].lower() for name in names) and bool(_ADDRESS.search(following[0]))
            rule = _RULE.match(line) and not line.strip().startswith("-- ")
            if rule and (ours or _ORIGINAL.search(line)):
                return at
            if _UNDERSCORES.match(line) and (ours or _is_header_block(lines, at + 1, names)):
                return at
        if _is_header_block(lines, at, names):
            return at
        if _introduces(lines, at, names) and not _signs_follow(lines, at):
            return at
    return len(lines)


def _is_header_block(lines: list[str], at: int, names: list[str]) -> bool:
    """Three headers, one below the other, the first of which is from the house: as Outlook quotes."""
    first = lines[at].lower()
    if not (_FROM.match(first) or _BRACKETED.search(first)) or not any(name in first for name in names):
        return False
    block: list[str] = []
    for line in lines[at : at + 8]:
        if line.strip() and not _HEADER.match(line):
            # A long list of readers goes on in the next line.
            if not block or not line.startswith((" ", "\t")):
                break
            continue
        if line.strip():
            block.append(line)
    return len(block) >= 3


def _introduces(lines: list[str], at: int, names: list[str]) -> bool:
    """Whether up to four lines from here say who wrote, by the address of the house, and end in a colon.

    The last line where that is so begins it: what stands above it was written by somebody.
    """
    if _IN_ONE_LINE.search(lines[at]) and any(name in lines[at].lower() for name in names):
        return True
    end = _end_of_introduction(lines, at)
    return (
        end is not None
        and _names_house(lines[at : end + 1], names)
        and not (at < end and _introduces(lines, at + 1, names) and not _continues(lines[at]))
    )


def _names_house(lines: list[str], names: list[str]) -> bool:
    told = " ".join(line.strip() for line in lines).lower()
    address = _BRACKETED.search(told)
    return bool(address) and any(name in told for name in names)


def _end_of_introduction(lines: list[str], at: int) -> int | None:
    for end in range(at, min(at + ATTRIBUTION_LINES, len(lines))):
        line = lines[end].strip()
        if not line or _QUOTED.match(line):
            return None
        if line.endswith((":", "：")):
            return end
    return None


def _signs_follow(lines: list[str], at: int) -> bool:
    end = _end_of_introduction(lines, at)
    rest = [line for line in lines[(end if end is not None else at) + 1 :] if line.strip()]
    return bool(rest) and bool(_QUOTED.match(rest[0]))


def _without_marked(lines: list[str], names: list[str]) -> list[str]:
    """Without lines that bear the sign of quotation, and without the line that introduced them.

    Where nothing says that the house is quoted, a sign at the beginning of a line is the writer's own.
    """
    kept: list[str] = []
    introduced = False
    for at, line in enumerate(lines):
        if not _QUOTED.match(line):
            kept.append(line)
            continue
        if not at or not _QUOTED.match(lines[at - 1]):
            count = _introduction_before(kept, names)
            introduced = introduced or bool(count) or _introduced_inside(lines[at:], names)
            kept = kept[: len(kept) - count]
        if not introduced:
            kept.append(line)
    return kept


def _introduced_inside(lines: list[str], names: list[str]) -> bool:
    """Apple and others mark the introduction too; some quote the headers."""
    first = [line.lstrip("> \t") for line in lines[:ATTRIBUTION_LINES] if _QUOTED.match(line)]
    told = " ".join(first).lower()
    return bool(_ADDRESS.search(told) or _FROM.match(told)) and any(name in told for name in names)


def _introduction_before(kept: list[str], names: list[str]) -> int:
    """How many of the last lines introduce the quotation that begins now."""
    blank = next((at for at, line in enumerate(reversed(kept)) if line.strip()), len(kept))
    last = len(kept) - blank
    if not last or not kept[last - 1].rstrip().endswith((":", "：")):
        return 0
    for count in range(1, ATTRIBUTION_LINES + 1):
        if count > last or not kept[last - count].strip():
            return 0
        told = " ".join(kept[last - count : last])
        ours = any(name in told.lower() for name in names)
        if _ADDRESS.search(told) or (ours and re.search(r"\b\d{1,4}[.:/\-]\s?\d{1,2}", told)):
            first = last - count
            # A long introduction is broken anywhere: up to the blank line above it, all of it goes.
            while count < ATTRIBUTION_LINES and first and _continues(kept[first - 1]):
                first, count = first - 1, count + 1
            return len(kept) - first
    return 0


def _continues(line: str) -> bool:
    return bool(line.strip()) and bool(re.search(r"\d", line)) and not line.rstrip().endswith((".", "!", "?"))


def _without_signature(lines: list[str], *, marked: bool = True) -> list[str]:
    for at, line in enumerate(lines):
        if marked and _SIGNED.match(line):
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or _SENT_FROM.match(lines[-1])):
        lines = lines[:-1]
    return lines
