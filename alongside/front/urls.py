from django.urls import path

from alongside.front import views

app_name = "front"
urlpatterns = []
