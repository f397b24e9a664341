"""Passages of the diary that were offered: whether they still stand in it, and which a report may quote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from varpa.diary.models import Diary
from varpa.diary.queries import diaries_read, read_through
from varpa.guidelines.models import Consent, Recommendation, Source
from varpa.guidelines.queries import with_consent, with_word
from varpa.guidelines.showing import quoted, who
from varpa.programmes.access import LIVE
from varpa.programmes.models import Programme


@dataclass(frozen=True)
class Passage:
    """Words from a diary with every consent that they need; `both`: the owner has consented as well."""

    recommendation: Recommendation
    both: bool

    @property
    def told(self) -> str:
        """Whose words they are and who has consented, in the active language."""
        said = who(self.recommendation.programme, quoted(self.recommendation))
        if self.both:
            return _("%(who)s, from the diary, with the consent of mentor and mentee") % {"who": said}
        return _("%(who)s, from the diary, with the mentor’s consent") % {"who": said}


def passages_of(programme: Programme) -> list[Passage]:
    """What a report may quote now: every consent stands, and both of the pair are in the programme."""
    return _passages(programme, _weighed(programme).filter(_QUOTABLE))


def passages_among(programme: Programme, refs: Iterable[str]) -> list[Passage]:
    """Which of these a report may quote now."""
    return _passages(programme, _weighed(programme).filter(_QUOTABLE, ref__in=list(refs)))


def _passages(programme: Programme, rows: Iterable[Any]) -> list[Passage]:
    found = list(rows)
    for each in found:
        # It was read with its methodology, by which the role of whoever speaks is called.
        each.programme = programme
    return [Passage(each, each.both) for each in found]


def without_consent(programme: Programme) -> QuerySet[Recommendation]:
    """Recommendations that lack a consent: nobody but those asked for it reads them."""
    found = Recommendation.objects.filter(programme=programme).annotate(stands=_STANDS)
    return found.filter(stands=False).order_by("pk")


_STANDS: Final = ExpressionWrapper(with_consent(), output_field=BooleanField())
_QUOTABLE: Final = Q(
    stands=True,
    source=Source.DIARY,
    set_aside_at=None,
    pair__mentor__state__in=LIVE,
    pair__mentee__state__in=LIVE,
)


def _weighed(programme: Programme) -> QuerySet[Any]:
    """Recommendations with what is told of them, whether every consent stands, and whether two gave it."""
    standing = Consent.objects.filter(recommendation=OuterRef("pk"), withdrawn_at=None)
    of_it = Recommendation.objects.filter(programme=programme).select_related("by")
    # Words of a diary are always its mentor's, so no minor's.
    found = with_word(of_it).annotate(
        stands=_STANDS,
        both=Exists(standing.exclude(by=OuterRef("by"))),
    )
    told = ("ref", "text", "language", "role", "topic", "source", "source_ref", "by__name")
    return found.only(*told).order_by("pk")


def edited_out(recommendations: Iterable[Recommendation]) -> set[int]:
    """The keys of those whose words no longer all stand in the diary as its owner may read it."""
    asked = [each for each in recommendations if each.source == Source.DIARY]
    diaries = Diary.objects.filter(entries__ref__in={each.source_ref for each in asked}).distinct()
    sentences = {
        one.entry.ref: [
            part.text
            for passage in one.passages
            if not passage.whole
            for part in passage.sentences
            if not part.left_out
        ]
        for diary in (diaries_read(diaries) if asked else ())
        for one in read_through(diary)
    }
    return {each.pk for each in asked if not _stands(each.text, sentences.get(each.source_ref, []))}


def _stands(text: str, sentences: list[str]) -> bool:
    """Whether a text is made of these sentences alone; a mark stands where something is between two."""
    for sentence in sorted(sentences, key=len, reverse=True):
        text = text.replace(sentence, "")
    return not text.strip(" …\n")
