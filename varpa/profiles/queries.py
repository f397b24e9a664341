"""What the pages of a company profile read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varpa.guardians.models import SchoolContact
from varpa.guardians.queries.schools import pupils_of
from varpa.methodology.outlines import Part as OutlinePart
from varpa.pairs.models import Pair, Side
from varpa.pairs.quiet import Waited
from varpa.profiles.models import Approval, Correction, Part, Profile, Publishing
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

STATE_WORDS: Final = {
    "ahead": _("Not yet"),
    "going": _("Written"),
    "done": _("Approved"),
    "late": _("Changed since it was approved"),
}


@dataclass(frozen=True)
class Row:
    """One part of the outline with what stands in it.

    `approval` is the one that the mentor has not taken back; it holds while nothing was changed since.
    """

    number: int
    part: OutlinePart
    written: Part | None
    approval: Approval | None = None
    waiting: int = 0

    @property
    def text(self) -> str:
        return self.written.text if self.written else ""

    @property
    def is_approved(self) -> bool:
        return bool(self.text) and self.approval is not None and not self.approval.outdated_at

    @property
    def state(self) -> str:
        """One of STATE_WORDS."""
        if not self.text:
            return "ahead"
        if self.is_approved:
            return "done"
        return "late" if self.approval else "going"

    @property
    def word(self) -> str:
        return str(STATE_WORDS[self.state])

    @property
    def is_kept_back(self) -> bool:
        return self.written is not None and self.written.is_kept_back

    @property
    def is_public(self) -> bool:
        """Whether it stands in a published profile: approved as it is, and kept back by nobody."""
        return self.is_approved and not self.is_kept_back


def outline_of(programme: Programme) -> tuple[OutlinePart, ...]:
    """The parts that the methodology asks for, in their order; () where it asks for no profile."""
    return methodology_of(programme).company_profile


def profiles_read(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """With everything that a page names."""
    return profiles.select_related(
        "pair__mentor__person", "pair__mentee__person", "pair__programme__methodology_version"
    )


def corrections_read(corrections: QuerySet[Correction]) -> QuerySet[Correction]:
    """With the part, the profile and the two."""
    return corrections.select_related(
        "part__profile__pair__mentor__person",
        "part__profile__pair__mentee__person",
        "part__profile__pair__programme__methodology_version",
    )


def profile_of(pair: Pair) -> Profile | None:
    """The profile of a pair, once begun."""
    return Profile.objects.filter(pair=pair).first()


def with_profiles(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `profile_ref` and `profile_state`; None where no profile is begun."""
    return pairs.annotate(profile_ref=F("profile__ref"), profile_state=F("profile__state"))


def rows_of(profile: Profile, since: datetime | None = None) -> list[Row]:
    """Every part of the outline: two questions, however many parts.

    `since`: what the mentor said from then on waits, and is not counted.
    """
    open_ones = Q(corrections__settled_at=None, corrections__withdrawn_at=None)
    waits = Count("corrections", filter=open_ones & Q(corrections__at__lt=since) if since else open_ones)
    standing = Prefetch("approvals", Approval.objects.filter(withdrawn_at=None), to_attr="standing")
    parts = profile.parts.annotate(waiting=waits).prefetch_related(standing)
    written = {part.key: part for part in parts}
    rows = []
    for number, part in enumerate(outline_of(profile.pair.programme), 1):
        found = written.get(part.key)
        approval = next(iter(getattr(found, "standing", ())), None)
        rows.append(Row(number, part, found, approval, getattr(found, "waiting", 0)))
    return rows


def unwritten(pair: Pair) -> list[OutlinePart]:
    """The parts of the profile in which the mentee has written nothing yet: what is still to be asked."""
    written = set(Part.objects.filter(profile__pair=pair).exclude(text="").values_list("key", flat=True))
    return [part for part in outline_of(pair.programme) if part.key not in written]


def corrections_of(part: Part | None) -> list[Correction]:
    """What the mentor has said of a part and not taken back, the oldest first."""
    return list(part.corrections.filter(withdrawn_at=None)) if part else []


def unapproved(profile: Profile) -> QuerySet[Part]:
    """The written parts of which the mentor has not approved what stands there now."""
    holds = Approval.objects.filter(part=OuterRef("pk"), withdrawn_at=None, outdated_at=None)
    return profile.parts.exclude(text="").filter(~Exists(holds))


def agreed_sides(profile: Profile) -> set[str]:
    """Who of the two wants it published, today."""
    return set(profile.publishings.filter(withdrawn_at=None).values_list("side", flat=True))


def published(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """Those that both want published, and of which something is approved and not kept back."""
    for side in Side.values:
        yes = Publishing.objects.filter(profile=OuterRef("pk"), side=side, withdrawn_at=None)
        profiles = profiles.filter(Exists(yes))
    shown = Approval.objects.filter(
        part__profile=OuterRef("pk"),
        part__kept_by_mentee=False,
        part__kept_by_mentor=False,
        withdrawn_at=None,
        outdated_at=None,
    ).exclude(part__text="")
    return profiles.filter(Exists(shown), name_taken_back_at=None)


def gallery(programme: Programme) -> QuerySet[Profile]:
    """The published profiles of a programme, by the company's name."""
    return named(published(Profile.objects.filter(pair__programme=programme)))


def named(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """For a list, by the company's name: the name and whose it is, nothing else is read."""
    people = "pair__mentor__person", "pair__mentee__person"
    told = "ref", "company", "approved_company", *(f"{person}__name" for person in people)
    return profiles.select_related(*people).only(*told).order_by("approved_company", "pk")


def of_school(contact: SchoolContact) -> QuerySet[Profile]:
    """The published profiles of a school's own pupils, with everything that a page names."""
    pupils = pupils_of(contact).order_by().values("pk")
    own = Profile.objects.filter(pair__programme=contact.programme, pair__mentee__in=pupils)
    return profiles_read(published(own)).order_by("approved_company", "pk")


def all_of(programme: Programme) -> QuerySet[Profile]:
    """Every profile of a programme as its manager sees it: whose, and how far; with `is_published`."""
    people = "pair__mentor__person", "pair__mentee__person"
    own = Profile.objects.filter(pair__programme=programme).select_related(*people)
    told = own.only("ref", "state", "pair__ref", *(f"{person}__name" for person in people))
    shown = published(Profile.objects.filter(pk=OuterRef("pk")))
    return told.annotate(is_published=Exists(shown)).order_by("pair__mentor__person__name", "pk")


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The profile of a pair, where the mentor said between two moments what is not right."""
    when = {"at__range": (since, until), "withdrawn_at": None}
    said = Correction.objects.filter(part__profile__pair=pair, **when)
    ref = said.values_list("part__profile__ref", flat=True).first() if side == Side.MENTEE else None
    if ref:
        yield Waited(gettext("Company profile"), reverse("profiles:profile", args=[ref]))
