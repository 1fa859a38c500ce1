from django.db import migrations

from agencies.lookups import FUNCTIONS as LOOKUPS
from agencies.policies import FUNCTIONS, REFUSE_CHANGE
from agencies.protect import Protect

AGENCY_ROW = [("scope", "ALL", "id = current_agency()")]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_CHANGE, migrations.RunSQL.noop),
        Protect(append_only=("auditentry",), policies={"agency": AGENCY_ROW}),
        migrations.RunSQL(LOOKUPS, migrations.RunSQL.noop),
    ]
