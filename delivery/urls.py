"""Addresses below `/a/<agency>/`."""

from django.urls import path

from delivery.views import notices, outbox

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.outbox_message, name="outbox_message"),
    path("outbox/<int:pk>/decide/", outbox.outbox_decide, name="outbox_decide"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
]
