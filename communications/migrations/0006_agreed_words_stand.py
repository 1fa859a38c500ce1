from django.db import migrations

from communications.sql import AGREED_WORDS_STAND


class Migration(migrations.Migration):
    dependencies = [("communications", "0005_versions_submitted")]

    operations = [migrations.RunSQL(AGREED_WORDS_STAND, migrations.RunSQL.noop)]
