from django.urls import path

from alongside.payments import views

app_name = "payments"
urlpatterns = []
