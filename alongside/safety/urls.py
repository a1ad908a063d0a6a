from django.urls import path

from alongside.safety import views

app_name = "safety"
urlpatterns = [
    path("", views.help_now, name="help"),
    path("promises/", views.promises, name="promises"),
    path("leave/", views.leave, name="leave"),
]
