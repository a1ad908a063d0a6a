from django.urls import path

from alongside.credit import views

app_name = "credit"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("gave/", views.gave, name="gave"),
    path("at/<int:initiative_id>/", views.initiative, name="initiative"),
    path("at/<int:initiative_id>/output/", views.add_output, name="add_output"),
    path("at/<int:initiative_id>/words/", views.capture, name="capture"),
    path("at/<int:initiative_id>/words/<str:use>.csv", views.quotes_file, name="quotes_file"),
    path("at/<int:initiative_id>/reference/", views.refer, name="refer"),
    path("at/<int:initiative_id>/thank/", views.thank, name="thank"),
    path("at/<int:initiative_id>/certificate/", views.certificate, name="certificate"),
    path("at/<int:initiative_id>/certificate.pdf", views.certificate_paper, name="certificate_paper"),
    path("output/<int:output_id>/", views.output, name="output"),
    path("output/<int:output_id>/change/", views.change_output, name="change_output"),
    path("output/<int:output_id>/ask/", views.ask, name="ask"),
    path("output/<int:output_id>/order/", views.order, name="order"),
    path("output/<int:output_id>/names.<str:kind>", views.names_file, name="names_file"),
    path("named/<int:credit_id>/", views.answer, name="answer"),
    path("named/<int:credit_id>/hide/", views.hide, name="hide"),
    path("named/<int:credit_id>/author/", views.author, name="author"),
    path("words/<int:quote_id>/", views.quote, name="quote"),
    path("words/<int:quote_id>/other/", views.reword, name="reword"),
    path("words/<int:quote_id>/yes/", views.approve, name="approve"),
    path("words/<int:quote_id>/<str:to>/", views.move, name="move"),
    path("approved/<int:approved_id>/use/", views.use, name="use"),
    path("used/<int:used_id>/told/", views.told, name="told"),
    path("references/<int:reference_id>/", views.reference, name="reference"),
    path("references/<int:reference_id>/again/", views.refer_again, name="refer_again"),
    path("references/<int:reference_id>.pdf", views.reference_paper, name="reference_paper"),
]
