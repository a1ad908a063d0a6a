from django.urls import path

from alongside.contributions import views

app_name = "contributions"
urlpatterns = []
