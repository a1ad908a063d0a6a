from django.urls import path

from alongside.conversations import views

app_name = "conversations"
urlpatterns = []
