"""Webhooks: which programs are told what happens, and whether it arrives."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast
from delivery import webhook_pages as pages
from delivery.models import Webhook, WebhookDelivery
from delivery.operations import webhooks as operations
from delivery.webhook_forms import WebhookForm

PAGE = 50
RIGHT = "webhooks.edit"


@never_cache
@member(can=RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def webhooks(request: AgencyRequest) -> HttpResponse:
    """The webhooks, and a form for another one, whose answer is the one page that shows its secret."""
    form = WebhookForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            webhook, secret = operations.add_webhook(**acting(request), **form.cleaned_data)
        if not form.errors:
            return secret_page(request, webhook, secret)
    agency = request.seat.agency
    context = {
        "form": form,
        "rows": pages.shown_webhooks(agency, pages.webhooks()),
        "tabs": settings_tabs(request.seat, "webhooks"),
        "is_live": agency.is_live(),
    }
    return TemplateResponse(request, "delivery/webhooks.html", context, status=422 if form.errors else 200)


def secret_page(request: AgencyRequest, webhook: Webhook, secret: str) -> HttpResponse:
    """The secret goes out with the answer to the form that made it, and is kept nowhere where it can be read."""
    return TemplateResponse(request, "delivery/webhook_secret.html", {"webhook": webhook, "secret": secret})


def acting(request: AgencyRequest) -> dict[str, Any]:
    return {"agency": request.seat.agency, "actor": request.user}


def found(pk: int) -> Webhook:
    """A webhook of the agency in scope, or 404."""
    webhook: Webhook = get_object_or_404(Webhook.objects.select_related("made_by"), pk=pk)
    return webhook


@member(can=RIGHT)
@require_safe
def webhook(request: AgencyRequest, pk: int) -> HttpResponse:
    """One webhook: whether it works, and the events that it was or will be told."""
    row, agency = found(pk), request.seat.agency
    state = request.GET.get("state", "")
    state = state if state in WebhookDelivery.State.values else ""
    counts = pages.state_counts(row)
    paginator = Paginator(pages.deliveries(row, state), PAGE)
    paginator.count = counts[state] if state else counts.total()
    page = paginator.get_page(request.GET.get("page"))
    words, tone = pages.state_of(agency, row)
    context = {
        "webhook": row,
        "state": words,
        "tone": tone,
        "facts": pages.facts(request.seat, row),
        "tabs": pages.state_tabs(counts, state),
        "page": page,
        "rows": [pages.shown_delivery(agency, row, each) for each in page],
        "is_filtered": bool(state),
    }
    return TemplateResponse(request, "delivery/webhook.html", context)


@member(can=RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def webhook_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Another name, address or choice of events."""
    row = get_object_or_404(Webhook, pk=pk, ended_at=None)
    form = WebhookForm(request.POST or None, webhook=row)
    if form.is_valid():
        with shown_on(form):
            operations.change_webhook(**acting(request), webhook=row, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Webhook saved."))
            return redirect("webhook", request.seat.agency.slug, pk)
    context = {"form": form, "webhook": row}
    return TemplateResponse(request, "delivery/webhook_edit.html", context, status=422 if form.errors else 200)


@never_cache
@member(can=RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def webhook_new_secret(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask, then make a new secret, shown on the answer alone."""
    row = get_object_or_404(Webhook, pk=pk, ended_at=None)
    if request.method != "POST":
        return TemplateResponse(request, "delivery/webhook_new_secret.html", {"webhook": row})
    return secret_page(request, *operations.change_secret(**acting(request), webhook=row))


@member(can=RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask, then end a webhook: nobody brings it back."""
    row = get_object_or_404(Webhook, pk=pk, ended_at=None)
    if request.method == "POST":
        operations.end_webhook(**acting(request), webhook=row)
        toast(request, _("%(name)s is told nothing any more.") % {"name": row.name})
        return redirect("webhooks", request.seat.agency.slug)
    return TemplateResponse(request, "delivery/webhook_end.html", {"webhook": row})


@member(can=RIGHT)
@require_POST
def webhook_pause(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send nothing for now."""
    operations.pause_webhook(**acting(request), webhook=found(pk))
    resume = reverse("webhook_resume", args=[request.seat.agency.slug, pk])
    toast(request, _("Paused. What happens waits."), undo_url=resume)
    return redirect("webhook", request.seat.agency.slug, pk)


@member(can=RIGHT)
@require_POST
def webhook_resume(request: AgencyRequest, pk: int) -> HttpResponse:
    """Go on."""
    operations.resume_webhook(**acting(request), webhook=found(pk))
    toast(request, _("It goes on, with what waited first."))
    return redirect("webhook", request.seat.agency.slug, pk)


@member(can=RIGHT)
@require_POST
def webhook_test(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send a test."""
    operations.send_test(**acting(request), webhook=found(pk))
    toast(request, _("A test is on its way. Look again in a moment."))
    return redirect("webhook", request.seat.agency.slug, pk)


@member(can=RIGHT)
@require_POST
def webhook_again(request: AgencyRequest, pk: int, delivery: int) -> HttpResponse:
    """Send one event once more."""
    row = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), pk=delivery, webhook=pk)
    operations.deliver_again(**acting(request), delivery=row)
    toast(request, _("It is on its way once more."))
    return redirect("webhook", request.seat.agency.slug, pk)
