from django.db import migrations

WHO_SHARES_NOW = "UPDATE accounts_user SET shared_with_id = mailbox_id WHERE mailbox_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_shared_addresses_stay")]

    operations = [migrations.RunSQL(WHO_SHARES_NOW, migrations.RunSQL.noop)]
