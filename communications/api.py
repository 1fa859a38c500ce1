"""Letters and their messages for other programs."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import generics, serializers

from agencies.access import reachable
from agencies.endpoints import NewestFirst
from agencies.seats import Seat
from communications import words_acts_api, words_api, words_drafts_api
from communications.models import Exclusion, Letter, LetterMessage
from communications.queries.letters import fates_of, messages_of, named_only, reasons_of, states_of
from delivery.models import OutgoingMessage


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """A letter in the list; the unit goes by the name under which the caller may know it."""

    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()

    class Meta:
        model = Letter
        fields = (
            "id",
            "subject",
            "unit",
            "unit_name",
            "purpose",
            "language",
            "state",
            "written_at",
            "approved_at",
            "sent_at",
        )


class FullLetterSerializer(LetterSerializer):
    """A letter with its words and what became of it: messages by state of the outbox, partners left out by reason."""

    messages = serializers.SerializerMethodField()
    excluded = serializers.SerializerMethodField()

    class Meta(LetterSerializer.Meta):
        fields = (*LetterSerializer.Meta.fields, "body", "messages", "excluded")  # type: ignore[assignment]

    def get_messages(self, letter: Letter) -> dict[str, int]:
        return dict(states_of(letter))

    def get_excluded(self, letter: Letter) -> dict[str, int]:
        return dict(reasons_of(letter))


class MessageSerializer(serializers.Serializer[LetterMessage]):
    """What a letter was for one partner: `state` of the outbox, or `excluded` with the reason."""

    id = serializers.IntegerField()
    partner = serializers.IntegerField(source="partner_id")
    state = serializers.SerializerMethodField()
    excluded = serializers.ChoiceField(choices=Exclusion.choices, allow_blank=True)
    included_anyway = serializers.BooleanField()
    basis = serializers.CharField()
    accepted_at = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    def fate(self, row: LetterMessage) -> OutgoingMessage | None:
        found: OutgoingMessage | None = self.context["fates"].get(row.outgoing_id)
        return found

    def get_state(self, row: LetterMessage) -> str:
        fate = self.fate(row)
        return fate.state if fate else "excluded"

    def get_accepted_at(self, row: LetterMessage) -> datetime | None:
        fate = self.fate(row)
        return fate.accepted_at if fate else None

    def get_error(self, row: LetterMessage) -> str:
        fate = self.fate(row)
        return fate.last_error if fate else ""


class LetterList(generics.ListAPIView[Letter]):
    """The letters that the caller may see."""

    right = "letters.view"
    serializer_class = LetterSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> Any:
        return Letter.objects.seen_by(self.request.seat)  # type: ignore[attr-defined]


class LetterDetail(generics.RetrieveAPIView[Letter]):
    """One letter."""

    right = "letters.view"
    serializer_class = FullLetterSerializer

    def get_queryset(self) -> Any:
        return Letter.objects.seen_by(self.request.seat)  # type: ignore[attr-defined]


class MessageList(generics.ListAPIView[LetterMessage]):
    """What became of a letter for each partner whom the caller may know by name; `?excluded=any` lists those who were
    left out. The others are in the counts of the letter only.
    """

    right = "letters.write"
    serializer_class = MessageSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> Any:
        seat: Seat = self.request.seat  # type: ignore[attr-defined]
        letter = get_object_or_404(Letter.objects.seen_by(seat), pk=self.kwargs["pk"])
        reachable(seat, self.right, letter.unit_id)
        rows = messages_of(letter, excluded="any" if "excluded" in self.request.query_params else "")
        return named_only(rows, seat, letter)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        rows = args[0] if args else ()  # the schema asks without rows
        kwargs["context"] = {**self.get_serializer_context(), "fates": fates_of(rows)}
        return MessageSerializer(*args, **kwargs)


urlpatterns = [
    *words_api.urlpatterns,
    *words_drafts_api.urlpatterns,
    *words_acts_api.urlpatterns,
    path("letters/", LetterList.as_view(), name="api_letters"),
    path("letters/<int:pk>/", LetterDetail.as_view(), name="api_letter"),
    path("letters/<int:pk>/messages/", MessageList.as_view(), name="api_letter_messages"),
]
