"""What a person is asked to do in this workspace."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from delivery.forms import TaskForm
from delivery.me_tabs import me_tabs
from delivery.models import Task
from delivery.operations import add_task, finish_task, reopen_task
from delivery.queries import open_tasks, tasks_of
from delivery.shown_tasks import shown_tasks

MOST = 200
DONE_LATELY = 20


@member(can="home.view")
@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: AgencyRequest) -> HttpResponse:
    """The person's own tasks, what is due first; a POST adds one for oneself."""
    seat = request.seat
    form = TaskForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            add_task(agency=seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Task added."))
            return redirect("tasks", seat.agency.slug)
    done = tasks_of(seat).exclude(done_at=None).order_by("-done_at", "-pk")[:DONE_LATELY]
    context = {
        "form": form,
        "open": shown_tasks(seat, open_tasks(seat)[:MOST]),
        "done": shown_tasks(seat, done),
        "tabs": me_tabs(seat, "tasks"),
    }
    return TemplateResponse(request, "delivery/tasks.html", context, status=422 if form.errors else 200)


@member(can="home.view")
@require_POST
def task_done(request: AgencyRequest, pk: int) -> HttpResponse:
    """Tick one's own task off."""
    task: Task = get_object_or_404(tasks_of(request.seat), pk=pk)
    finish_task(agency=request.seat.agency, actor=request.user, task=task)
    toast(request, _("Done."), undo_url=reverse("task_reopen", args=[request.seat.agency.slug, task.pk]))
    return redirect("tasks", request.seat.agency.slug)


@member(can="home.view")
@require_POST
def task_reopen(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put one's own task back on the list."""
    task: Task = get_object_or_404(tasks_of(request.seat), pk=pk)
    reopen_task(agency=request.seat.agency, actor=request.user, task=task)
    toast(request, _("The task is on your list again."))
    return redirect("tasks", request.seat.agency.slug)
