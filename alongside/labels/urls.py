from django.urls import path

from alongside.labels import views

app_name = "labels"
urlpatterns = [
    path("of/<int:initiative_id>/", views.initiative, name="initiative"),
    path("of/<int:initiative_id>/outside/", views.shown, name="shown"),
    path("of/<int:initiative_id>/heard/", views.heard, name="heard"),
    path("of/<int:initiative_id>/claim/", views.claim, name="claim"),
    path("of/<int:initiative_id>/decline/", views.decline, name="decline"),
    path("of/<int:initiative_id>/again/", views.take_back, name="take_back"),
    path("of/<int:initiative_id>/differently/", views.dissent, name="dissent"),
    path("of/<int:initiative_id>/differently/back/", views.dissent_back, name="dissent_back"),
    path("of/<int:initiative_id>/came-of-it/", views.outcome, name="outcome"),
    path("of/<int:initiative_id>/show/", views.publish, name="publish"),
    path("of/<int:initiative_id>/stage/<slug:kind>/", views.stage, name="stage"),
    path("of/<int:initiative_id>/stage/<slug:kind>/<slug:what>/", views.evidence, name="evidence"),
]
