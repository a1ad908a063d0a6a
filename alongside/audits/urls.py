from django.urls import path

from alongside.audits import views

app_name = "audits"
urlpatterns = [
    path("late/", views.late, name="late"),
    path("<int:organisation_id>/days/", views.days, name="days"),
    path("<int:organisation_id>/days/list/", views.days_list, name="days_list"),
    path("<int:organisation_id>/pack/", views.pack, name="pack"),
]
