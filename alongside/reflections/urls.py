from django.urls import path

from alongside.reflections import views

app_name = "reflections"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.write, name="write"),
    path("table/<int:initiative_id>/", views.table, name="table"),
    path("questions/", views.cards, name="cards"),
    path("<int:line_id>/share/", views.share, name="share"),
    path("<int:line_id>/back/", views.take_back, name="take_back"),
    path("<int:line_id>/away/", views.take_away, name="take_away"),
]
