from django.urls import path

from alongside.agreements import views

app_name = "agreements"
urlpatterns = []
