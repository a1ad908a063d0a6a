from django.urls import path

from alongside.rates import views

app_name = "rates"
urlpatterns = [
    path("<int:organisation_id>/", views.card, name="card"),
    path("<int:organisation_id>/new/", views.add, name="add"),
    path("<int:organisation_id>/start/", views.start, name="start"),
]
