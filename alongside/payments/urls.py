from django.urls import path

from alongside.payments import views

app_name = "payments"
urlpatterns = [
    path("", views.due, name="due"),
    path("<int:offer_id>/", views.claim, name="claim"),
    path("<int:offer_id>/approve/", views.approve, name="approve"),
    path("<int:offer_id>/account/", views.account, name="account"),
    path("<int:offer_id>/send/", views.send, name="send"),
    path("<int:offer_id>/hold/", views.hold, name="hold"),
    path("<int:offer_id>/release/", views.release, name="release"),
    path("<int:offer_id>/arrived/", views.arrived, name="arrived"),
    path("<int:offer_id>/slip/", views.slip, name="slip"),
    path("mine/", views.mine, name="mine"),
    path("mine/<int:offer_id>/", views.my_payment, name="my_payment"),
    path("mine/<int:offer_id>/wait/", views.wait, name="wait"),
    path("mine/<int:offer_id>/go-on/", views.go_on, name="go_on"),
    path("mine/<int:offer_id>/arrived/", views.i_have_it, name="i_have_it"),
    path("mine/<int:offer_id>/receipt/", views.receipt, name="receipt"),
    path("mine/bank/", views.payee, name="payee"),
    path("mine/bank/forget/", views.payee_drop, name="payee_drop"),
]
