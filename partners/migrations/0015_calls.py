from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Right

from partners import calls_sql, merge_sql


class Migration(migrations.Migration):
    dependencies = [("partners", "0014_import_matches")]

    operations = [
        migrations.RunSQL(calls_sql.FOLDED, "DROP FUNCTION folded(text)"),
        migrations.RunSQL(calls_sql.FOLDED_INDEX, calls_sql.NAME_INDEX_AGAIN),
        migrations.RunSQL(calls_sql.FIND_PARTNERS, merge_sql.FIND_PARTNERS),
        migrations.AddField(
            "phone",
            "tail",
            models.GeneratedField(
                expression=Right(
                    models.Func(
                        "number",
                        models.Value("[^0-9]"),
                        models.Value(""),
                        models.Value("g"),
                        function="regexp_replace",
                    ),
                    7,
                ),
                output_field=models.CharField(max_length=7),
                db_persist=True,
            ),
        ),
        migrations.AddIndex("phone", models.Index(fields=["agency", "tail"], name="phone_by_tail")),
        migrations.AddIndex("gift", models.Index(fields=["agency", "amount", "-date", "-id"], name="gift_by_amount")),
        migrations.AddIndex(
            "gift",
            models.Index(
                fields=["agency", "tendered_amount", "-date", "-id"],
                condition=~Q(tendered_currency=F("currency")),
                name="gift_by_tendered",
            ),
        ),
    ]
