"""What programs are told of a list that cannot be brought in."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from imports.reading.lists import ListWrong

MOST_TOLD = 500
"""Problems in one answer; who has more corrects these first."""


class ListProblemSerializer(serializers.Serializer[Any]):
    """One thing that is wrong: the row as a spreadsheet counts it (0: the file), its column, and what to do."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    message = serializers.CharField()


class ListWrongSerializer(serializers.Serializer[Any]):
    """A list that cannot be brought in, and all that is wrong with it: at most 500 of the `total`."""

    code = serializers.CharField()
    detail = serializers.CharField()
    total = serializers.IntegerField()
    problems = ListProblemSerializer(many=True)


def wrong_answer(wrong: ListWrong) -> Response:
    """Everything that is wrong with a list, row by row; nothing of the request is kept."""
    rows = [each._asdict() for each in wrong.problems[:MOST_TOLD]]
    told = {"code": wrong.code, "detail": str(wrong), "total": len(wrong.problems), "problems": rows}
    response = Response(ListWrongSerializer(told).data, status=wrong.status)
    response.undo = True  # type: ignore[attr-defined]
    return response
