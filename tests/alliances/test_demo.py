"""The demo alliance is what issue and design ask for: active, four members, four reports, one publication."""

import json

from agencies import scope
from alliances.demo import Built
from alliances.models import AllianceState, Period, Publication, Submission, SubmissionState


def test_build_makes_an_active_alliance_with_one_publication(built: Built) -> None:
    with scope.within(built.scope()):
        assert built.alliance.state == AllianceState.ACTIVE
        assert Submission.objects.filter(state=SubmissionState.ACCEPTED).count() == 4
        publication = Publication.objects.get()
        assert Period.objects.count() == 2
    content = json.loads(bytes(publication.document))
    assert (content["gross"], content["overlaps"], content["net"]) == ("9035", [], "9035")
    assert (content["completeness"]["reported"], content["completeness"]["expected"]) == (4, 4)
    assert content["completeness"]["on_time"] == 4


def test_sign_ins_name_coordinator_and_representatives(built: Built) -> None:
    assert [sign_in.role for sign_in in built.sign_ins] == [
        "backbone coordinator",
        "representative of Harbor Light",
        "representative of Second Agency",
        "representative of River Outreach",
        "representative of Grace Trust",
    ]
    assert {sign_in.path for sign_in in built.sign_ins} == {"/alliances/river/"}


def test_nobody_is_left_in_scope(built: Built) -> None:
    assert scope.current() == scope.NOBODY
