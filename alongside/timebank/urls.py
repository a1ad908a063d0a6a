from django.urls import path

from alongside.timebank import views

app_name = "timebank"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("at/<int:initiative_id>/new/", views.ask, name="ask"),
    path("<int:gift_id>/", views.gift, name="gift"),
    path("<int:gift_id>/yes/", views.agree, name="agree"),
    path("<int:gift_id>/no/", views.decline, name="decline"),
    path("<int:gift_id>/back/", views.withdraw, name="withdraw"),
    path("organisation/<int:organisation_id>/", views.settings, name="settings"),
    path("office/<int:organisation_id>/", views.office, name="office"),
    path("office/<int:organisation_id>/new/", views.office_ask, name="office_ask"),
    path("office/<int:organisation_id>/work/<int:offer_id>/", views.give_for_work, name="give_for_work"),
]
