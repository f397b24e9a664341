from django.urls import URLPattern, path

from varpa.calls.views import applying, front, links, staff, taking_part

app_name = "calls"

urlpatterns: list[URLPattern] = [
    path("call/sectors/", front.found, name="sectors"),
    path("call/<str:ref>/", front.call, name="call"),
    path("organisations/<str:ref>/", front.organisation, name="organisation"),
    path("call/<str:ref>/emblem/", front.emblem, name="emblem"),
    path("call/<str:ref>/apply/<str:role>/", applying.begin, name="begin"),
    path("call/<str:ref>/<str:role>-<str:language>.pdf", front.paper, name="paper"),
    path("apply/", links.lost, name="lost"),
    path("apply/link/<str:token>/", links.open_link, name="link"),
    path("apply/<str:ref>/", applying.review, name="review"),
    path("apply/<str:ref>/sending/", applying.send, name="send"),
    path("apply/<str:ref>/withdrawal/", applying.withdraw, name="withdraw"),
    path("apply/<str:ref>/letter/", links.again, name="again"),
    path("apply/<str:ref>/steps/<str:step>/", applying.step, name="step"),
    path("programmes/<str:ref>/call/", staff.call_settings, name="settings"),
    path("programmes/<str:ref>/call/public/", staff.share, name="share"),
    path("programmes/<str:ref>/call/public/code.png", staff.code, name="code"),
    path("programmes/<str:ref>/call/lacks/", staff.lacks, name="lacks"),
    path("programmes/<str:ref>/applications/new/<str:role>/", staff.enter, name="enter"),
    path("memberships/<str:ref>/application/", staff.application, name="application"),
    path("memberships/<str:ref>/taking-part/", taking_part.taking_part, name="taking_part"),
    path("memberships/<str:ref>/taking-part/<str:key>/", taking_part.change, name="change"),
]
