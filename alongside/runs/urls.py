from django.urls import path

from alongside.runs import views

app_name = "runs"
urlpatterns = [
    path("", views.every, name="all"),
    path("of/<int:organisation_id>/", views.choose, name="choose"),
    path("account/<int:organisation_id>/", views.account, name="account"),
    path("<int:run_id>/", views.run, name="run"),
    path("<int:run_id>/confirm/", views.confirm, name="confirm"),
    path("<int:run_id>/file/", views.file, name="file"),
    path("<int:run_id>/sent/", views.sent, name="sent"),
    path("<int:run_id>/cancel/", views.cancel, name="cancel"),
    path("<int:run_id>/cover/", views.cover, name="cover"),
    path("<int:run_id>/cover.pdf", views.cover_pdf, name="cover_pdf"),
    path("<int:run_id>/out/<int:item_id>/", views.take_out, name="take_out"),
    path("<int:run_id>/back/<int:item_id>/", views.back, name="back"),
    path("statements/of/<int:organisation_id>/", views.statement_in, name="statement_in"),
    path("statements/<int:statement_id>/", views.statement, name="statement"),
    path("statements/line/<int:line_id>/", views.line, name="line"),
]
