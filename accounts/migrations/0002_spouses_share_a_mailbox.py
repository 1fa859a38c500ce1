import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="user", name="email", field=models.EmailField(max_length=254, null=True, unique=True)
        ),
        migrations.AddField(
            model_name="user",
            name="sign_in_name",
            field=models.CharField(editable=False, max_length=60, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="user",
            name="mailbox",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sharers",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email__isnull", False), ("mailbox", None), ("sign_in_name", None))
                | models.Q(("email", None), ("mailbox__isnull", False), ("sign_in_name__isnull", False)),
                name="user_own_address_or_spouses",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("sign_in_name", Lower("sign_in_name")))
                & models.Q(("sign_in_name__contains", "@"), _negated=True),
                name="user_sign_in_name_is_no_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("mailbox", models.F("id")), _negated=True), name="user_shares_with_another"
            ),
        ),
    ]
