from django.urls import path

from alongside.agreements import views

app_name = "agreements"
urlpatterns = [
    path("of/<int:initiative_id>/", views.agreement, name="agreement"),
    path("of/<int:initiative_id>/begin/", views.begin, name="begin"),
    path("<int:version_id>/", views.version, name="version"),
    path("<int:version_id>/clause/", views.clause_add, name="clause_add"),
    path("<int:version_id>/propose/", views.propose, name="propose"),
    path("<int:version_id>/answer/", views.answer, name="answer"),
    path("<int:version_id>/begin-now/", views.in_force, name="in_force"),
    path("clause/<int:clause_id>/", views.clause, name="clause"),
    path("clause/<int:clause_id>/up/", views.clause_move, {"way": "up"}, name="clause_up"),
    path("clause/<int:clause_id>/down/", views.clause_move, {"way": "down"}, name="clause_down"),
    path("clause/<int:clause_id>/out/", views.clause_move, {"way": "out"}, name="clause_out"),
]
