"""Addresses of business plans."""

from django.urls import URLPattern, path

from varpa.businessplans.views import figures, papers, parts, pictures, plans, remarks, taxes, versions

app_name = "businessplans"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/business-plan/", plans.of_pair, name="of_pair"),
    path("business-plans/<str:ref>/", plans.plan, name="plan"),
    path("business-plans/<str:ref>/name/", plans.name, name="name"),
    path("business-plans/<str:ref>/share/", plans.share, name="share"),
    path("business-plans/<str:ref>/manager/", plans.manager, name="manager"),
    path("business-plans/<str:ref>/submit/", plans.submit, name="submit"),
    path("business-plans/<str:ref>/take-back/", plans.take_back, name="take_back"),
    path("business-plans/<str:ref>/parts/<slug:key>/", parts.part, name="part"),
    path("business-plans/<str:ref>/parts/<slug:key>/remarks/", remarks.new, name="remark"),
    path("business-plans/<str:ref>/parts/<slug:key>/pictures/", pictures.pictures, name="pictures"),
    path("business-plans/<str:ref>/pictures/<str:picture>/", pictures.picture, name="picture"),
    path("business-plans/<str:ref>/pictures/<str:picture>/take-out/", pictures.removal, name="unpicture"),
    path("remarks/<str:ref>/answer/", remarks.answer, name="answer"),
    path("remarks/<str:ref>/settle/", remarks.settle, name="settle"),
    path("remarks/<str:ref>/withdraw/", remarks.withdraw, name="withdraw"),
    path("business-plans/<str:ref>/figures/", figures.figures, name="figures"),
    path("business-plans/<str:ref>/figures/write/", figures.edit, name="figures_edit"),
    path("business-plans/<str:ref>/figures/remarks/", figures.remark, name="cell_remark"),
    path("business-plans/<str:ref>/taxes/", taxes.taxes, name="taxes"),
    path("business-plans/<str:ref>/figures.xlsx", figures.sheet, name="sheet"),
    path("business-plans/<str:ref>/plan.pdf", papers.document, name="document"),
    path("business-plans/<str:ref>/plan.docx", papers.text_file, name="text_file"),
    path("business-plans/<str:ref>/plan.zip", papers.archive, name="archive"),
    path("business-plans/<str:ref>/versions/", versions.versions, name="versions"),
    path("business-plans/<str:ref>/versions/<int:number>/", versions.version, name="version"),
    path("business-plans/<str:ref>/versions/<int:number>/restore/", versions.restore, name="restore"),
]
