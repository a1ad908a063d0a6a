from django.urls import path

from alongside.payees import views

app_name = "payees"
urlpatterns = [
    path("", views.payee, name="payee"),
    path("forget/", views.drop, name="drop"),
    path("take-back/", views.take_back, name="take_back"),
    path("right/", views.stand_by, name="stand_by"),
    path("code/", views.code, name="code"),
    path("to-confirm/", views.to_confirm, name="to_confirm"),
    path("to-confirm/<int:payee_id>/", views.confirm, name="confirm"),
]
