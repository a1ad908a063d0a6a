from django.urls import path

from alongside.front import views

app_name = "front"
urlpatterns = [
    path("", views.today, name="today"),
    path("find/", views.directory, name="directory"),
    path("initiatives/<int:initiative_id>/", views.initiative, name="initiative"),
]
