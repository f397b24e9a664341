"""Pages that members write, with their versions."""

from django.db.models import QuerySet

from varpa.news.models import Page, PageVersion


def pages_read(pages: QuerySet[Page]) -> QuerySet[Page]:
    """With everything that a page names."""
    return pages.select_related("programme")


def versions_of(page: Page, *, hidden: bool = False) -> QuerySet[PageVersion]:
    """Every text that the page has had, the newest first; those taken out of sight only if `hidden`."""
    found = page.versions.select_related("by")
    return found if hidden else found.filter(hidden_at=None)
