"""Files that were brought in, and each of their rows as it came."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class ImportRun(AgencyOwned):
    """One file on its way in: uploaded, checked, applied, or refused; and perhaps undone, after which it can be checked
    and applied again.

    outcome: totals and counts with the names that `import_file --json` has; "findings" counts each list, "kept_out"
    the rows with an error or a conflict. The findings are rows of their own.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be checked")
        REFUSED = "refused", _("Refused")
        CHECKED = "checked", _("Checked")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored_file = OwnedKey("jobs.StoredFile", related_name="+", db_index=False, help_text="the file as it came")
    wanted_format = models.CharField(max_length=40, default="auto")
    format = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict, help_text="rules of a person by which it is read; without kind, none")
    saved_mapping = OwnedKey("imports.SavedMapping", null=True, related_name="+", db_index=False)
    toward = models.CharField(
        max_length=80,
        blank=True,
        db_default="",
        help_text="code of the designation for which its promises and stages are, where the file names none",
    )
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    outcome = models.JSONField(default=dict)
    applied = models.JSONField(default=dict, help_text="what was made, in counts")
    job = OwnedKey("jobs.Job", null=True, related_name="+", db_index=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone = models.JSONField(default=dict, help_text="what was taken back and what stayed, in counts")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undo_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-uploaded_at"], name="import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False), name="applied_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False), name="undone_has_its_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def stands(self) -> bool:
        """Whether something that it brought stands: it was applied, and not undone since."""
        return self.applied_at is not None and (self.undone_at is None or self.undone_at < self.applied_at)


class SavedMapping(AgencyOwned):
    """The rules by which files of one system, or of one bank account, are read, under a name. Files take a copy, so
    that editing it changes nothing that came in. A removed one keeps its row, so that removing can be undone.
    """

    name = models.CharField(max_length=80)
    rules = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(removed_at=None), name="one_mapping_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportFinding(AgencyOwned):
    """One thing to say about one row of a file, or about the file (row 0), as it was judged last. It may quote what the
    file says of a person, and goes with its import.
    """

    class Kind(models.TextChoices):
        """The lists of findings, the most urgent first."""

        ERRORS = "errors", _("Errors")
        CONFLICTS = "conflicts", _("Conflicts")
        REVIEW = "review", _("To review")
        WARNINGS = "warnings", _("Warnings")
        DUPLICATES = "duplicates", _("There already")

    import_run = OwnedKey(ImportRun, models.CASCADE, related_name="findings", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveIntegerField(help_text="from 1 in each list")
    row = models.PositiveIntegerField(help_text="data records from 1; 0 is the file")
    line = models.PositiveIntegerField(help_text="line of the file")
    column = models.TextField(blank=True, help_text="as the file names it")
    reason = models.CharField(max_length=40)
    message = models.TextField()
    key = models.TextField(blank=True, help_text="of the gift or the donor")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "import_run", "kind", "position"], name="finding_in_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}: {self.reason}"


class HeldRow(AgencyOwned):
    """One row that an error or a conflict keeps out, as the file has it, as it was judged last: what a person corrects.

    columns, cells: beside each other, a cell without a column is called "#7".
    """

    import_run = OwnedKey(ImportRun, models.CASCADE, related_name="held_rows", db_index=False)
    line = models.PositiveIntegerField(help_text="line of the file, where the row begins")
    row = models.PositiveIntegerField(help_text="data records from 1, in each section")
    section = models.CharField(max_length=20)
    columns = models.JSONField()
    cells = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "import_run", "line"], name="row_held_once")]

    def __str__(self) -> str:
        return f"line {self.line}"


class CellCorrection(AgencyOwned):
    """What a person wrote over one cell of a file, which itself stays as it came: the newest of a cell counts. Never
    changed, but for erasure of what it quotes.
    """

    import_run = OwnedKey(ImportRun, related_name="corrections", db_index=False)
    line = models.PositiveIntegerField(help_text="line of the file, where the row begins")
    row = models.PositiveIntegerField(help_text="data records from 1, in each section")
    column = models.TextField(help_text="as the file names it")
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "import_run", "id"], name="correction_of_import")]

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}"


class StagedRow(AgencyOwned):
    """One row of an applied file as it came: the giver's own mark is the evidence of what they meant. Its cells are
    never changed, but for erasure; its verdict may be, when the file is applied once more.
    """

    import_run = OwnedKey(ImportRun, related_name="rows", db_index=False)
    row = models.PositiveIntegerField(help_text="data records from 1")
    line = models.PositiveIntegerField(help_text="line of the file")
    section = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=10)
    key = models.CharField(max_length=250, blank=True)
    cells = models.JSONField(help_text="column name to cell, as the file has it, less secrets")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "import_run", "section", "row"], name="row_staged_once")
        ]

    def __str__(self) -> str:
        return f"row {self.row}"
