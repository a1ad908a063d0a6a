from django.urls import path

from alongside.benefits import views

app_name = "benefits"
urlpatterns = [
    path("", views.look, name="look"),
    path("known/<str:place>/", views.known, name="known"),
    path("ceilings/", views.ceilings, name="ceilings"),
    path("ceilings/<int:pk>/let-go/", views.let_go, name="let_go"),
    path("ask-first/", views.ask_first, name="ask_first"),
    path("letter/", views.letter, name="letter"),
]
