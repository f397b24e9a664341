"""Days, hours and lengths in the words of the reader's language (terms.md, "How to write").

A day is written the way a sentence needs it, since Latvian declines its months: `day` answers "when?",
`by_day` "by when?", `day_of` "of which day?". Words that belong together are joined by no-break spaces.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from varpa.kernel import clock
from varpa.kernel.clock import zone_of
from varpa.ui import months, zones

JOIN: Final = "\u00a0"
_on_paper: ContextVar[bool] = ContextVar("on_paper", default=False)


@contextmanager
def on_paper(language: str, zone: str = "") -> Iterator[None]:
    """Words for a document, in a language and zone: it is read in other years too, so days name theirs."""
    token = _on_paper.set(True)
    try:
        with translation.override(language), timezone.override(zone_of(zone)) if zone else nullcontext():
            yield
    finally:
        _on_paper.reset(token)


def language() -> str:
    """The language being read: "lv", "lt", or "en" for any other."""
    code = (get_language() or "en")[:2]
    return code if code in months.WEEKDAYS else "en"


def language_name(code: str) -> str:
    """What a language is called, in the reader's; a word that is no code stands for itself."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    # Of the languages of the pages only English writes it with a capital inside a sentence.
    return name.lower() if language() in ("lv", "lt") else name


def local(when: date) -> date:
    """A moment in the reader's time zone; a day, or a time without zone, as it stands (R12)."""
    if isinstance(when, datetime) and timezone.is_aware(when):
        return timezone.localtime(when)
    return when


def day(when: date | None) -> str:
    """When: `17. oktobrī`, `spalio 17 d.`, `17 October`; with the year where it is not the present one."""
    return _dated(when, "when")


def by_day(when: date | None) -> str:
    """By when, that day included: `līdz 17. oktobrim`, `iki spalio 17 d.`, `by 17 October`."""
    return _led({"lv": "līdz", "lt": "iki", "en": "by"}, _dated(when, "until"))


def from_day(when: date | None) -> str:
    """From when: `no 17. oktobra`, `nuo spalio 17 d.`, `from 17 October`."""
    return _led({"lv": "no", "lt": "nuo", "en": "from"}, _dated(when, "of"))


def day_of(when: date | None) -> str:
    """Of which day, before a noun: `10. oktobra tikšanās`, `spalio 10 d. susitikimas`, `10 October`."""
    return _dated(when, "of")


def span(first: date | None, last: date | None) -> str:
    """A stretch of days, both included: `from 1 March 2013 to 30 April 2014`."""
    if not first or not last:
        return from_day(first) or by_day(last)
    until = {"lv": "līdz", "lt": "iki", "en": "to"}
    return f"{from_day(first)} {_led(until, _dated(last, 'until'))}"


def period(first: date, last: date) -> str:
    """A row of the calendar, short: `2013. gada jūnijs–jūlijs`, `24 July 2013`, else `28.06.–27.08.2013.`."""
    if first == last:
        return day(first)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _months(first, last)
    if language() == "lt":
        return f"{first:%Y-%m-%d}–{last:%m-%d}" if first.year == last.year else f"{first}–{last}"
    begun = f"{first:%d.%m.}" if first.year == last.year else f"{first:%d.%m.%Y.}"
    ended = f"{begun}–{last:%d.%m.%Y.}"
    return ended if language() == "lv" else f"{first.day} {months.EN[first.month - 1][:3]} – {_short(last)}"


def _short(when: date) -> str:
    return f"{when.day} {months.EN[when.month - 1][:3]} {when.year}"


def dated(when: date | None) -> str:
    """A day in a table or on paper, short and with its year: `17.10.2025.`, `2025-10-17`, `17 Oct 2025`."""
    if not when:
        return ""
    there = local(when)
    shapes = {"lv": f"{there:%d.%m.%Y.}", "lt": f"{there:%Y-%m-%d}"}
    return shapes.get(language()) or _short(there)


def _months(first: date, last: date) -> str:
    names = months.NAMES[language()]
    begun, ended = names[first.month - 1], names[last.month - 1]
    if first.year != last.year:
        return f"{_with_year(begun, first.year)} – {_with_year(ended, last.year)}"
    return _with_year(begun if begun == ended else f"{begun}–{ended}", last.year)


def _with_year(month: str, year: int) -> str:
    shapes = {"lv": f"{year}.{JOIN}gada {month}", "lt": f"{year}{JOIN}m. {month}"}
    return shapes.get(language(), f"{month}{JOIN}{year}")


def weekday_day(when: date | None) -> str:
    """`ceturtdien, 17. oktobrī`, `ketvirtadienį, spalio 17 d.`, `Thursday, 17 October`."""
    if not when:
        return ""
    return f"{months.WEEKDAYS[language()][local(when).weekday()]}, {day(when)}"


def clock_time(when: datetime | time | None) -> str:
    """`plkst. 10.00`, `16.00 val.`, `16:00`."""
    if not when:
        return ""
    there = local(when) if isinstance(when, datetime) else when
    assert isinstance(there, datetime | time)
    shapes: dict[str, Callable[[int, int], str]] = {
        "lv": lambda hour, minute: f"plkst.{JOIN}{hour}.{minute:02}",
        "lt": lambda hour, minute: f"{hour}.{minute:02}{JOIN}val.",
        "en": lambda hour, minute: f"{hour}:{minute:02}",
    }
    return shapes[language()](there.hour, there.minute)


def clock_span(begins: time, ends: time) -> str:
    """`plkst. 8.30–15.10`, `8.30–15.10 val.`, `8:30–15:10`."""
    shapes = {"lv": (f"plkst.{JOIN}", ".", ""), "lt": ("", ".", f"{JOIN}val."), "en": ("", ":", "")}
    before, sign, after = shapes[language()]
    begun, over = (f"{each.hour}{sign}{each.minute:02}" for each in (begins, ends))
    return f"{before}{begun}–{over}{after}"


def weekday(number: int) -> str:
    """On which day of the week, 0 is Monday: `pirmdien`, `pirmadienį`, `Monday`."""
    return months.WEEKDAYS[language()][number]


def day_time(when: datetime | None, agreed: str = "") -> str:
    """`17. oktobrī plkst. 10.00`, `spalio 17 d. 16.00 val.`, `17 October at 16:00`.

    Where the clocks of the zone that was `agreed` show another time, the reader's zone is named beside it.
    """
    return f"{day(when)}{_before_hour()}{clock_time(when)}{_beside(when, agreed)}" if when else ""


def weekday_time(when: datetime | None, agreed: str = "") -> str:
    """`ceturtdien, 17. oktobrī plkst. 10.00`: the day of the week, the day and the hour; as `day_time`."""
    return f"{weekday_day(when)}{_before_hour()}{clock_time(when)}{_beside(when, agreed)}" if when else ""


def zone(name: str) -> str:
    """A time zone by its city: `Rīga`, `Ryga`, `Riga` for `Europe/Riga`."""
    city = name.rpartition("/")[2].replace("_", " ")
    return zones.CITIES[language()].get(city, city)


def minutes(length: int | None) -> str:
    """A length in minutes, short: `7 h 30 min`, `45 min`, `2 h`. The symbols are those of every language."""
    if length is None:
        return ""
    hours, rest = divmod(abs(length), 60)
    parts = [f"{hours}{JOIN}h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{JOIN}min")
    return ("−" if length < 0 else "") + " ".join(parts)


def spoken_minutes(length: int) -> str:
    """A length in minutes, in whole words and the nominative, to be read aloud: `7 hours 30 minutes`."""
    hours, rest = divmod(length, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


def hours_of(target: int | None) -> str:
    """The target beside a figure, from minutes: `of 16 hours`, `no 16 stundām`, `iš 16 valandų`."""
    if target is None:
        return ""
    if target % 60:
        return _("of %(length)s") % {"length": minutes(target)}
    hours = target // 60
    return ngettext("of %(count)d hour", "of %(count)d hours", hours) % {"count": hours}


def _beside(when: datetime, agreed: str) -> str:
    """Which clock was read, where the one of `agreed` shows another time (R12)."""
    if not agreed or when.astimezone(zone_of(agreed)).utcoffset() == timezone.localtime(when).utcoffset():
        return ""
    return f" ({_('time zone: %(city)s') % {'city': zone(timezone.get_current_timezone_name())}})"


def _before_hour() -> str:
    return " at " if language() == "en" else " "


def _led(words: dict[str, str], dated: str) -> str:
    return f"{words[language()]}{JOIN}{dated}" if dated else ""


def _dated(when: date | None, form: str) -> str:
    if not when:
        return ""
    there = local(when)
    near = not _on_paper.get() and there.year == timezone.localtime(clock.now()).year
    year = "" if near else str(there.year)
    if language() == "lv":
        dated = f"{there.day}.{JOIN}{months.LV[form][there.month - 1]}"
        return f"{year}.{JOIN}gada {dated}" if year else dated
    if language() == "lt":
        dated = f"{months.LT[there.month - 1]}{JOIN}{there.day}{JOIN}d."
        return f"{year}{JOIN}m. {dated}" if year else dated
    dated = f"{there.day}{JOIN}{months.EN[there.month - 1]}"
    return f"{dated}{JOIN}{year}" if year else dated
