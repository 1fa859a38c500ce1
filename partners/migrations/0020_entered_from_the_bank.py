import django.db.models.deletion
from django.db import migrations

import agencies.fields
from agencies.protect import Protect


class Migration(migrations.Migration):
    dependencies = [("partners", "0019_anonymous_afterwards")]

    operations = [
        migrations.AddField(
            model_name="giftbatch",
            name="brought_by",
            field=agencies.fields.OwnedKey(
                db_index=False,
                help_text="the line it was entered from",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.statementline",
            ),
        ),
        Protect(),
    ]
