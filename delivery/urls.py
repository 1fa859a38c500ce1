"""Addresses below `/a/<agency>/`."""

from django.urls import path

from delivery.views import choices, notices, outbox, tasks, webhooks

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.outbox_message, name="outbox_message"),
    path("outbox/<int:pk>/decide/", outbox.outbox_decide, name="outbox_decide"),
    path("settings/webhooks/", webhooks.webhooks, name="webhooks"),
    path("settings/webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("settings/webhooks/<int:pk>/edit/", webhooks.webhook_edit, name="webhook_edit"),
    path("settings/webhooks/<int:pk>/secret/", webhooks.webhook_new_secret, name="webhook_new_secret"),
    path("settings/webhooks/<int:pk>/end/", webhooks.webhook_end, name="webhook_end"),
    path("settings/webhooks/<int:pk>/pause/", webhooks.webhook_pause, name="webhook_pause"),
    path("settings/webhooks/<int:pk>/resume/", webhooks.webhook_resume, name="webhook_resume"),
    path("settings/webhooks/<int:pk>/test/", webhooks.webhook_test, name="webhook_test"),
    path("settings/webhooks/<int:pk>/events/<int:delivery>/again/", webhooks.webhook_again, name="webhook_again"),
    path("notices/", notices.notices, name="notices"),
    path("notices/choices/", choices.notice_choices, name="notice_choices"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/done/", tasks.task_done, name="task_done"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
]
