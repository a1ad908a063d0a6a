from django.urls import path

from alongside.initiatives import views

app_name = "initiatives"
urlpatterns = []
