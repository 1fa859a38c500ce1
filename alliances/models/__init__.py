"""Everything an alliance holds. Each row belongs to one alliance; private ones also name their member."""

from alliances.models.agenda import AgendaItem, AgendaState, AgendaVersion, ItemKind
from alliances.models.agreement import Agreement, AgreementState, Signature
from alliances.models.alliance import Alliance, AllianceChange, AllianceState
from alliances.models.consent import Audience, Consent, ConsentForm
from alliances.models.indicator import KIND_LABELS, Indicator, IndicatorVersion, VersionState
from alliances.models.invitation import SeatInvitation
from alliances.models.overlap import RESOLUTION_LABELS, Overlap, OverlapStance
from alliances.models.owned import AllianceOwned, InAlliance, current_alliance_id
from alliances.models.people import Backbone, Member, MemberChange, MemberKind, MemberState, Representative
from alliances.models.period import Obligation, Period, PeriodState
from alliances.models.prayer import PrayerRequest, PrayerStrategy, Rhythm
from alliances.models.publication import LineKind, Publication, PublicationLine
from alliances.models.submission import WITH_VALUE, Observation, Submission, SubmissionState, ValueState

__all__ = [
    "KIND_LABELS",
    "RESOLUTION_LABELS",
    "WITH_VALUE",
    "AgendaItem",
    "AgendaState",
    "AgendaVersion",
    "Agreement",
    "AgreementState",
    "Alliance",
    "AllianceChange",
    "AllianceOwned",
    "AllianceState",
    "Audience",
    "Backbone",
    "Consent",
    "ConsentForm",
    "InAlliance",
    "Indicator",
    "IndicatorVersion",
    "ItemKind",
    "LineKind",
    "Member",
    "MemberChange",
    "MemberKind",
    "MemberState",
    "Obligation",
    "Observation",
    "Overlap",
    "OverlapStance",
    "Period",
    "PeriodState",
    "PrayerRequest",
    "PrayerStrategy",
    "Publication",
    "PublicationLine",
    "Representative",
    "Rhythm",
    "SeatInvitation",
    "Signature",
    "Submission",
    "SubmissionState",
    "ValueState",
    "VersionState",
    "current_alliance_id",
]
