from django.db import migrations

from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("partners", "0018_batches_in_one_currency")]

    operations = [
        Protect(frozen={"gift": ("withdrawn_at", "giving_unit_id", "soft_partner_id", "anonymous")}),
    ]
