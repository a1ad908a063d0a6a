from django.urls import path

from alongside.organisations import views

app_name = "organisations"
urlpatterns = []
