from django.urls import path

from alongside.decisions import views

app_name = "decisions"
urlpatterns = [
    path("of/<int:initiative_id>/", views.list_of, name="list"),
    path("of/<int:initiative_id>/new/", views.open_new, name="open_new"),
    path("<int:decision_id>/", views.decision, name="decision"),
    path("<int:decision_id>/answer/", views.answer, name="answer"),
    path("<int:decision_id>/speak/", views.speak, name="speak"),
    path("<int:decision_id>/known/", views.known, name="known"),
    path("<int:decision_id>/known/add/", views.add_evidence, name="add_evidence"),
    path("known/<int:evidence_id>/back/", views.take_back, name="take_back"),
    path("<int:decision_id>/decide/", views.decide, name="decide"),
    path("<int:decision_id>/told/", views.finish, name="finish"),
    path("<int:decision_id>/overturned/", views.overturn, name="overturn"),
]
