"""Addresses below `/a/<agency>/`."""

from django.urls import path

from delivery.views import choices, notices, outbox, tasks

urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.outbox_message, name="outbox_message"),
    path("outbox/<int:pk>/decide/", outbox.outbox_decide, name="outbox_decide"),
    path("notices/", notices.notices, name="notices"),
    path("notices/choices/", choices.notice_choices, name="notice_choices"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/done/", tasks.task_done, name="task_done"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
]
