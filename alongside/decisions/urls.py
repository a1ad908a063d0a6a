from django.urls import path

from alongside.decisions import views

app_name = "decisions"
urlpatterns = []
