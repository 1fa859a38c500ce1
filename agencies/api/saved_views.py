"""The API of saved views: those that the caller may use, saving one, removing one's own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import SavedView
from agencies.operations.saved_views import remove_view, save_view
from agencies.saved_views import Listing, cleaned, listing_named, listings, may_manage, tells, views_of
from agencies.seats import Seat


class SavedViewSerializer(serializers.Serializer[Any]):
    """The filter of a list under a name. `query` is the part of the address behind the question mark; what the list
    does not offer to the caller is left out of it.
    """

    id = serializers.IntegerField(read_only=True)
    listing = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=60)
    query = serializers.CharField(max_length=1000)
    shared = serializers.BooleanField(required=False, default=False)
    url = serializers.CharField(read_only=True)


def shown(seat: Seat, listing: Listing, view: SavedView) -> dict[str, Any]:
    """A view as the API tells it."""
    page = reverse(listing.page, args=[seat.agency.slug])
    told = {"id": view.pk, "listing": view.listing, "name": view.name, "query": view.query}
    return {**told, "shared": view.shared_at is not None, "url": f"{page}?{view.query}"}


def listing_for(seat: Seat, key: str) -> Listing:
    """The list of this key; 404 for none, 403 where the caller may not open it."""
    found = listing_named(key)
    if found is None:
        raise Http404
    if not seat.can(found.right):
        raise PermissionDenied(found.right)
    return found


class SavedViews(APIView):
    """The views that the caller may use, list by list; a POST saves one. 409 `view_name_taken`, 422
    `tells_closed_name` for a shared one that holds a name that not everybody may read.
    """

    right = "home.view"

    @extend_schema(operation_id="saved_views_list", responses=SavedViewSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        open_to_seat = [listing for listing in listings() if seat.can(listing.right)]
        found = [shown(seat, listing, view) for listing in open_to_seat for view in views_of(seat, listing)]
        return Response(SavedViewSerializer(found, many=True).data)

    @extend_schema(operation_id="save_view", request=SavedViewSerializer, responses={201: SavedViewSerializer})
    def post(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        given = SavedViewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        listing = listing_for(seat, data["listing"])
        query = cleaned(listing, QueryDict(data["query"]), listing.choices(seat))
        told = tells(listing, data["name"], query, listing.known(seat))
        act: dict[str, Any] = {"agency": seat.agency, "actor": seat.membership.user, "listing": listing.key}
        made = save_view(**act, name=data["name"], query=query, shared=data["shared"], tells=told)
        return Response(SavedViewSerializer(shown(seat, listing, made)).data, status=201)


class OneSavedView(APIView):
    """Remove a view that the caller manages: 403 for a shared one of somebody else."""

    right = "home.view"

    @extend_schema(operation_id="remove_view", responses={204: None})
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        view: SavedView = get_object_or_404(SavedView.objects.all().open_to(seat.user_id), pk=pk)
        if not may_manage(seat, view):
            raise PermissionDenied
        remove_view(agency=seat.agency, actor=seat.membership.user, view=view)
        return Response(status=204)


urlpatterns = [
    path("views/", SavedViews.as_view(), name="api_saved_views"),
    path("views/<int:pk>/", OneSavedView.as_view(), name="api_saved_view"),
]
