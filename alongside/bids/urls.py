from django.urls import path

from alongside.bids import views

app_name = "bids"
urlpatterns = [
    path("at/<int:initiative_id>/", views.all_of, name="all"),
    path("at/<int:initiative_id>/new/", views.add, name="add"),
    path("<int:bid_id>/", views.bid, name="bid"),
    path("<int:bid_id>/change/", views.change, name="change"),
    path("<int:bid_id>/send/", views.send, name="send"),
    path("<int:bid_id>/answer/", views.answer, name="answer"),
    path("<int:bid_id>/help/", views.help_with, name="help"),
    path("<int:bid_id>/propose/", views.propose, name="propose"),
    path("<int:bid_id>/thank/", views.thank, name="thank"),
    path("<int:bid_id>/used-again/", views.reuse, name="reuse"),
]
