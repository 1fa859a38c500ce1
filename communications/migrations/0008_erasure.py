from django.db import migrations

from communications.erasing_sql import ERASE_CONSENT
from partners.erasing_sql import REFUSES


class Migration(migrations.Migration):
    dependencies = [("communications", "0007_approver_wrote_nothing"), ("partners", "0027_erasures")]

    operations = [
        migrations.RunSQL(ERASE_CONSENT, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSES.replace("{table}", "communications_consententry"), migrations.RunSQL.noop),
    ]
