"""`{% load charts %}{% chart each %}{% table each %}`: a chart and a table of a paper, drawn on the server."""

from django import template
from django.utils.html import format_html, format_html_join
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
    head = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in told["head"]))
    rows = mark_safe("".join(map(_row, told["rows"])))
    return format_html(
        '<table class="table"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        told["name"],
        head,
        rows,
    )


def _row(cells: list[str]) -> SafeString:
    first = format_html_join("", '<th scope="row">{}</th>', ((cell,) for cell in cells[:1]))
    rest = format_html_join("", "<td>{}</td>", ((cell,) for cell in cells[1:]))
    return format_html("<tr>{}{}</tr>", first, rest)
