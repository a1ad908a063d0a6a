from django.urls import path

from alongside.discretion import views

app_name = "discretion"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.add, name="add"),
    path("<int:row_id>/off/", views.take_off, name="take_off"),
]
