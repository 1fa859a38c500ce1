from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0028_what_contacts_promised")]

    operations = [
        migrations.AddField(
            model_name="gift",
            name="receipted_elsewhere",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="its file tells that another system gave a receipt for it: none is given here",
            ),
        ),
    ]
