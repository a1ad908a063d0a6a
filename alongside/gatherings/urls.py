from django.urls import path

from alongside.gatherings import views

app_name = "gatherings"
urlpatterns = []
