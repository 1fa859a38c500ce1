"""The address without a path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.access import public


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Everybody goes to their workspaces; who has not signed in is asked to on the way."""
    return redirect("spaces")
