"""Reading recommendations and guidelines: never a word without every consent that it needs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from varpa.diary.models import DiaryState, LeftOut
from varpa.evaluation.measures import counted
from varpa.evaluation.queries import Cell, board
from varpa.guidelines.models import Consent, Guidelines, Recommendation, Section, ShownAs, Source, Version
from varpa.history.remembering import until_changed
from varpa.kernel.compiled import compiled
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import minors

HANDED_OVER = Q(source=Source.DIARY, pair__diary__state=DiaryState.HANDED_OVER)


def with_consent() -> Q:
    """Recommendations that others may read: the author's word, and of a diary that was handed over also
    the mentee's, who owns it now (R6), also of what was published before. Of what was erased nothing.
    """
    standing = Consent.objects.filter(recommendation=OuterRef("pk"), withdrawn_at=None)
    author = Q(Exists(standing.filter(by=OuterRef("by"))))
    owner = ~HANDED_OVER | Q(Exists(standing.filter(by=OuterRef("pair__mentee__person"))))
    return ~Q(text="") & author & owner


def usable(programme: Programme) -> QuerySet[Recommendation]:
    """What may stand in the guidelines: with every consent, and not set aside by the manager."""
    found = Recommendation.objects.filter(with_consent(), programme=programme, set_aside_at=None)
    return found.select_related("by")


def listed(programme: Programme, asked: Mapping[str, str], today: date) -> QuerySet[Recommendation]:
    """The manager's list, newest first; `asked` {field: value} narrows it, an empty value does not."""
    found = Recommendation.objects.filter(with_consent(), programme=programme).select_related("by")
    aside = asked.get("aside") == "yes"
    found = found.filter(set_aside_at__isnull=not aside)
    fields = ("phase", "topic", "role", "says", "source")
    found = found.filter(**{name: asked[name] for name in fields if asked.get(name)})
    told = ("ref", "text", "language", "at", "set_aside_at", "published_at", *fields, "by__name")
    return read(found.only(*told), today)


def with_word(recommendations: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """With the author's word on how the author is shown, as it was given."""
    return recommendations.annotate(shown_as=Subquery(_word()))


def read(recommendations: QuerySet[Recommendation], today: date) -> QuerySet[Recommendation]:
    """With how others are told of the author: by the author's word, and of a minor only the role."""
    own = Membership.objects.filter(programme=OuterRef("programme"), person=OuterRef("by"))
    young = When(Exists(own.filter(minors(today))), then=Value(ShownAs.ROLE.value))
    said = Case(young, default=Subquery(_word()), output_field=CharField())
    return recommendations.annotate(shown_as=said)


def _word() -> QuerySet[Consent, str]:
    word = Consent.objects.filter(recommendation=OuterRef("pk"), by=OuterRef("by"), withdrawn_at=None)
    return word.values_list("shown_as", flat=True)[:1]


@until_changed
def waiting(programme: Programme, _minute: datetime) -> int:
    """How many were offered and wait for the word of the other of the two: nobody else reads them yet."""
    standing = Consent.objects.filter(recommendation=OuterRef("pk"), withdrawn_at=None)
    offered = Recommendation.objects.filter(Exists(standing), programme=programme, set_aside_at=None)
    return offered.exclude(with_consent()).count()


def concerning(programme: Programme, person: Person) -> QuerySet[Recommendation]:
    """Recommendations to which a person has a word to say: the author's, and the owner's of a diary.

    A mentee is asked about nothing that the mentor may have left out of the copy: what was offered before
    the handover from an entry with something left out stays with the mentor.
    """
    out = LeftOut.objects.filter(entry__ref=OuterRef("source_ref"))
    hidden = Q(Exists(out)) & Q(at__lte=F("pair__diary__handed_over_at"))
    # The owner's are found from the owner's pairs; "one of the two" over both sides reads every row.
    owned = Recommendation.objects.filter(
        HANDED_OVER & Q(pair__mentee__person=person) & ~hidden, programme=programme
    )
    whose = Q(by=person) | Q(pk__in=owned.order_by().values("pk"))
    return Recommendation.objects.filter(whose, programme=programme)


@dataclass(frozen=True)
class Tally:
    """How many recommendations there are for a step, by (what they say, role of the author)."""

    by: Counter[tuple[str, str]]

    def of(self, says: str) -> dict[str, int]:
        """By role, of one kind."""
        return {role: count for (said, role), count in sorted(self.by.items()) if said == says}

    @property
    def all(self) -> int:
        return sum(self.by.values())


def tallies(programme: Programme) -> dict[str, Tally]:
    """For each phase ("" none); one query."""
    rows = usable(programme).order_by().values_list("phase", "says", "role").annotate(count=Count("pk"))
    found: dict[str, Tally] = {}
    for phase, says, role, count in rows:
        found.setdefault(phase, Tally(Counter())).by[says, role] += count
    return found


@dataclass(frozen=True)
class Figures:
    """What the programme did. `pairs` are those that began, also where they ended early."""

    cells: list[Cell]
    pairs: int
    meetings: int
    minutes: int


def figures_of(programme: Programme, now: datetime) -> Figures:
    """The board's cells; pairs, meetings and minutes as the evaluation report counts them."""
    cells = [cell for row in board(programme, now) for cells in row.cells for cell in cells]
    found = counted(programme, [(key, "") for key in ("pairs", "meetings", "hours")])
    return Figures(cells, found["pairs", ""], found["meetings", ""], found["hours", ""])


def guidelines_of(programme: Programme) -> Guidelines | None:
    """The guidelines that are being worked out; None before the first draft."""
    return _begun.first(programme=programme)


@compiled()
def _begun(programme: Programme) -> QuerySet[Guidelines]:
    return Guidelines.objects.filter(programme=programme)


def sections_of(guidelines: Guidelines) -> dict[str, Section]:
    """By the key of the step."""
    return {each.key: each for each in _sections(guidelines=guidelines)}


@compiled()
def _sections(guidelines: Guidelines) -> QuerySet[Section]:
    return Section.objects.filter(guidelines=guidelines)


def versions_read(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Versions with their programme and what its methodology needs."""
    return versions.select_related("programme__methodology_version", "programme__organisation", "by")


def versions_of(programme: Programme) -> list[Version]:
    """Newest first, without what stands in them."""
    return _versions(programme=programme)


@compiled()
def _versions(programme: Programme) -> QuerySet[Version]:
    found = Version.objects.filter(programme=programme).defer("texts", "quoted", "changes")
    return found.select_related("by")


def recommendations_read(recommendations: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """With programme and pair: what doing something with one needs."""
    return recommendations.select_related(
        "by", "programme__methodology_version", "pair__mentor__person", "pair__mentee__person"
    )
