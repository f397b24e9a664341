"""Where two meet while one of them wants no words: a place is a fact, no message (docs/decisions/0028).

A pupil who does not know where and when is less safe, so that the place is always told. It is one that both
know: then nothing else can be said with it, and nobody is asked to a new place by somebody not wanted.
"""

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.meetings.models import Meeting
from varpa.meetings.queries import agenda_of_first
from varpa.meetings.video import video_link
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import require_heard, wants_quiet
from varpa.people.forms import zone_choices
from varpa.people.models import Person
from varpa.programmes.countries import COUNTRIES, country_name


class NotKnownToBoth(Refusal):
    """A place, or a colleague who receives the guest, of which the other has not heard before."""

    sentence = _(
        "{name} wants no messages for now. Until messages may come again the two of you meet where you have "
        "met before, at the company, at the school or by a link, and nobody else is named. The project "
        "manager can help with another place."
    )


def require_known(
    pair: Pair, side: str, *, place: str, host: str = "", agenda: str = "", known: str = ""
) -> None:
    """Raise NotKnownToBoth, or WordsWouldReach for an agenda in own words, where the other wants no words.

    `known`: a place to which the other has said yes besides. The pair is held.
    """
    if not wants_quiet(pair, other_side(side)):
        return
    if _line(place) not in _places(pair, known) or (host.strip() and host.strip() not in _hosts(pair)):
        raise _refusal(pair, side)
    if agenda.strip() and agenda.split() not in _agendas(pair):
        require_heard(pair, side)


def why_places_stay(pair: Pair, side: str) -> str:
    """What whoever chooses a place is told before, where it is known that the other wants no words."""
    return str(_refusal(pair, side))


def _refusal(pair: Pair, side: str) -> NotKnownToBoth:
    return NotKnownToBoth(name=pair.member(other_side(side)).person.first_name)


def _line(place: str) -> str:
    """A place as it is compared: a link that stands alone is known, whatever its address."""
    words = " ".join(place.split())
    return "" if words and words == video_link(words) else words


def _places(pair: Pair, known: str) -> set[str]:
    met = Meeting.objects.filter(pair=pair).order_by().values_list("place", flat=True).distinct()
    return {"", *map(_line, (pair.mentor.place, pair.mentee.place, known, *met))}


def _hosts(pair: Pair) -> set[str]:
    return set(Meeting.objects.filter(pair=pair).order_by().values_list("host", flat=True).distinct())


def _agendas(pair: Pair) -> list[list[str]]:
    first = agenda_of_first(pair.programme)
    return [text.split() for text in (first.lv, first.lt, first.en)]


def zones_for(pair: Pair, reader: Person) -> list[str]:
    """Time zones to offer: the reader's, the other's, the programme's, then all of Europe by their cities."""
    near = (reader.zone, pair.mentor.person.zone, pair.mentee.person.zone, pair.programme.zone)
    return list(dict.fromkeys([*near, *(zone for zone, _city in zone_choices(reader.zone))]))


def countries_for(home: str) -> list[tuple[str, str]]:
    """Countries to offer for a visit; `home` is the mentor's, "" where nobody has said it."""
    known = dict(COUNTRIES)
    begins = [(home, country_name(home))] if home and home not in known else [] if home else [("", "–")]
    return [*begins, *((code, str(name)) for code, name in COUNTRIES)]
