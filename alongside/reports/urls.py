from django.urls import path

from alongside.reports import views

app_name = "reports"
urlpatterns = []
