from django.urls import path

from alongside.terms import views

app_name = "terms"
urlpatterns = [
    path("<int:organisation_id>/", views.policy, name="policy"),
    path("<int:organisation_id>/write/", views.draft, name="draft"),
    path("<int:organisation_id>/write/known/", views.take_known, name="take_known"),
    path("<int:organisation_id>/write/set/", views.set_policy, name="set"),
    path("<int:organisation_id>/write/<slug:point_id>/", views.write_point, name="point"),
    path("version/<int:policy_id>/", views.version, name="version"),
    path("version/<int:policy_id>/policy.pdf", views.paper, name="paper"),
    path("version/<int:policy_id>/policy.txt", views.text, name="text"),
    path("name/<int:writer_id>/", views.answer, name="answer"),
    path("plan/<int:initiative_id>/", views.plan, name="plan"),
    path("plan/<int:initiative_id>/plan.csv", views.plan_file, name="plan_file"),
    path("plan/<int:initiative_id>/add/", views.add_line, name="add_line"),
    path("plan/<int:initiative_id>/paid/", views.means, name="means"),
    path("plan/line/<int:line_id>/off/", views.take_off, name="take_off"),
]
