from django.urls import path

from alongside.media import views

app_name = "media"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("mine/<int:answer_id>/", views.answer, name="answer"),
    path("at/<int:initiative_id>/", views.log, name="log"),
    path("at/<int:initiative_id>/asks.csv", views.log_file, name="log_file"),
    path("at/<int:initiative_id>/new/", views.write_down, name="write_down"),
    path("at/<int:initiative_id>/show/", views.show, name="show"),
    path("at/<int:initiative_id>/refused/", views.refused, name="refused"),
    path("ask/<int:ask_id>/", views.ask, name="ask"),
    path("ask/<int:ask_id>/table/", views.answer_ask, name="answer_ask"),
    path("ask/<int:ask_id>/people/", views.ask_people, name="ask_people"),
    path("ask/<int:ask_id>/use/", views.use, name="use"),
    path("used/<int:used_id>/told/", views.told, name="told"),
]
