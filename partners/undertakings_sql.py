"""What PostgreSQL itself keeps about what partners undertake: only a merge moves it to another partner, and what is
written while its partner is merged lands with the survivor (ADR 14).
"""

from partners.merge_sql import KEPT, LANDS

STAY_WITH_PARTNER = KEPT.replace("{table}", "undertaking") + LANDS.replace("{table}", "undertaking").replace(
    "{columns}", "'partner_id'"
)
