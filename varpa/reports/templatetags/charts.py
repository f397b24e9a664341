"""`{% load charts %}{% chart each %}`: a chart of a paper, drawn on the server."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from varpa.reports.charts import Bar, bars
from varpa.reports.papers import Chart

register = template.Library()


@register.simple_tag
def chart(told: Chart) -> SafeString:
    """The bars as SVG; what they say stands in the table beside them."""
    return mark_safe(bars([Bar(*row) for row in told["bars"]], told["name"]))
