from django.urls import path

from alongside.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("gathering/<int:gathering_id>/", views.send, name="send"),
    path("gathering/<int:gathering_id>/receipt/", views.receipt_add, name="receipt_add"),
    path("before/<int:gathering_id>/", views.before, name="before"),
    path("before/offer/<int:offer_id>/", views.before_offer, name="before_offer"),
    path("table/<int:initiative_id>/", views.other_day, name="other_day"),
    path("table/<int:initiative_id>/<str:day>/", views.send_other, name="send_other"),
    path("table/<int:initiative_id>/<str:day>/receipt/", views.receipt_add_other, name="receipt_add_other"),
    path("at/<int:initiative_id>/", views.at_table, name="at_table"),
    path("at/<int:initiative_id>/write/", views.write_who, name="write_who"),
    path("at/<int:initiative_id>/write/<int:person_id>/<str:day>/", views.write_down, name="write_down"),
    path("<int:claim_id>/", views.claim, name="claim"),
    path("<int:claim_id>/yes/", views.confirm, name="confirm"),
    path("<int:claim_id>/no/", views.set_aside, name="set_aside"),
    path("<int:claim_id>/back/", views.take_back, name="take_back"),
    path("<int:claim_id>/spent/", views.spent, name="spent"),
    path("<int:claim_id>/asked/", views.asked, name="asked"),
    path("receipt/<int:receipt_id>/", views.receipt, name="receipt"),
    path("receipt/<int:receipt_id>/drop/", views.receipt_drop, name="receipt_drop"),
    path("checks/", views.checks, name="checks"),
    path("checks/<int:offer_id>/", views.proof, name="proof"),
    path("costs/<int:organisation_id>/", views.costs, name="costs"),
    path("costs/<int:organisation_id>/new/", views.costs_new, name="costs_new"),
    path("log/", views.log, name="log"),
    path("log/new/", views.log_new, name="log_new"),
    path("log/file/", views.log_file, name="log_file"),
    path("log/<int:entry_id>/away/", views.log_away, name="log_away"),
    path("log/at/<int:initiative_id>/", views.log_at, name="log_at"),
]
