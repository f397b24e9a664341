"""What the pages of a presentation read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.methodology.outlines import Part
from varpa.pairs.models import Pair, Side
from varpa.pairs.quiet import Waited, stopped
from varpa.pairs.working import Worked
from varpa.presentations.models import (
    HANDED_IN,
    PAGE,
    WRITING,
    Presentation,
    Recommendation,
    Slide,
    Version,
    page_name,
    page_number,
)
from varpa.programmes.models import OVER, Membership, MembershipState, Programme
from varpa.programmes.queries import methodology_of

MOST_TRIES: Final = 2
"""How often a PPTX is tried to be turned to PDF."""
STATE_WORDS: Final = {"done": _("Written"), "ahead": _("Not yet")}


@dataclass(frozen=True)
class Row:
    """One slide of the outline with what stands on it; `waiting`: recommendations not done yet."""

    number: int
    part: Part
    written: Slide | None
    waiting: int

    @property
    def page(self) -> int:
        """Which page of the brought file it is, 0 where it is a slide of the outline."""
        return page_number(self.part.key)

    @property
    def text(self) -> str:
        return self.written.text if self.written else ""

    @property
    def notes(self) -> str:
        return self.written.notes if self.written else ""

    @property
    def figure(self) -> str:
        """Which figures of the plan it shows, "" for none."""
        return self.written.figure if self.written else ""

    @property
    def is_filled(self) -> bool:
        """Whether something stands on it."""
        return bool(self.text or self.figure)

    @property
    def state(self) -> str:
        return "done" if self.is_filled else "ahead"

    @property
    def word(self) -> str:
        return str(STATE_WORDS[self.state])


def outline_of(programme: Programme) -> tuple[Part, ...]:
    """The slides that the methodology proposes, in their order; () where it asks for no presentation."""
    return methodology_of(programme).presentation


def presentations_read(presentations: QuerySet[Presentation]) -> QuerySet[Presentation]:
    """With everything that a page names."""
    return presentations.select_related(
        "membership__person", "membership__programme__methodology_version", "file", "source"
    )


def recommendations_read(recommendations: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """With the presentation and the people."""
    return recommendations.select_related(
        "presentation__membership__person", "presentation__membership__programme", "by"
    )


def to_turn() -> QuerySet[Presentation]:
    """Presentations whose PPTX waits to become a PDF, the longest waiting first."""
    waiting = Presentation.objects.filter(source__isnull=False, file=None, tries__lt=MOST_TRIES)
    return waiting.select_related("membership__programme").order_by("source")


def is_open(presentation: Presentation) -> bool:
    """Whether its mentee works on it, as far as the page has read it; the actions ask once more."""
    member = presentation.membership
    stands = member.state == MembershipState.ACCEPTED and member.programme.state not in OVER
    return stands and presentation.state in WRITING


def presentation_of(membership: Membership) -> Presentation | None:
    """The presentation of a mentee, once begun."""
    return Presentation.objects.filter(membership=membership, set_aside_at=None).first()


def with_presentations(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `presentation_state`: that of the mentee's presentation, None before it is begun."""
    own = Presentation.objects.filter(membership=OuterRef("mentee"), set_aside_at=None)
    return pairs.annotate(presentation_state=Subquery(own.values("state")[:1]))


def rows_of(presentation: Presentation, hears: Q | None = None) -> list[Row]:
    """Every slide of the outline: two questions, however many; `hears`: what the reader reads now."""
    written = {slide.key: slide for slide in presentation.slides.all()}
    open_ones = presentation.recommendations.filter(hears or Q(), done_at=None, withdrawn_at=None)
    waiting = dict(open_ones.order_by().values_list("slide").annotate(count=Count("pk")))
    return [
        Row(number, part, written.get(part.key), waiting.get(part.key, 0))
        for number, part in enumerate(outline_of(presentation.membership.programme), 1)
    ]


def submitted_version(presentation: Presentation) -> Version | None:
    """The version that the defence sees: the newest that was submitted."""
    return versions_of(presentation).first()


def handed_in(presentation: Presentation) -> Version | None:
    """The submitted version, while it is what stands; None while the mentee works on."""
    return submitted_version(presentation) if presentation.state in HANDED_IN else None


def versions_of(presentation: Presentation) -> QuerySet[Version]:
    """All that were submitted, the newest first."""
    return presentation.versions.select_related("file", "source")


def to_show(membership: Membership) -> Version | None:
    """What a hall can show of a mentee: slides or a PDF that were submitted and not taken back."""
    found = presentation_of(membership)
    version = handed_in(found) if found else None
    if version is None or version.pages:
        return version
    slides = [] if version.file_id else version_rows(version)
    return version if any(row.is_filled for row in slides) else None


def version_rows(version: Version) -> list[Row]:
    """Every slide of the outline as it was submitted, without notes."""
    outline = outline_of(version.presentation.membership.programme)
    return [Row(number, part, _stood(version, part.key), 0) for number, part in enumerate(outline, 1)]


def _stood(version: Version, key: str) -> Slide:
    text, figure = version.texts.get(key, ""), version.shown.get(key, "")
    return Slide(presentation=version.presentation, key=key, text=text, figure=figure)


def page_rows(presentation: Presentation, hears: Q | None = None) -> list[Row]:
    """The pages of the file that was brought, by number, as slides are told: one question."""
    if not presentation.file_id:
        return []
    about = presentation.recommendations.filter(
        hears or Q(), file=presentation.file_id, done_at=None, withdrawn_at=None
    )
    waiting = dict(about.order_by().values_list("slide").annotate(count=Count("pk")))
    return [
        Row(number, _page_part(number), None, waiting.get(f"{PAGE}{number}", 0))
        for number in range(1, presentation.pages + 1)
    ]


def recommendations_of(presentation: Presentation, key: str) -> QuerySet[Recommendation]:
    """What was recommended for a slide, or a page of the file that stands, and not taken back."""
    about = presentation.recommendations.filter(slide=key, withdrawn_at=None).select_related("by")
    return about.filter(file=presentation.file_id if page_number(key) else None)


def heard(pairs: Iterable[Pair]) -> Q:
    """What the mentee reads now: words of a mentor whose messages the mentee has stopped wait.

    `pairs` are all the mentee's, read with who wants no words.
    """
    words = Q()
    for pair in pairs:
        since = stopped(pair, Side.MENTEE)
        if since:
            words &= ~Q(by=pair.mentor.person_id, at__gte=since)
    return words


def about_earlier_files(presentation: Presentation) -> QuerySet[Recommendation]:
    """What was recommended for pages of a file that stands no more, and is not done yet."""
    about = presentation.recommendations.filter(file__isnull=False, done_at=None, withdrawn_at=None)
    return about.exclude(file=presentation.file_id).select_related("by", "file")


def _page_part(number: int) -> Part:
    return Part(f"{PAGE}{number}", page_name(number), TranslatedText(), "")


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The mentee's presentation, where the mentor recommended something for it between two moments."""
    said = Recommendation.objects.filter(
        presentation__membership=pair.mentee_id,
        presentation__set_aside_at=None,
        by=pair.mentor.person_id,
        at__range=(since, until),
        withdrawn_at=None,
    )
    ref = said.values_list("presentation__ref", flat=True).first() if side == Side.MENTEE else None
    if ref:
        yield Waited(gettext("Presentation"), reverse("presentations:presentation", args=[ref]))


def worked(pair: Pair, side: str, since: datetime) -> Iterator[Worked]:
    """The days on which a side recommended something for the mentee's presentation (R2)."""
    said = Recommendation.objects.filter(
        presentation__membership=pair.mentee_id,
        by=pair.member(side).person_id,
        at__gte=since,
        withdrawn_at=None,
    )
    day = TruncDate("at", tzinfo=zone_of(pair.programme.zone))
    for each in said.order_by().values_list(day, flat=True).distinct():
        yield Worked(each, pgettext("work", "recommendations for the presentation"))
