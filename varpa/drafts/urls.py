from django.urls import URLPattern, path

from varpa.drafts.views import drafts, items

app_name = "drafts"

urlpatterns: list[URLPattern] = [
    path("organisations/<str:ref>/methodologies/", drafts.methodologies, name="methodologies"),
    path("organisations/<str:ref>/methodologies/folder/", drafts.upload, name="upload"),
    path("methodology-drafts/<str:ref>/", drafts.draft, name="draft"),
    path("methodology-drafts/<str:ref>/changes/", drafts.changes, name="changes"),
    path("methodology-drafts/<str:ref>/publication/", drafts.publish, name="publication"),
    path("methodology-drafts/<str:ref>/folder/", drafts.folder, name="folder"),
    path("methodology-drafts/<str:ref>/put-away/", drafts.put_away, name="put_away"),
    path("methodology-drafts/<str:ref>/taken-up/", drafts.take_up, name="take_up"),
    path("methodology-drafts/<str:ref>/items/<str:place>/", items.item, name="item"),
    path("methodology-drafts/<str:ref>/items/<str:place>/new/", items.add, name="add"),
    path("methodology-drafts/<str:ref>/items/<str:place>/removal/", items.take_out, name="take_out"),
    path("methodology-drafts/<str:ref>/items/<str:place>/back/", items.put_back, name="put_back"),
    path("methodology-drafts/<str:ref>/items/<str:place>/up/", items.move_up, name="move_up"),
]
