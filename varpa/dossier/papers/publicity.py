"""Publicity: what was told of the programme and to whom, and how much more there is to show."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.documents.tables import Value
from varpa.dossier.naming import Naming
from varpa.dossier.papers.deliverables import published_in
from varpa.dossier.papers.pieces import Paper, Piece, Table, heads
from varpa.dossier.reach import Reach
from varpa.guidelines.models import Version
from varpa.meetings.models import Picture
from varpa.news.models import News, NewsState
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of
from varpa.programmes.roles import role_name
from varpa.reports.models import Edition


def _write(reach: Reach) -> Iterator[Piece]:
    yield Table(
        "publicity",
        _("Publicity"),
        heads(pgettext("figures", "What"), _("In this period"), _("Since the beginning")),
        _counts(reach),
    )
    columns = heads(pgettext("figures", "What"), _("Title"), _("Published on"), pgettext("news", "For whom"))
    yield Table("told", _("News, and what anybody may read"), columns, _told(reach))


def _counts(reach: Reach) -> Iterator[tuple[Value, ...]]:
    pictures = Picture.objects.filter(
        reach.of_either("meeting__pair__"), meeting__pair__programme=reach.programme, withdrawn_at=None
    )
    within, until = pictures.filter(reach.within("at")), pictures.filter(reach.until("at"))
    yield _("Photographs of meetings and visits that are kept"), within.count(), until.count()
    whole = Reach(reach.programme, reach.language, None, reach.last, reach.partner, reach.names)
    shown = published_in(reach).count(), published_in(whole).count()
    if methodology_of(reach.programme).company_profile or any(shown):
        yield _("Published company profiles"), *shown
    news = News.objects.filter(programme=reach.programme, state=NewsState.PUBLISHED)
    told = [news.filter(when("published_at")).count() for when in (reach.within, reach.until)]
    yield _("News"), *told


def _told(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """News that stand, then what of report and guidelines is open to everybody."""
    news = News.objects.filter(
        reach.within("published_at"), programme=reach.programme, state=NewsState.PUBLISHED
    )
    found = list(news.order_by("published_at", "pk"))
    for each, title in zip(found, Naming(reach).read([str(each.title) for each in found]), strict=True):
        yield _("News"), title, reach.day(each.published_at), _readers(reach.programme, each)
    editions = Edition.objects.filter(
        reach.within("at"), report__programme=reach.programme, report__is_public=True
    )
    for number, at in editions.order_by("number").values_list("number", "at"):
        yield _("Evaluation report"), str(number), reach.day(at), _("For everybody")
    versions = Version.objects.filter(reach.within("at"), programme=reach.programme, public_at__isnull=False)
    for number, at in versions.order_by("number").values_list("number", "at"):
        yield _("Mentoring guidelines"), str(number), reach.day(at), _("For everybody")


def _readers(programme: Programme, news: News) -> str:
    if news.for_all:
        return _("For everybody")
    told = (
        (news.for_mentors, Role.MENTOR, _("For mentors")),
        (news.for_mentees, Role.MENTEE, _("For mentees")),
    )
    return "; ".join(role_name(programme, role, own) for asked, role, own in told if asked)


PUBLICITY = Paper(
    key="publicity",
    name=gettext_lazy("Publicity"),
    shows=gettext_lazy(
        "How many photographs are kept, how many works of pairs are published, how much news; each piece of "
        "news by title, day and readers, and which editions of the report and versions of the guidelines "
        "anybody may read. News is of the whole programme for each partner too."
    ),
    leaves_out=gettext_lazy(
        "The photographs, and who is in them; what the news say, and what was withdrawn; in titles the names "
        "of pupils, unless asked for everywhere."
    ),
    why=gettext_lazy(
        "Only the two of a pair see their photographs. Title and day lead to whatever anybody can read."
    ),
    write=_write,
)
