import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from partners import sql


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_rules_about_rows_that_stay"),
        ("funds", "0004_movements"),
        ("imports", "0005_undo"),
        ("partners", "0006_statement_lines"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="statementline",
            name="statement_line_once",
        ),
        migrations.AddField(
            model_name="commitment",
            name="import_run",
            field=agencies.fields.OwnedKey(
                db_index=False,
                editable=False,
                help_text="the import that brought it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="imports.importrun",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="import_run",
            field=agencies.fields.OwnedKey(
                db_index=False,
                editable=False,
                help_text="the import that brought the partner",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="imports.importrun",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("import_run__isnull", False)),
                fields=["agency", "import_run"],
                name="commitment_by_import",
            ),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(
                condition=models.Q(("import_run__isnull", False)),
                fields=["agency", "import_run"],
                name="partner_by_import",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("agency", "account", "reference"),
                name="statement_line_once",
            ),
        ),
        Protect(
            frozen={
                "gift": ("withdrawn_at", "giving_unit_id", "soft_partner_id"),
                "statementline": ("withdrawn_at",),
            },
            written_once={"statementline": ("withdrawn_at",)},
        ),
        migrations.RunSQL(sql.LINES_MAY_BE_WITHDRAWN + sql.KEEP_GIVER, migrations.RunSQL.noop),
    ]
