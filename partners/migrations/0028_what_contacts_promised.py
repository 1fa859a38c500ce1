import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect
from partners import stages_sql


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_go_live"),
        ("imports", "0008_toward"),
        ("partners", "0027_erasures"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="import_key",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="what its file calls it: another file with this key tells of the same promise",
                max_length=250,
            ),
        ),
        migrations.AddField(
            model_name="stage",
            name="import_run",
            field=agencies.fields.OwnedKey(
                db_index=False,
                editable=False,
                help_text="the import that told it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="imports.importrun",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("import_key", ""), _negated=True),
                fields=["agency", "import_key"],
                name="commitment_by_import_key",
            ),
        ),
        migrations.AddIndex(
            model_name="stage",
            index=models.Index(
                condition=models.Q(("import_run__isnull", False)),
                fields=["agency", "import_run"],
                name="stage_by_import",
            ),
        ),
        Protect(),
        migrations.RunSQL(stages_sql.TAKE_BACK_STAGES, "DROP FUNCTION take_back_stages(bigint)"),
    ]
