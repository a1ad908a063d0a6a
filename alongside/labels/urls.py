from django.urls import path

from alongside.labels import views

app_name = "labels"
urlpatterns = []
