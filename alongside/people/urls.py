from django.urls import path

from alongside.people import views

app_name = "people"
urlpatterns = [
    path("door/claim/", views.claim, name="claim"),
    path("me/", views.me, name="me"),
    path("me/welcome/", views.welcome, name="welcome"),
    path("me/name/", views.name, name="name"),
    path("me/telling/", views.telling, name="telling"),
    path("me/reach/<slug:kind>/", views.contact, name="contact"),
    path("me/unpaid/", views.unpaid, name="unpaid"),
    path("me/told/", views.told, name="told"),
    path("me/lens/", views.lens_add, name="lens_add"),
    path("me/lens/<int:pk>/", views.lens, name="lens"),
    path("me/lens/<int:pk>/let-go/", views.lens_let_go, name="lens_let_go"),
    path("me/needs/", views.need_add, name="need_add"),
    path("me/needs/<int:pk>/share/", views.need_share, name="need_share"),
    path("me/needs/<int:pk>/let-go/", views.need_let_go, name="need_let_go"),
    path("me/break/", views.pause, name="pause"),
    path("me/stop/", views.stop, name="stop"),
    path("me/back/", views.come_back, name="come_back"),
    path("me/claim-code/", views.claim_code, name="claim_code"),
    path("me/helped/", views.helped, name="helped"),
    path("me/helped/<int:pk>/", views.visit, name="visit"),
    path("me/helped/<int:pk>/end/", views.visit_close, name="visit_close"),
    path("me/helping/", views.visit_begin, name="visit_begin"),
    path("me/helping/new/", views.visit_new, name="visit_new"),
    path("me/helping/code/", views.visit_code, name="visit_code"),
    path("me/helping/end/", views.visit_end, name="visit_end"),
    path("me/second/", views.second, name="second"),
]
