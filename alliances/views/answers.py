"""The two ways in which every page of an alliance answers: a page, or the way to the next one."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from alliances.access import AllianceRequest


def page(request: AllianceRequest, template: str, form: BaseForm | None = None, **context: Any) -> HttpResponse:
    """Render a page; with a form that was sent and did not go through the status is 422."""
    broken = form is not None and form.is_bound
    return TemplateResponse(request, template, {"form": form, **context}, status=422 if broken else 200)


def go(request: AllianceRequest, name: str, *args: Any) -> HttpResponse:
    """Go to a page of the same alliance."""
    return redirect(name, request.alliance_seat.alliance.slug, *args)


def acting(request: AllianceRequest) -> dict[str, Any]:
    """What every operation begins with: in which alliance, and who."""
    return {"alliance": request.alliance_seat.alliance, "actor": request.user}
