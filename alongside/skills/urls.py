from django.urls import path

from alongside.skills import views

app_name = "skills"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.write, name="write"),
    path("choose/", views.choose, name="choose"),
    path("<int:skill_id>/away/", views.take_away, name="take_away"),
    path("what-i-bring.pdf", views.paper, name="paper"),
    path("at/<int:initiative_id>/reference/", views.ask, name="ask"),
    path("asked/<int:request_id>/", views.one, name="request"),
    path("asked/<int:request_id>/write/", views.write_reference, name="write_reference"),
    path("asked/<int:request_id>/no/", views.say_no, name="say_no"),
    path("asked/<int:request_id>/back/", views.take_back, name="take_back"),
]
