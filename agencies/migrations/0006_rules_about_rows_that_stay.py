from django.db import migrations

from agencies.policies import REFUSE_REWRITING
from agencies.sql import NO_ROLE_AFTER_LEAVING


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_held_invitations")]

    operations = [
        migrations.RunSQL(NO_ROLE_AFTER_LEAVING, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_REWRITING, migrations.RunSQL.noop),
    ]
