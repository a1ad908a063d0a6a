from django.urls import path

from alongside.contributions import views

app_name = "contributions"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:offer_id>/", views.offer, name="offer"),
    path("<int:offer_id>/answer/<str:answer>/", views.answer, name="answer"),
    path("<int:offer_id>/letter/", views.letter, name="letter"),
    path("<int:offer_id>/done/", views.done, name="done"),
    path("<int:offer_id>/not-done/", views.not_done, name="not_done"),
    path("<int:offer_id>/replace/", views.replace, name="replace"),
    path("at/<int:initiative_id>/", views.offers, name="offers"),
    path("at/<int:initiative_id>/new/", views.make, name="make"),
    path("for/gathering/<int:gathering_id>/", views.for_gathering, name="for_gathering"),
    path("for/advert/<int:advert_id>/", views.for_advert, name="for_advert"),
    path("at/<int:initiative_id>/cash/", views.cash, name="cash"),
]
