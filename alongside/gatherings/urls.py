from django.urls import path

from alongside.gatherings import views

app_name = "gatherings"
urlpatterns = [
    path("of/<int:initiative_id>/", views.list_of, name="list"),
    path("of/<int:initiative_id>/call/", views.call, name="call"),
    path("<int:gathering_id>/", views.gathering, name="gathering"),
    path("<int:gathering_id>/ask/", views.ask, name="ask"),
    path("<int:gathering_id>/move/", views.move, name="move"),
    path("<int:gathering_id>/off/", views.call_off, name="call_off"),
    path("<int:gathering_id>/agenda/", views.item, name="item"),
    path("<int:gathering_id>/answer/", views.answer, name="answer"),
    path("<int:gathering_id>/there/", views.attendance, name="attendance"),
    path("<int:gathering_id>/met/", views.met, name="met"),
    path("<int:gathering_id>/note/", views.note, name="note"),
    path("<int:gathering_id>/action/", views.action, name="action"),
    path("<int:gathering_id>/calendar.ics", views.calendar, name="calendar"),
    path("action/<int:action_id>/done/", views.finish, name="finish"),
]
