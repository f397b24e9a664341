"""`{% load charts %}{% chart each %}{% table each %}`: charts and tables of a paper, drawn on the server."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from varpa.reports.charts import Bar, bars
from varpa.reports.papers import Chart, Table

register = template.Library()


@register.simple_tag
def chart(told: Chart) -> SafeString:
    """The bars as SVG; what they say stands in the table beside them."""
    return mark_safe(bars([Bar(*row) for row in told["bars"]], told["name"]))


@register.simple_tag
def table(told: Table) -> SafeString:
    """The table with its heading: an edition has a thousand cells, each of which would be five nodes."""
    head = "".join(f'<th scope="col">{conditional_escape(cell)}</th>' for cell in told["head"])
    return mark_safe(
        f'<table class="table"><caption>{conditional_escape(told["name"])}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, told['rows']))}</tbody></table>"
    )


def _row(cells: list[str]) -> str:
    first, *rest = map(conditional_escape, cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
