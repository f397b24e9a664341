"""What is said about a roster's lines: what is wrong, and what is only worth knowing."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.applications.rosters.headings import ABILITY, QUESTION

MOST_KEPT: Final = 200
"""So many sentences are shown; the rest is counted."""

COLUMNS: Final[dict[str, str | Promise]] = {
    "name": pgettext_lazy("column", "name"),
    "role": pgettext_lazy("column", "role"),
    "email": pgettext_lazy("column", "e-mail"),
    "language": pgettext_lazy("column", "language"),
    "born": pgettext_lazy("column", "date of birth"),
    "place": pgettext_lazy("column", "school or company"),
    "country": pgettext_lazy("column", "country"),
    "topic": pgettext_lazy("column", "topic"),
    "phone": pgettext_lazy("column", "phone"),
    "means": pgettext_lazy("column", "means of communication"),
    "key": pgettext_lazy("column", "key"),
    "first": pgettext_lazy("column", "first name"),
    "last": pgettext_lazy("column", "surname"),
    "reversed": pgettext_lazy("column", "surname and name"),
    "languages": pgettext_lazy("column", "languages that one speaks"),
    "interests": pgettext_lazy("column", "interests"),
    "region": pgettext_lazy("column", "town"),
    "travel": pgettext_lazy("column", "how far one can travel, km"),
    "travel_km": pgettext_lazy("column", "how far one can travel, km"),
    "times": pgettext_lazy("column", "free times of the week"),
    "availability": pgettext_lazy("column", "free times of the week"),
    "capacity": pgettext_lazy("column", "how many mentees a mentor takes"),
    "experience": pgettext_lazy("column", "experience"),
    "expectations": pgettext_lazy("column", "expectations"),
    "wishes": pgettext_lazy("column", "whom one would like"),
    "computer": pgettext_lazy("column", "computer at home"),
    "answers": pgettext_lazy("column", "question of the programme’s own"),
    "gender": pgettext_lazy("column", "gender, for the report of fairness alone"),
    "abilities": pgettext_lazy("column", "ability, as one sees oneself"),
    "guardian_name": pgettext_lazy("column", "guardian’s name"),
    "guardian_email": pgettext_lazy("column", "guardian’s e-mail"),
}

SENTENCES: Final[dict[str, str | Promise]] = {
    "unreadable": _("some letters cannot be read: {text}. Save the file as UTF-8."),
    "sheets": _(
        "only one sheet is read. There are lists on other sheets too: {text}. Save each of them as a file of "
        "its own and choose it afterwards."
    ),
    "too_long": _("{column}: {length} characters, the most is {most}."),
    "no_name": _("the name is missing."),
    "half_name": _("{column} is missing. Write it down; whoever has none gets a dash there: –"),
    "one_word": _("the name is one word only. Look whether something is missing."),
    "signs_in_name": _("the name holds signs that are no letters: {signs}. Look how the file was saved."),
    "no_role": _("the role is missing: write mentor or mentee, or choose it before you upload the file."),
    "role": _("“{text}” is no role: write mentor or mentee."),
    "staff": _("“{text}” is appointed by the lead partner, not taken in from a list. Take the line out."),
    "staff_stays": _(
        "runs the programme: “{text}” is not taken in from a list, and the line is passed over."
    ),
    "email": _("“{text}” is no e-mail address. Put it right, or leave it empty."),
    "language": _("“{text}” is no language of the pages: write lv, lt or en, or leave it empty."),
    "country": _("“{text}” is no country that is known here: write two letters, for example LV."),
    "no_country": _("the country is missing: write it in the list, or choose it before you upload the file."),
    "other_country": _("{text} does not take part in the programme; these do: {countries}."),
    "born": _("“{text}” is no date: write it as 17.10.2008."),
    "day_first": _("dates with slashes are read with the day first: {text} is {day}."),
    "month_first": _("dates with slashes are read with the month first: {text} is {day}."),
    "born_when": _("nobody here can be born on {text}."),
    "phone": _("the spreadsheet has turned the phone number into {text}: write it as text."),
    "too_many_cells": _(
        "{cells} cells, but only {headings} headings: put a text that holds the separator into quotation "
        "marks."
    ),
    "means": _("“{text}” is no means of this programme and is left out."),
    "languages": _("“{text}” is no language that is known here and is left out."),
    "interests": _("“{text}” is found in no list of interests and is left out."),
    "times": _(
        "“{text}” is no time of the week that is known here and is left out. Write, for example: "
        "Monday evening."
    ),
    "travel": _("“{text}” is no number of kilometres and is left out."),
    "capacity": _("“{text}” is no number of mentees from 1 to 20 and is left out."),
    "computer": _("“{text}” does not say whether there is a computer at home, and is left out."),
    "gender": _("“{text}” does not say woman, man or other, and is left out."),
    "abilities": _("“{text}” is no level of an ability and is left out: write 1, 2 or 3."),
    "guardian_email": _("“{text}” is no e-mail address of a guardian. Put it right, or leave it empty."),
    "guardian": _("“{text}” is left out: a guardian needs a name and an e-mail address."),
    "guardian_not_asked": _("is of age: a guardian has nothing to permit, and {text} is left out."),
    "part_stays": _("has said already how to take part; that stays."),
    "looks_like": _(
        "somebody of this name is in the programme already, and may be the same; afterwards the list of "
        "people says whom to compare."
    ),
    "twice": _("the same person as on line {other}. Take one of the two lines out."),
    "twice_name": _(
        "the same name as on line {other}. Add the date of birth, e-mail or key to tell the two apart, "
        "or take one line out."
    ),
    "shared_email": _(
        "the same e-mail as on line {other}: an address belongs to one person. Leave one empty."
    ),
    "shared_key": _("the same key as on line {other}: a key belongs to one person."),
    "other_name": _("the e-mail belongs to somebody with another name. Put it right, or leave it empty."),
    "other_key": _("the key belongs to somebody with another name. Put it right, or leave it empty."),
    "taken_email": _("the e-mail belongs to somebody else. Put it right, or leave it empty."),
    "two_known": _(
        "several people in the programme have this name. Add the date of birth, e-mail or key to tell them "
        "apart."
    ),
    "counter": _(
        "the column “{text}” counts the answers of the form and is not read as a key of people. If it is "
        "one, say so where the columns are named."
    ),
    "born_changes": _("was born on {other} as far as was known; the list says {day}, and that holds then."),
    "own_address": _("has already signed in with another e-mail, which stays."),
    "left": _("has left the programme or was declined; that stays as it is."),
    "topic_stays": _("has a topic already, in own words; it stays."),
}


@dataclass
class Told:
    """Gathers what is said; every entry is {"line", "who", "what", "values"}, so that it can be kept."""

    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def fork(self) -> "Told":
        """One that knows the same, and goes its own way from here."""
        return Told([*self.problems], [*self.notes], Counter(self.counts))

    def problem(self, line: int, who: str, what: str, **values: str | int) -> None:
        """Something that keeps the whole roster out until it is put right."""
        self._keep(self.problems, "problems", line, who, what, values)

    def note(self, line: int, who: str, what: str, **values: str | int) -> None:
        """Something that is worth knowing before the list is taken in."""
        self._keep(self.notes, "notes", line, who, what, values)

    def _keep(
        self,
        kept: list[dict[str, Any]],
        name: str,
        line: int,
        who: str,
        what: str,
        values: dict[str, str | int],
    ) -> None:
        self.counts[name] += 1
        if len(kept) < MOST_KEPT:
            kept.append({"line": line, "who": who, "what": what, "values": values})


def column_name(name: str) -> str | Promise:
    """What a field of a list is called."""
    begins = {QUESTION: "answers", ABILITY: "abilities"}
    return COLUMNS[next((said for begin, said in begins.items() if name.startswith(begin)), name)]


def sentence(entry: dict[str, Any]) -> str:
    """What is said about a line, in the reader's language."""
    values = dict(entry["values"])
    if "column" in values:
        values["column"] = str(column_name(values["column"]))
    return str(SENTENCES[entry["what"]]).format(**values)
