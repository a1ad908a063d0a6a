"""Addresses of the pages of initiatives, seats and adverts. The page of one initiative is the front's."""

from django.urls import path

from alongside.initiatives import views
from alongside.initiatives.states import DEFINITION, ORIGIN

app_name = "initiatives"
urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("<int:pk>/run/", views.run, name="run"),
    path("<int:pk>/about/", views.write, {"fields": ("name", "about"), "needed": ("name", "about")}, name="about"),
    path("<int:pk>/origin/", views.write, {"fields": ORIGIN, "needed": ORIGIN}, name="origin"),
    path("<int:pk>/definition/", views.write, {"fields": DEFINITION, "needed": ()}, name="definition"),
    path("<int:pk>/limits/", views.write, {"fields": ("honest_limits",), "needed": ()}, name="limits"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/changes/", views.changes, name="changes"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/aim/", views.freeze_aim, name="freeze_aim"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/stage/", views.add_stage, name="add_stage"),
    path("stages/<int:pk>/end/", views.end_stage, name="end_stage"),
    path("stages/<int:pk>/aim/", views.aim, name="aim"),
    path("<int:pk>/partner/", views.add_partner, name="add_partner"),
    path("partners/<int:pk>/end/", views.end_partner, name="end_partner"),
    path("<int:pk>/seats/", views.seats, name="seats"),
    path("<int:pk>/seat/", views.add_seat, name="add_seat"),
    path("seats/<int:pk>/answer/", views.answer_seat, name="answer_seat"),
    path("seats/<int:pk>/mine/", views.show, name="show"),
    path("seats/<int:pk>/leave/", views.leave, name="leave"),
    path("seats/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/duty/", views.give_duty, name="give_duty"),
    path("duties/<int:pk>/end/", views.end_duty, name="end_duty"),
    path("duties/<int:pk>/lay-down/", views.lay_down, name="lay_down"),
    path("adverts/", views.adverts, name="adverts"),
    path("<int:pk>/advert/", views.write_advert, name="write_advert"),
    path("adverts/<int:pk>/", views.advert, name="advert"),
    path("adverts/<int:pk>/write/", views.rewrite_advert, name="rewrite_advert"),
    path("adverts/<int:pk>/publish/", views.publish, name="publish"),
    path("adverts/<int:pk>/close/", views.close, name="close"),
    path("adverts/<int:pk>/answer/", views.reply, name="reply"),
    path("adverts/<int:pk>/enter/", views.enter_reply, name="enter_reply"),
    path("adverts/<int:pk>/replies/", views.replies, name="replies"),
    path("replies/<int:pk>/welcome/", views.welcome, name="welcome"),
    path("replies/<int:pk>/not-now/", views.not_now, name="not_now"),
    path("replies/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
