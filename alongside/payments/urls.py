from django.urls import path

from alongside.payments import views

app_name = "payments"
urlpatterns = [
    path("", views.due, name="due"),
    path("<int:part_id>/", views.claim, name="claim"),
    path("<int:part_id>/approve/", views.approve, name="approve"),
    path("<int:part_id>/account/", views.account, name="account"),
    path("<int:part_id>/send/", views.send, name="send"),
    path("<int:part_id>/hold/", views.hold, name="hold"),
    path("<int:part_id>/release/", views.release, name="release"),
    path("<int:part_id>/arrived/", views.arrived, name="arrived"),
    path("<int:part_id>/came-back/", views.back, name="back"),
    path("<int:part_id>/tell/", views.tell, name="tell"),
    path("<int:part_id>/slip/", views.slip, name="slip"),
    path("frozen/", views.freezes, name="freezes"),
    path("frozen/<int:organisation_id>/new/", views.freeze, name="freeze"),
    path("frozen/fund/<int:fund_id>/new/", views.freeze_fund, name="freeze_fund"),
    path("frozen/<int:freeze_id>/lift/", views.lift, name="lift"),
    path("mine/", views.mine, name="mine"),
    path("mine/<int:part_id>/", views.my_payment, name="my_payment"),
    path("mine/<int:part_id>/wait/", views.wait, name="wait"),
    path("mine/<int:part_id>/go-on/", views.go_on, name="go_on"),
    path("mine/<int:part_id>/arrived/", views.i_have_it, name="i_have_it"),
    path("mine/<int:part_id>/receipt/", views.receipt, name="receipt"),
]
