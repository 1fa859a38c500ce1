import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.sql import SHARED_ADDRESS_STAYS


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_spouses_share_a_mailbox")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="shared_with",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="whose mailbox this person read once: the two stay one family when the addresses part",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(SHARED_ADDRESS_STAYS, migrations.RunSQL.noop),
    ]
