from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = []
