"""Addresses of defences."""

from django.urls import URLPattern, path

from varpa.defence.views import badges, days, favourite, jurors, jury, papers, rehearsal, results, stage

app_name = "defence"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/defences/", days.defences, name="list"),
    path("programmes/<str:ref>/defences/new/", days.new, name="new"),
    path("defences/<str:ref>/", days.defence, name="defence"),
    path("defences/<str:ref>/settings/", days.settings, name="settings"),
    path("defences/<str:ref>/draw/", days.draw, name="draw"),
    path("defences/<str:ref>/late/", days.late, name="late"),
    path("defences/<str:ref>/pulse/", stage.pulse, name="pulse"),
    path("defences/<str:ref>/hall/", stage.hall, name="hall"),
    path("defences/<str:ref>/hall/choice/", favourite.let_choose, name="let_choose"),
    path("defences/<str:ref>/jury/", jury.jury, name="jury"),
    path("defences/<str:ref>/jury/standing-back/", jury.recuse, name="recuse"),
    path("defences/<str:ref>/jurors/", jurors.jurors, name="jurors"),
    path("defences/<str:ref>/jurors/lead-partner/", jurors.lead, name="lead"),
    path("defences/<str:ref>/rehearsal/", rehearsal.rehearse, name="rehearse"),
    path("defences/<str:ref>/rehearsal/words/", rehearsal.speak, name="speak"),
    path("defences/<str:ref>/rehearsal/end/", rehearsal.throw_away, name="throw_away"),
    path("defences/<str:ref>/steps/<slug:name>/", days.step, name="step"),
    path("defences/<str:ref>/protocol.pdf", papers.protocol, name="protocol"),
    path("slots/<str:ref>/certificate.pdf", papers.certificate, name="certificate"),
    path("jurors/<str:ref>/link/", jurors.send, name="send"),
    path("jurors/<str:ref>/link/withdrawal/", jurors.revoke, name="revoke"),
    path("jurors/<str:ref>/withdrawal/", jurors.off, name="off"),
    path("jurors/<str:ref>/return/", jurors.back, name="back"),
    path("jurors/<str:ref>/phone/", rehearsal.phone, name="phone"),
    path("jurors/<str:ref>/phone/standing-back/", rehearsal.recuse, name="phone_recuse"),
    path("slots/<str:ref>/move/", days.move, name="move"),
    path("slots/<str:ref>/minutes/", stage.extend, name="extend"),
    path("slots/<str:ref>/result/", results.result, name="result"),
    path("slots/<str:ref>/acts/<slug:name>/", stage.act, name="act"),
    path("juror/<str:token>/", jury.guest, name="guest"),
    path("juror/<str:token>/pulse/", jury.guest_pulse, name="guest_pulse"),
    path("juror/<str:token>/standing-back/", jury.guest_recuse, name="guest_recuse"),
    path("favourite/<str:ref>/", favourite.favourite, name="favourite"),
    path("favourite/<str:ref>/pulse/", favourite.favourite_pulse, name="favourite_pulse"),
    path("favourite/<str:ref>/<str:token>/", favourite.scan, name="scan"),
    path("certificates/<str:number>/", results.verify, name="verify"),
    path("certificates/<str:number>/badge.jwt", badges.badge, name="badge"),
    path("badges/defence/", badges.achievement, name="achievement"),
    path("badges/issuers/<str:ref>/", badges.issuer, name="issuer"),
    path("badges/keys/<str:name>/", badges.key, name="key"),
]
