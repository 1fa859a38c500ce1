"""The way out, for readers and for their mail programs."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.models import Agency
from agencies.scope import Scope, enter
from core.access import token as by_token
from delivery import operations
from delivery.unsubscribe import read


@by_token
@csrf_exempt  # a mail program posts without cookies (RFC 8058); the signed address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing, because mail scanners open every link; POST closes the address."""
    try:
        way = read(token)
    except signing.BadSignature:
        raise Http404 from None
    enter(Scope(agency_id=way.agency_id))
    agency = Agency.objects.filter(pk=way.agency_id).first()
    if agency is None:
        raise Http404
    if request.method == "POST":
        operations.unsubscribe(hashed=way.hashed, purpose=way.purpose, reference=way.reference)
    context = {"agency": agency.name, "is_done": request.method == "POST"}
    return TemplateResponse(request, "delivery/unsubscribe.html", context)
