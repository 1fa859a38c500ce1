import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("communications", "0006_agreed_words_stand"),
        ("ssu", "0011_approver_wrote_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coremessage",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="guidelines",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="revision",
            field=models.PositiveIntegerField(default=0, help_text="how often its words were changed"),
        ),
        migrations.AddField(
            model_name="letter",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="coremessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("writers__contains", [models.F("approved_by")]), _negated=True),
                    _connector="OR",
                ),
                name="core_message_no_writer_approves",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelines",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("writers__contains", [models.F("approved_by")]), _negated=True),
                    _connector="OR",
                ),
                name="guidelines_no_writer_approves",
            ),
        ),
    ]
