"""Ways to reach a partner and numbers of other systems, for programs: the operations and rights of the pages."""

from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, seat_at, writes
from partners import operations
from partners.answers import one
from partners.api.partner_shapes import (
    AddressSerializer,
    EmailSerializer,
    NumberSerializer,
    PhoneSerializer,
    PostalSerializer,
)
from partners.models import Address, EmailAddress, ExternalId, Partner, Phone

Shape = type[serializers.Serializer[Any]]


class Adding(APIView):
    """Something is added to a partner; subclasses say what. The partner is found before what was sent is judged."""

    right = "partners.edit"

    def added(self, request: Request, pk: int, add: Any, kind: type[Model], shape: Shape, takes: Shape) -> Response:
        """Do it once, and tell what was made."""
        partner = get_object_or_404(Partner.objects.seen_by(seat_at(request)), pk=pk)
        said = given(takes, request)
        made = once_by(request, lambda: add(**by(request), partner=partner, **said))
        return one(request, get_object_or_404(kind, pk=made), shape, 201)


class Emails(Adding):
    """Add an e-mail address; one that did not hold any more holds again: 409 `email_known`."""

    @writes("add_email", takes=EmailSerializer, answers=EmailSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.added(request, pk, operations.add_email, EmailAddress, EmailSerializer, EmailSerializer)


class Phones(Adding):
    """Add a telephone number."""

    @writes("add_phone", takes=PhoneSerializer, answers=PhoneSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.added(request, pk, operations.add_phone, Phone, PhoneSerializer, PhoneSerializer)


class Addresses(Adding):
    """Add a postal address."""

    @writes("add_address", takes=PostalSerializer, answers=AddressSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.added(request, pk, operations.add_address, Address, AddressSerializer, PostalSerializer)


class Numbers(Adding):
    """Add a number of another system: 409 `external_id_taken`."""

    @writes("add_number", takes=NumberSerializer, answers=NumberSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.added(request, pk, operations.add_number, ExternalId, NumberSerializer, NumberSerializer)


class OneWay(APIView):
    """What is done with one way to reach a partner; subclasses say which."""

    right = "partners.edit"
    kind: type[Model]
    shape: Shape

    def acted(self, request: Request, pk: int, act: Any) -> Response:
        """Do it once, and tell how the way stands."""
        seen = Partner.objects.seen_by(seat_at(request))
        way = get_object_or_404(self.kind, pk=pk, partner__in=seen)
        once_by(request, lambda: act(**by(request), way=way))
        return one(request, get_object_or_404(self.kind, pk=pk), self.shape)


class OneEmail(OneWay):
    """Of an e-mail address."""

    kind, shape = EmailAddress, EmailSerializer


class OnePhone(OneWay):
    """Of a telephone number."""

    kind, shape = Phone, PhoneSerializer


class OneAddress(OneWay):
    """Of a postal address."""

    kind, shape = Address, AddressSerializer


class EndEmail(OneEmail):
    """From today it reaches the partner no more; it is kept."""

    @writes("end_email", answers=EmailSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.end_way)


class RestoreEmail(OneEmail):
    """It holds after all."""

    @writes("restore_email", answers=EmailSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.restore_way)


class EndPhone(OnePhone):
    """From today it reaches the partner no more; it is kept."""

    @writes("end_phone", answers=PhoneSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.end_way)


class RestorePhone(OnePhone):
    """It holds after all."""

    @writes("restore_phone", answers=PhoneSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.restore_way)


class EndAddress(OneAddress):
    """From today it reaches the partner no more; it is kept."""

    @writes("end_address", answers=AddressSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.end_way)


class RestoreAddress(OneAddress):
    """It holds after all."""

    @writes("restore_address", answers=AddressSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.restore_way)


urlpatterns = [
    path("partners/<int:pk>/emails/", Emails.as_view(), name="api_emails"),
    path("partners/<int:pk>/phones/", Phones.as_view(), name="api_phones"),
    path("partners/<int:pk>/addresses/", Addresses.as_view(), name="api_addresses"),
    path("partners/<int:pk>/numbers/", Numbers.as_view(), name="api_numbers"),
    path("partners/emails/<int:pk>/end/", EndEmail.as_view(), name="api_email_end"),
    path("partners/emails/<int:pk>/restore/", RestoreEmail.as_view(), name="api_email_restore"),
    path("partners/phones/<int:pk>/end/", EndPhone.as_view(), name="api_phone_end"),
    path("partners/phones/<int:pk>/restore/", RestorePhone.as_view(), name="api_phone_restore"),
    path("partners/addresses/<int:pk>/end/", EndAddress.as_view(), name="api_address_end"),
    path("partners/addresses/<int:pk>/restore/", RestoreAddress.as_view(), name="api_address_restore"),
]
