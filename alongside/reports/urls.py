from django.urls import path

from alongside.reports import views

app_name = "reports"
urlpatterns = [
    path("of/<int:organisation_id>/", views.year, name="year"),
    path("of/<int:organisation_id>/figures.csv", views.year_file, name="year_file"),
    path("of/<int:organisation_id>/behind/<slug:key>/", views.year_list, name="year_list"),
    path("of/<int:organisation_id>/policy/", views.link, name="link"),
    path("policy/<int:link_id>/end/", views.end_link, name="end_link"),
    path("initiative/<int:initiative_id>/", views.initiative, name="initiative"),
    path("initiative/<int:initiative_id>/figures.csv", views.initiative_file, name="initiative_file"),
    path("initiative/<int:initiative_id>/behind/<slug:key>/", views.initiative_list, name="initiative_list"),
]
