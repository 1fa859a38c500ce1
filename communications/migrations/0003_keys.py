import django.db.models.deletion
from django.db import migrations, models

import agencies.fields
from agencies.protect import Protect

PROTECT = django.db.models.deletion.PROTECT

# The columns are there already, as bare numbers, and so are the index and the constraint that name them.
AS_KEYS = [
    migrations.RemoveIndex("letter", "letter_by_job"),
    migrations.RemoveField("letter", "job_id"),
    migrations.AddField(
        model_name="letter",
        name="job",
        field=agencies.fields.OwnedKey(
            db_index=False,
            help_text="the job that sends it",
            null=True,
            on_delete=PROTECT,
            related_name="+",
            to="jobs.job",
        ),
    ),
    migrations.AddIndex(
        "letter",
        models.Index(condition=models.Q(("job__isnull", False)), fields=["agency", "job"], name="letter_by_job"),
    ),
    migrations.RemoveConstraint("lettermessage", "excluded_gets_nothing"),
    migrations.RemoveIndex("lettermessage", "by_outgoing"),
    migrations.RemoveField("lettermessage", "outgoing_id"),
    migrations.AddField(
        model_name="lettermessage",
        name="outgoing",
        field=agencies.fields.OwnedKey(
            db_index=False,
            help_text="the message in the outbox",
            null=True,
            on_delete=PROTECT,
            related_name="+",
            to="delivery.outgoingmessage",
        ),
    ),
    migrations.AddIndex(
        "lettermessage",
        models.Index(
            condition=models.Q(("outgoing__isnull", False)), fields=["agency", "outgoing"], name="by_outgoing"
        ),
    ),
    migrations.AddConstraint(
        "lettermessage",
        models.CheckConstraint(
            condition=models.Q(
                ("excluded", ""),
                models.Q(("address_hash", ""), ("basis", ""), ("outgoing", None)),
                _connector="OR",
            ),
            name="excluded_gets_nothing",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("communications", "0002_protect"), ("delivery", "0003_keys")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=AS_KEYS), Protect()]
