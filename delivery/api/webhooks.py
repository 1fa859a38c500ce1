"""The API of webhooks. Adding and changing one asks for a person's password, so no key sends events elsewhere."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import NewestFirst, by, given, lists, lists_by_cursor, once_by, paged, reads, writes
from delivery.event_kinds import event_kinds
from delivery.models import Webhook, WebhookDelivery
from delivery.operations import webhooks as operations
from delivery.webhook_pages import webhooks

RIGHT = "webhooks.edit"


class WebhookSerializer(serializers.Serializer[Any]):
    """A webhook without its secret. `waiting` events have not arrived there yet."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    made_at = serializers.DateTimeField()
    paused_at = serializers.DateTimeField(allow_null=True)
    paused_why = serializers.CharField()
    failing_since = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    waiting = serializers.IntegerField()


class SecretWebhookSerializer(WebhookSerializer):
    """A webhook with a new secret: told this once, and null when the same request comes again with its key."""

    secret = serializers.CharField(allow_null=True)


class WebhookWritten(serializers.Serializer[Any]):
    """Where a program listens, and what it is told."""

    name = serializers.CharField(max_length=60)
    url = serializers.CharField(max_length=500)
    kinds = serializers.ListField(child=serializers.CharField(max_length=40), allow_empty=False)


class WebhookEventSerializer(serializers.Serializer[Any]):
    """An event on its way to a webhook; `body` is what is sent."""

    id = serializers.IntegerField()
    event = serializers.SerializerMethodField()
    kind = serializers.CharField(source="event.kind")
    happened_at = serializers.DateTimeField(source="event.happened_at")
    body = serializers.CharField(source="event.body")
    state = serializers.ChoiceField(choices=WebhookDelivery.State.choices)
    attempts = serializers.IntegerField()
    tried_at = serializers.DateTimeField(allow_null=True)
    status = serializers.IntegerField(allow_null=True)
    said = serializers.CharField()

    def get_event(self, row: Any) -> str:
        """The id that the receiver knows it by: the header `webhook-id`."""
        return f"evt_{row.event_id}"


class EventKindSerializer(serializers.Serializer[Any]):
    """Something that a webhook can be told of; `ids` says whose numbers its events carry."""

    name = serializers.CharField()
    words = serializers.CharField(source="label")
    ids = serializers.CharField()


def shown(pk: Any) -> dict[str, Any]:
    """A webhook as it is now; an ended one too."""
    row: Any = webhooks().filter(pk=pk).first()
    if row is None:
        row = get_object_or_404(Webhook, pk=pk)
        row.waiting = 0
    return dict(WebhookSerializer(row).data)


class EventKinds(APIView):
    """What a webhook can be told of."""

    right = RIGHT

    @reads("event_kinds", EventKindSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        return Response(EventKindSerializer(event_kinds(), many=True).data)


class WebhookList(APIView):
    """The webhooks by name; a POST adds one: 422 `webhook_address`, 422 `webhook_kinds`, 409 `webhook_name_taken`, 409
    `too_many_webhooks`, 403 `password_first`."""

    right = RIGHT
    password_first = ("POST",)

    @lists("webhooks_list", WebhookSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, webhooks(), lambda rows: WebhookSerializer(rows, many=True).data)

    @writes("add_webhook", takes=WebhookWritten, answers=SecretWebhookSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said, secrets = given(WebhookWritten, request), []

        def make() -> Webhook:
            webhook, secret = operations.add_webhook(**by(request), **said)
            secrets.append(secret)
            return webhook

        pk = once_by(request, make)
        return Response({**shown(pk), "secret": secrets[0] if secrets else None}, status=201)


class OneWebhook(APIView):
    """One webhook; a PATCH changes what it names: as adding one, and 409 `webhook_ended`."""

    right = RIGHT
    password_first = ("PATCH",)

    @reads("webhook", WebhookSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(shown(pk))

    @writes("change_webhook", takes=WebhookWritten, answers=WebhookSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        webhook = get_object_or_404(Webhook, pk=pk)
        stands = {"name": webhook.name, "url": webhook.url, "kinds": webhook.kinds}
        said = {**stands, **given(WebhookWritten, request, partial=True)}
        once_by(request, lambda: operations.change_webhook(**by(request), webhook=webhook, **said))
        return Response(shown(pk))


class NewSecret(APIView):
    """Make a new secret; the former one signs too for 24 hours: 409 `webhook_ended`, 403 `password_first`."""

    right = RIGHT
    password_first = ("POST",)

    @writes("change_webhook_secret", answers=SecretWebhookSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        webhook, secrets = get_object_or_404(Webhook, pk=pk), []

        def make() -> Webhook:
            row, secret = operations.change_secret(**by(request), webhook=webhook)
            secrets.append(secret)
            return row

        once_by(request, make)
        return Response({**shown(pk), "secret": secrets[0] if secrets else None})


class WebhookAct(APIView):
    """What is done to one webhook: 409 `webhook_ended`."""

    right = RIGHT

    def act(self, request: Request, pk: int, operation: Any) -> Response:
        webhook = get_object_or_404(Webhook, pk=pk)
        once_by(request, lambda: operation(**by(request), webhook=webhook))
        return Response(shown(pk))


class PauseWebhook(WebhookAct):
    """Send nothing for now; what happens waits."""

    @writes("pause_webhook", answers=WebhookSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.act(request, pk, operations.pause_webhook)


class ResumeWebhook(WebhookAct):
    """Go on, with what waited first."""

    @writes("resume_webhook", answers=WebhookSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.act(request, pk, operations.resume_webhook)


class EndWebhook(WebhookAct):
    """Tell it nothing more, for ever."""

    @writes("end_webhook", answers=WebhookSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.act(request, pk, operations.end_webhook)


class TestWebhook(WebhookAct):
    """Send a test."""

    __test__ = False

    @writes("test_webhook", answers=WebhookSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.act(request, pk, operations.send_test)


class WebhookEvents(APIView):
    """What a webhook was or will be told, the newest first."""

    right = RIGHT

    @lists_by_cursor("webhook_events", WebhookEventSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        get_object_or_404(Webhook, pk=pk)
        pages, found = NewestFirst(), WebhookDelivery.objects.filter(webhook=pk).select_related("event")
        rows: list[WebhookDelivery] = pages.paginate_queryset(found, request, view=self) or []
        return pages.get_paginated_response(WebhookEventSerializer(rows, many=True).data)


class WebhookEventAgain(APIView):
    """Send one event once more, under its id: 409 `delivery_waiting`, 409 `webhook_ended`."""

    right = RIGHT

    @writes("deliver_again", answers=WebhookEventSerializer)
    def post(self, request: Request, agency: str, pk: int, delivery: int) -> Response:
        row = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), pk=delivery, webhook=pk)
        once_by(request, lambda: operations.deliver_again(**by(request), delivery=row))
        return Response(WebhookEventSerializer(WebhookDelivery.objects.select_related("event").get(pk=row.pk)).data)


urlpatterns = [
    path("event-kinds/", EventKinds.as_view(), name="api_event_kinds"),
    path("webhooks/", WebhookList.as_view(), name="api_webhooks"),
    path("webhooks/<int:pk>/", OneWebhook.as_view(), name="api_webhook"),
    path("webhooks/<int:pk>/secret/", NewSecret.as_view(), name="api_webhook_secret"),
    path("webhooks/<int:pk>/pause/", PauseWebhook.as_view(), name="api_webhook_pause"),
    path("webhooks/<int:pk>/resume/", ResumeWebhook.as_view(), name="api_webhook_resume"),
    path("webhooks/<int:pk>/end/", EndWebhook.as_view(), name="api_webhook_end"),
    path("webhooks/<int:pk>/test/", TestWebhook.as_view(), name="api_webhook_test"),
    path("webhooks/<int:pk>/events/", WebhookEvents.as_view(), name="api_webhook_events"),
    path("webhooks/<int:pk>/events/<int:delivery>/again/", WebhookEventAgain.as_view(), name="api_webhook_event_again"),
]
