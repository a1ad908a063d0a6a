"""Addresses of the organisation's pages."""

from django.urls import path

from alongside.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/area/", views.add_area, name="add_area"),
    path("<int:pk>/people/", views.members, name="members"),
    path("<int:pk>/people/add/", views.add_person, name="add_person"),
    path("<int:pk>/duty/", views.give_duty, {"guarded": False}, name="give_duty"),
    path("<int:pk>/duty/guarded/", views.give_guarded_duty, name="give_guarded_duty"),
    path("<int:pk>/to-tell/", views.to_tell, name="to_tell"),
    path("<int:pk>/register/", views.send_register, name="send_register"),
    path("duty/<int:pk>/end/", views.end_duty, name="end_duty"),
    path("duty/<int:pk>/lay-down/", views.lay_down, name="lay_down"),
    path("person/<int:pk>/", views.member, name="member"),
    path("person/<int:pk>/visit/", views.begin_visit, name="begin_visit"),
    path("person/<int:pk>/code/", views.make_code, name="make_code"),
    path("told/<int:pk>/", views.mark_told, name="mark_told"),
    path("register/<int:pk>/", views.review_register, name="review_register"),
    path("register/<int:pk>/yes/", views.take_register, name="take_register"),
    path("register/<int:pk>/no/", views.drop_register, name="drop_register"),
    path("register/<int:pk>/refused/", views.refused_rows, name="refused_rows"),
    path("register/<int:pk>/told/", views.register_told, name="register_told"),
]
