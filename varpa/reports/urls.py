from django.urls import URLPattern, path

from varpa.reports.views import comments, editions, reports, results, sections

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/results/", results.results, name="results"),
    path("programmes/<str:ref>/results/<str:key>/", results.result, name="result"),
    path("programmes/<str:ref>/report/", reports.report, name="report"),
    path("programmes/<str:ref>/report/draft/", reports.ask, name="ask"),
    path("reports/<str:ref>/parts/<str:key>/<str:language>/", sections.section, name="section"),
    path("reports/<str:ref>/figures/", sections.figures, name="figures"),
    path("reports/<str:ref>/figures/accept/", sections.accept_all, name="accept_all"),
    path("reports/<str:ref>/figures/<str:key>/accept/", sections.accept, name="accept"),
    path("reports/<str:ref>/figures/<str:key>/keep/", sections.keep, name="keep"),
    path("reports/<str:ref>/quotes/", sections.quotes, name="quotes"),
    path("reports/<str:ref>/later/", sections.later, name="later"),
    path("reports/<str:ref>/taken-back/", sections.take_out, name="take_out"),
    path("reports/<str:ref>/opening/", reports.opening, name="opening"),
    path("reports/<str:ref>/closing/", reports.close, name="close"),
    path("reports/<str:ref>/publishing/", reports.publishing, name="publishing"),
    path("reports/<str:ref>/next-edition/", reports.rework, name="rework"),
    path("reports/<str:ref>/public/", reports.public, name="make_public"),
    path("reports/<str:ref>/comments/", comments.listed, name="comments"),
    path("reports/<str:ref>/comments/new/", comments.comment, name="comment"),
    path("reports/<str:ref>/agreement/", comments.agree, name="agree"),
    path("report-comments/<str:ref>/answer/", comments.answer, name="answer"),
    path("report-comments/<str:ref>/withdrawal/", comments.withdraw, name="withdraw"),
    path("report-editions/<str:ref>/", editions.edition, name="edition"),
    path("report-editions/<str:ref>/report.<str:kind>", editions.paper, name="edition_paper"),
    path("published-reports/<str:ref>/", editions.shown, name="public"),
    path("published-reports/<str:ref>/report.<str:kind>", editions.public_paper, name="public_paper"),
]
