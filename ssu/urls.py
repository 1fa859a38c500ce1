"""Addresses below `/a/<agency>/`."""

from django.urls import path

from ssu.views import discretion, evidence, goals, items, matrix, people, rollout, strategies, team, units

ITEM = "units/<int:pk>/roll-out/<str:key>/"

urlpatterns = [
    path("units/", units.units, name="units"),
    path("units/matrix/", matrix.matrix, name="matrix"),
    path("units/add/", units.unit_add, name="unit_add"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/settings/", units.unit_edit, name="unit_edit"),
    path("units/<int:pk>/archive/", units.unit_archive, name="unit_archive"),
    path("units/<int:pk>/restore/", units.unit_restore, name="unit_restore"),
    path("units/<int:pk>/discretion/", discretion.lowering_ask, name="lowering_ask"),
    path("units/<int:pk>/discretion/<int:lowering>/", discretion.lowering_answer, name="lowering_answer"),
    path("units/<int:pk>/roll-out/", rollout.rollout, name="rollout"),
    path("units/<int:pk>/declare/", rollout.rollout_declare, name="rollout_declare"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}claim/", items.item_claim, name="item_claim"),
    path(f"{ITEM}confirm/", items.item_confirm, name="item_confirm"),
    path(f"{ITEM}undo/", items.item_undo, name="item_undo"),
    path(f"{ITEM}not-applicable/", items.item_set_aside, name="item_set_aside"),
    path(f"{ITEM}plan/", items.item_plan, name="item_plan"),
    path(f"{ITEM}evidence/note/", evidence.evidence_note, name="evidence_note"),
    path(f"{ITEM}evidence/link/", evidence.evidence_link, name="evidence_link"),
    path(f"{ITEM}evidence/file/", evidence.evidence_upload, name="evidence_upload"),
    path(f"{ITEM}evidence/object/", evidence.evidence_object, name="evidence_object"),
    path(f"{ITEM}evidence/<int:evidence>/", evidence.evidence_file, name="evidence_file"),
    path(f"{ITEM}evidence/<int:evidence>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("units/<int:pk>/team/", team.team, name="team"),
    path("units/<int:pk>/team/add/", team.team_add, name="team_add"),
    path("units/<int:pk>/team/spouses/", team.team_spouses, name="team_spouses"),
    path("units/<int:pk>/team/<int:service>/end/", team.team_end, name="team_end"),
    path("workers/<int:pk>/", people.worker_edit, name="worker_edit"),
    path("workers/<int:pk>/discretion/", people.person_lowering_ask, name="person_lowering_ask"),
    path(
        "workers/<int:pk>/discretion/<int:person_lowering>/",
        people.person_lowering_answer,
        name="person_lowering_answer",
    ),
    path("units/<int:pk>/goal/", goals.goal, name="goal"),
    path("units/<int:pk>/goal/write/", goals.goal_write, name="goal_write"),
    path("units/<int:pk>/goal/<int:version>/approve/", goals.goal_approve, name="goal_approve"),
    path("units/<int:pk>/readings/", goals.reading_add, name="reading_add"),
    path("units/<int:pk>/readings/<int:reading>/withdraw/", goals.reading_withdraw, name="reading_withdraw"),
    path("strategies/", strategies.strategies, name="strategies"),
    path("strategies/add/", strategies.strategy_add, name="strategy_add"),
    path("strategies/<int:pk>/", strategies.strategy_edit, name="strategy_edit"),
]
