"""The API of units and their roll-out: the same operations, rights and masking as the pages, a module per noun."""

from ssu import (
    activity_endpoints,
    areas_endpoints,
    coaching_endpoints,
    copying_endpoints,
    dialogue_endpoints,
    discretion_endpoints,
    evidence_endpoints,
    excuses_endpoints,
    goals_endpoints,
    invitation_endpoints,
    items_endpoints,
    leaders_endpoints,
    matrix_endpoints,
    my_coaching_endpoints,
    people_file_endpoints,
    starter_endpoints,
    strategies_endpoints,
    tactics_endpoints,
    team_endpoints,
    units_endpoints,
)

MODULES = (
    strategies_endpoints,
    matrix_endpoints,
    units_endpoints,
    discretion_endpoints,
    copying_endpoints,
    team_endpoints,
    goals_endpoints,
    items_endpoints,
    evidence_endpoints,
    activity_endpoints,
    leaders_endpoints,
    dialogue_endpoints,
    areas_endpoints,
    coaching_endpoints,
    excuses_endpoints,
    my_coaching_endpoints,
    tactics_endpoints,
    starter_endpoints,
    invitation_endpoints,
    people_file_endpoints,
)

urlpatterns = [pattern for module in MODULES for pattern in module.urlpatterns]
