"""Invented content for the gallery of components."""

from types import SimpleNamespace as Part


def _links(**labels: str) -> list[Part]:
    return [Part(label=label, url=f"#{key}", current=False, icon="") for key, label in labels.items()]


SHELL = Part(
    space_name="Harbor Light",
    space_kind="agency",
    role_label="Administrator",
    spaces_url="#spaces",
    nav=[
        Part(label="Home", url="#home", current=False, icon=""),
        Part(label="Units", url="#units", current=True, icon=""),
        *_links(partners="Partners", giving="Giving", letters="Letters", reports="Reports", settings="Settings"),
    ],
    add=_links(contact="Log contact", gift="Gift", partner="Partner", commitment="Commitment"),
    search_url="#",
    search_query="",
    notices_url="#notices",
    notice_count=3,
    profile_name="Alice Moreau",
    profile_url="#me",
)

TABS = [
    Part(label="Overview", url="#overview", current=True, count=None),
    Part(label="Roll-out", url="#roll-out", current=False, count=None),
    Part(label="Partners", url="#unit-partners", current=False, count=214),
    Part(label="Budget", url="#budget", current=False, count=None),
]


def _task(title: str, meta: str, status: str, tone: str, note: str, current: bool = False) -> Part:
    return Part(
        title=title,
        meta=meta,
        status=status,
        tone=tone,
        note=note,
        url="#step",
        done=tone == "done",
        current=current,
        number=None,
    )


TASKS = [
    _task(
        "Identify the smallest strategic unit",
        "1 of 1",
        "Completed",
        "done",
        "Amira village cluster, 14 communities. Evidence: field map.pdf. Confirmed by R. Osei, 3 Mar 2026",
    ),
    _task(
        "Set the impact goal",
        "1 of 1",
        "Completed",
        "done",
        "“Scripture in use in 14 communities by 2029.” Confirmed by R. Osei, 18 Mar 2026",
    ),
    _task("Dialogue with team leadership", "2 of 2", "Ready to confirm", "warn", "Claimed by L. Park, 2 May 2026"),
    _task(
        "Coach every team member",
        "5 of 8 people",
        "In progress",
        "prog",
        "Next: coach J. Mbeki, T. Alvarez, S. Noor. Due 30 Nov 2026",
        current=True,
    ),
    _task("Core messages and vision-based budget", "1 of 3", "Late 30 days", "bad", "Budget and guidelines missing"),
    _task(
        "One partner management system", "0 of 2", "Not ready yet", "none", "Opens when step 5 has an approved budget"
    ),
]

EVIDENCE = [
    Part(
        icon="paperclip",
        url="#file",
        title="field map.pdf",
        meta="1.2 MB, added by L. Park, 2 Mar 2026",
        status="Confirmed",
        tone="done",
        remove_url="",
    ),
    Part(
        icon="sticky-note",
        url="",
        title="Talk with both village councils",
        meta="Note by L. Park, 4 Mar 2026",
        status="Ready to confirm",
        tone="warn",
        remove_url="#remove",
    ),
]

FACTS = [
    Part(label="Leader", value="L. Park", url="#leader"),
    Part(label="Place", value="Coastal region", url=""),
    Part(label="Impact goal", value="Scripture in use in 14 communities by 2029", url=""),
]

TILES = [
    Part(label="Received this year", value="$62,400", meta="as of 20 Nov 2026", url="#received"),
    Part(label="Partners", value="214", meta="12 new this year", url="#partners"),
    Part(label="Late commitments", value="3", meta="$420 a month", url="#late"),
]


def _cell(words: str, tint: str) -> Part:
    return Part(words=words, tint=tint, url="#cell")


MATRIX = Part(
    caption="Action items done per step",
    corner="Unit",
    columns=[
        Part(label="1 Unit", title="Identify the unit"),
        Part(label="2 Goal", title="Set the impact goal"),
        Part(label="3 Dialogue", title="Dialogue with team leadership"),
        Part(label="4 Coach", title="Coach every team member"),
        Part(label="5 Message", title="Core messages and budget"),
        Part(label="6 System", title="One partner management system"),
    ],
    rows=[
        Part(
            label="Amira village cluster",
            url="#amira",
            cells=[
                *[_cell("✓ 1/1", "done"), _cell("✓ 1/1", "done"), _cell("✓ 2/2", "done")],
                *[_cell("5/8", "2"), _cell("1/3", "1"), _cell("0/2", "0")],
            ],
        ),
        Part(
            label="Student hub North",
            url="#hub",
            cells=[
                *[_cell("✓ 1/1", "done"), _cell("✓ 1/1", "done"), _cell("1/2", "2")],
                *[_cell("! late", "late"), _cell("0/3", "0"), Part(words="n/a", tint="na", url="")],
            ],
        ),
    ],
)

PARTNERS = [
    Part(
        name="Grace Church, Leeds",
        steward="L. Park",
        amount="£250.00",
        last="2 Nov 2026",
        selected=True,
        status="Thank by 9 Nov",
        tone="warn",
    ),
    Part(
        name="M. Okafor",
        steward="L. Park",
        amount="£1,200.00",
        last="14 Jan 2026",
        selected=False,
        status="Late 30 days",
        tone="bad",
    ),
    Part(
        name="Lindqvist family",
        steward="R. Osei",
        amount="−£40.00",
        last="1 Nov 2026",
        selected=False,
        status="Up to date",
        tone="done",
    ),
]

TIMELINE = [
    Part(
        label="20 Nov 2026",
        entries=[
            Part(
                initials="LP",
                sentence="L. Park changed the commitment of M. Okafor",
                time="14:02",
                why="Agreed by phone",
                changes=[Part(field="Amount", before="$100.00", after="$120.00")],
                undo_url="#undo",
            ),
            Part(
                initials="RO",
                sentence="R. Osei confirmed step 3",
                time="9:41",
                why="",
                changes=[],
                undo_url="",
            ),
        ],
    )
]


def job_states() -> dict[str, Part]:
    """One job in each of its states; the running one polls the gallery's own answer."""
    running = {
        "id": "running",
        "title": "Import gifts-2026.csv",
        "status": "Running",
        "tone": "prog",
        "done": 1240,
        "total": 4000,
        "words": "1,240 of 4,000 rows checked",
        "log": ["14:02:10 File read: 4,000 rows", "14:02:12 Checking"],
        "failed": False,
        "url": "/look/job/",
        "cancel_url": "#cancel",
        "links": [],
        "poll_seconds": 2,
    }
    waiting = {
        "id": "waiting",
        "title": "Statements for 2026",
        "status": "Waiting",
        "tone": "none",
        "total": 0,
        "words": "Waits for a worker",
        "log": [],
    }
    done = {
        "status": "Done",
        "tone": "done",
        "done": 4000,
        "words": "4,000 rows applied, 3 left out",
        "cancel_url": "",
        "poll_seconds": 0,
        "links": [Part(label="Open the import", url="#import"), Part(label="Download the report", url="#report")],
    }
    failed = done | {
        "done": 1240,
        "id": "failed",
        "title": "Import partners.csv",
        "status": "Failed",
        "tone": "bad",
        "words": "The file ended in the middle of row 1,241. Nothing was applied.",
        "failed": True,
        "links": [Part(label="Try again", url="#again")],
    }
    return {
        "running": Part(**running),
        "waiting": Part(**(running | waiting | {"url": "/look/job/", "poll_seconds": 10})),
        "done": Part(**(running | done)),
        "failed": Part(**(running | failed)),
    }
