from django.urls import path

from alongside.candour import views

app_name = "candour"
urlpatterns = [
    path("organisation/<int:organisation_id>/", views.organisation, name="organisation"),
    path("<int:initiative_id>/", views.sheets, name="sheets"),
    path("<int:initiative_id>/disagree/", views.disagree, name="disagree"),
    path("<int:initiative_id>/<slug:sheet_id>/", views.sheet, name="sheet"),
    path("<int:initiative_id>/<slug:sheet_id>/sheet.pdf", views.paper, name="paper"),
    path("<int:initiative_id>/<slug:sheet_id>/sheet.csv", views.file, name="file"),
    path("<int:initiative_id>/<slug:sheet_id>/show/", views.show, name="show"),
    path("<int:initiative_id>/<slug:sheet_id>/hide/", views.hide, name="hide"),
    path("<int:initiative_id>/<slug:sheet_id>/<slug:row_id>/say/", views.say, name="say"),
]
