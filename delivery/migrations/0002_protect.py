from django.db import migrations

from agencies.protect import Protect
from delivery.sql import DUE_WORK


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("jobs", "0002_protect")]

    operations = [Protect(), migrations.RunSQL(DUE_WORK, migrations.RunSQL.noop)]
