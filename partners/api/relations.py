"""The API of relations and tags: the same operations and rights as the pages."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists_by_cursor, once_by, seat_at, writes, wrong
from partners import operations
from partners.answers import one, pages_of
from partners.forms.lists import PartnerFilter
from partners.models import Partner, Relation, Tag, Tagging
from partners.queries.partners import partners_wanted
from partners.reached import cared_partner


class RelationSerializer(serializers.Serializer[Any]):
    """`partner` is this to `other`; `role` is that of a contact person."""

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="partner_id")
    other = serializers.IntegerField(source="other_id")
    kind = serializers.ChoiceField(choices=Relation.Kind.choices)
    role = serializers.CharField()


class Relate(serializers.Serializer[Any]):
    """What the partner of the address is to another partner, the `related` one."""

    related = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Relation.Kind.choices)
    role = serializers.CharField(required=False, allow_blank=True, max_length=80, default="")


class TagSerializer(serializers.Serializer[Any]):
    """A tag of the agency, and how many partners have it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    retired_at = serializers.DateTimeField(allow_null=True)
    partners = serializers.IntegerField()


class TagName(serializers.Serializer[Any]):
    """What a tag is called."""

    name = serializers.CharField(max_length=60)


class MergeTags(serializers.Serializer[Any]):
    """Into which tag another goes."""

    into = serializers.IntegerField()


class GiveTag(serializers.Serializer[Any]):
    """Which tag a partner gets."""

    tag = serializers.IntegerField()


class GiveTagToAll(GiveTag):
    """Which tag is given, and to how many: those whom the filter showed."""

    expected = serializers.IntegerField(min_value=1)


class Relations(APIView):
    """Who belongs to a partner, of those whom the caller may know; and saying so: 409 `relation_does_not_fit`,
    `related_already`.
    """

    right = {"GET": "partners.care", "POST": "partners.edit"}

    @lists_by_cursor("partner_relations", RelationSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner, known = cared_partner(seat_at(request), pk), Partner.objects.seen_by(seat_at(request))
        found = Relation.objects.standing().of(partner.pk).filter(partner__in=known, other__in=known)
        return pages_of(self, request, found, RelationSerializer)

    @writes("relate_partner", takes=Relate, answers=RelationSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        partner, said = cared_partner(seat_at(request), pk), given(Relate, request)
        seen = Partner.objects.seen_by(seat_at(request))

        def effect() -> Any:
            other = chosen(seen, said.pop("related"), "related", "There is no such partner.")
            return operations.relate(**by(request), partner=partner, other=other, **said)

        made = once_by(request, effect)
        return one(request, Relation.objects.get(pk=made), RelationSerializer, 201)


class EndRelation(APIView):
    """Two partners belong together in this way no more: 409 `relation_ended`."""

    right = "partners.edit"

    @writes("end_relation", answers=RelationSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        known = Partner.objects.seen_by(seat_at(request))
        found = get_object_or_404(Relation.objects.filter(partner__in=known, other__in=known), pk=pk)
        once_by(request, lambda: operations.end_relation(**by(request), relation=found))
        return one(request, found, RelationSerializer)


def tags_seen() -> Any:
    return Tag.objects.annotate(partners=Count("taggings", filter=Q(taggings__partner__merged_into=None)))


class Tags(APIView):
    """The tags of the agency; and adding one: 409 `tag_known`."""

    right = "partners.edit"

    @lists_by_cursor("tags", TagSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return pages_of(self, request, tags_seen(), TagSerializer)

    @writes("add_tag", takes=TagName, answers=TagSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(TagName, request)
        made = once_by(request, lambda: operations.add_tag(**by(request), **said))
        return one(request, tags_seen().get(pk=made), TagSerializer, 201)


class OneTag(APIView):
    """What is done with one tag; subclasses say what."""

    right = "partners.edit"

    def acted(self, request: Request, pk: int, act: Any, said: Callable[[], dict[str, Any]] = dict) -> Response:
        """Do it once, and tell what stands now. What was `said` is read when the tag is found: a merge sent again finds
        it gone, and answers as it did.
        """

        def effect() -> Any:
            return act(**by(request), tag=get_object_or_404(Tag, pk=pk), **said())

        return one(request, tags_seen().get(pk=once_by(request, effect)), TagSerializer)


class RenameTag(OneTag):
    """Call it otherwise: 409 `tag_known`."""

    @writes("rename_tag", takes=TagName, answers=TagSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.rename_tag, lambda: given(TagName, request))


class RetireTag(OneTag):
    """It is given to nobody more."""

    @writes("retire_tag", answers=TagSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.retire_tag)


class RestoreTag(OneTag):
    """It may be given again."""

    @writes("restore_tag", answers=TagSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.restore_tag)


class MergeTag(OneTag):
    """Into another, which the answer tells: 409 `tag_into_itself`."""

    @writes("merge_tags", takes=MergeTags, answers=TagSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        def said() -> dict[str, Any]:
            return {"into": chosen(Tag.objects, given(MergeTags, request)["into"], "into", "There is no such tag.")}

        return self.acted(request, pk, operations.merge_tags, said)


class PartnerTags(APIView):
    """The tags of a partner; and giving one: 409 `tag_retired`."""

    right = {"GET": "partners.care", "POST": "partners.edit"}

    @lists_by_cursor("partner_tags", TagSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(
            self,
            request,
            tags_seen().filter(pk__in=Tagging.objects.filter(partner=partner).values("tag")),
            TagSerializer,
        )

    @writes("give_tag", takes=GiveTag, answers=TagSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        tag = chosen(Tag.objects, given(GiveTag, request)["tag"], "tag", "There is no such tag.")
        only = Partner.objects.filter(pk=partner.pk)
        once_by(request, lambda: operations.give_tag(**by(request), tag=tag, partners=only))
        return one(request, tags_seen().get(pk=tag.pk), TagSerializer, 201)


class TagAll(APIView):
    """Give a tag to all whom the filter of the address lets through, as many as were `expected`: 409 `list_changed`,
    `tag_retired`.
    """

    right = "partners.edit"

    @extend_schema(parameters=[OpenApiParameter(name, str) for name in PartnerFilter.base_fields])
    @writes("tag_partners", takes=GiveTagToAll, answers=TagSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        form, said = PartnerFilter(request.query_params, seat=seat_at(request)), given(GiveTagToAll, request)
        if not form.is_valid():
            raise wrong(form)
        said["tag"] = chosen(Tag.objects.in_use(), said["tag"], "tag", "There is no such tag.")
        found = partners_wanted(seat_at(request), form.wanted())
        once_by(request, lambda: operations.give_tag(**by(request), partners=found, **said))
        return one(request, tags_seen().get(pk=said["tag"].pk), TagSerializer, 201)


class TakeTag(APIView):
    """The partner has the tag no more."""

    right = "partners.edit"

    @writes("take_tag", takes=GiveTag, answers=TagSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        tag = chosen(Tag.objects, given(GiveTag, request)["tag"], "tag", "There is no such tag.")
        once_by(request, lambda: operations.take_tag(**by(request), tag=tag, partner=partner))
        return one(request, tags_seen().get(pk=tag.pk), TagSerializer)


urlpatterns = [
    path("partners/<int:pk>/relations/", Relations.as_view(), name="api_relations"),
    path("partners/relations/<int:pk>/end/", EndRelation.as_view(), name="api_relation_end"),
    path("partners/<int:pk>/tags/", PartnerTags.as_view(), name="api_partner_tags"),
    path("partners/<int:pk>/tags/take/", TakeTag.as_view(), name="api_partner_tag_take"),
    path("partners/tag/", TagAll.as_view(), name="api_partners_tag"),
    path("partners/tags/", Tags.as_view(), name="api_tags"),
    path("partners/tags/<int:pk>/rename/", RenameTag.as_view(), name="api_tag_rename"),
    path("partners/tags/<int:pk>/merge/", MergeTag.as_view(), name="api_tag_merge"),
    path("partners/tags/<int:pk>/retire/", RetireTag.as_view(), name="api_tag_retire"),
    path("partners/tags/<int:pk>/restore/", RestoreTag.as_view(), name="api_tag_restore"),
]
