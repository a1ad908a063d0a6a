"""One line a room."""

from django.urls import include, path

from alongside.config import own_record

urlpatterns = [
    path("", include("alongside.front.urls")),
    path("", include("alongside.people.urls")),
    path("me/record/", own_record.my_record, name="my_record"),
    path("me/erase/", own_record.erase_me, name="erase_me"),
    path("door/", include("alongside.config.doors")),
    path("organisation/", include("alongside.organisations.urls")),
    path("safety/", include("alongside.safety.urls")),
    path("benefits/", include("alongside.benefits.urls")),
    path("funds/", include("alongside.ledger.urls")),
    path("payees/", include("alongside.payees.urls")),
    path("rates/", include("alongside.rates.urls")),
    path("initiatives/", include("alongside.initiatives.urls")),
    path("agreements/", include("alongside.agreements.urls")),
    path("terms/", include("alongside.terms.urls")),
    path("discretion/", include("alongside.discretion.urls")),
    path("reflections/", include("alongside.reflections.urls")),
    path("bids/", include("alongside.bids.urls")),
    path("media/", include("alongside.media.urls")),
    path("candour/", include("alongside.candour.urls")),
    path("gatherings/", include("alongside.gatherings.urls")),
    path("conversations/", include("alongside.conversations.urls")),
    path("decisions/", include("alongside.decisions.urls")),
    path("work/", include("alongside.contributions.urls")),
    path("credit/", include("alongside.credit.urls")),
    path("skills/", include("alongside.skills.urls")),
    path("claims/", include("alongside.claims.urls")),
    path("time/", include("alongside.timebank.urls")),
    path("payments/", include("alongside.payments.urls")),
    path("runs/", include("alongside.runs.urls")),
    path("audits/", include("alongside.audits.urls")),
    path("labels/", include("alongside.labels.urls")),
    path("reports/", include("alongside.reports.urls")),
    path("design/", include("alongside.design.urls")),
    path("demo/", include("alongside.demo.urls")),
]
handler400 = "alongside.config.views.bad_request"
handler403 = "alongside.config.views.not_allowed"
handler404 = "alongside.config.views.not_found"
handler500 = "alongside.config.views.our_fault"
