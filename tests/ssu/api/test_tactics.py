"""The inventory of tactics and the starter pack through the API."""

from collections.abc import Callable
from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from ssu import operations, starter
from ssu.models import StarterText, Tactic, Worker
from tests.programs import Program

Programs = Callable[[User], Program]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def test_rows_are_written_decided_taken_off_and_put_back(
    inside: Agency, led: SimpleNamespace, carol: User, program: Programs
) -> None:
    mine, path = program(carol), f"units/{led.open.pk}/tactics/"
    status, (row,) = mine.send(path, what="Newsletter")
    assert (status, row["decision"], row["who_name"]) == (201, "", None)
    one = f"{path}{row['id']}/"
    assert mine.refused(path, what="Newsletter") == (409, "tactic_there", "what")
    assert mine.refused(one, method="patch", decision="stop") == (422, "tactic_reason", "why")
    status, (row,) = mine.patch(one, decision="adapt", why="Too long.", who=worker(carol).pk)
    assert (status, row["decision"], row["what"], row["who_name"]) == (200, "adapt", "Newsletter", "Carol")
    assert mine.patch(one, by_when="2030-01-01")[1][0]["why"] == "Too long."
    assert mine.send(f"{one}remove/") == (200, [])
    assert mine.refused(f"{one}remove/") == (409, "tactic_gone", None)
    assert mine.send(f"{one}restore/")[1][0]["what"] == "Newsletter"


def test_it_begins_from_the_pack(inside: Agency, led: SimpleNamespace, carol: User, program: Programs) -> None:
    path = f"units/{led.open.pk}/tactics/"
    status, rows = program(carol).send(f"{path}begin/")
    assert (status, len(rows)) == (200, len(starter.entries(inside, "tactics")))
    assert program(carol).send(f"{path}begin/") == (200, rows)


def test_only_who_serves_here_does_something_about_it(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, program: Programs
) -> None:
    path = f"units/{led.open.pk}/tactics/"
    other = operations.add_worker(agency=inside, actor=alice, name="Naomi")
    for pk in (other.pk, 987_654_321):
        assert program(carol).refused(path, what="Newsletter", who=pk) == (409, "not_on_the_team", "who")


def test_who_may(inside: Agency, led: SimpleNamespace, bob: User, dan: User, mallory: User, program: Programs) -> None:
    path = f"units/{led.open.pk}/tactics/"
    row = operations.add_tactic(agency=inside, actor=bob, unit=led.open, what="Newsletter")
    for user, status in ((dan, 403), (mallory, 404)):
        asked = program(user)
        assert asked.send(path, what="Calls")[0] == status
        assert asked.patch(f"{path}{row.pk}/", why="x")[0] == status
        assert [asked.send(f"{path}{rest}/")[0] for rest in ("begin", f"{row.pk}/remove", f"{row.pk}/restore")] == [
            status
        ] * 3
    assert [program(dan).status(f"units/{unit.pk}/tactics/") for unit in (led.open, led.closed)] == [200, 404]
    assert program(bob).patch(f"units/{led.closed.pk}/tactics/{row.pk}/", why="x")[0] == 404
    assert Tactic.objects.count() == 1


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, program: Programs
) -> None:
    counts = []
    for number in range(3):
        operations.add_tactic(agency=inside, actor=bob, unit=led.open, what=f"Tactic {number}", who=worker(bob))
        if number in (0, 2):
            counts.append(program(dan).queries(f"units/{led.open.pk}/tactics/"))
    assert counts[0] == counts[1]


# the starter pack


def test_the_pack_is_read(inside: Agency, dan: User, mallory: User, program: Programs) -> None:
    parts = program(dan).get("starter-pack/")
    assert [each["key"] for each in parts] == [part.key for part in starter.PARTS]
    assert {each["is_own"] for each in parts} == {False}
    one = program(dan).get("starter-pack/tactics/")
    assert (one["text"], one["versions"], one["draft"], one["revision"]) == (
        starter.original("tactics"),
        [],
        None,
        None,
    )
    assert program(dan).status("starter-pack/nothing/") == 404
    assert program(mallory).status("starter-pack/") == 404


def test_own_words_are_kept_as_a_draft_used_and_given_back(inside: Agency, alice: User, program: Programs) -> None:
    mine, path = program(alice), "starter-pack/tactics/"
    status, kept = mine.send(path, text="Calls: Once a month.")
    assert (status, kept["draft"], kept["is_own"]) == (200, "Calls: Once a month.", False)
    assert kept["text"] == starter.original("tactics")
    assert mine.refused(path, text="Letters: Weekly.", revision=kept["revision"] - 1)[:2] == (409, "edited_meanwhile")
    status, used = mine.send(path, text="Calls: Once a month.", revision=kept["revision"], use=True)
    assert (status, used["text"], used["draft"], used["is_own"]) == (200, "Calls: Once a month.", None, True)
    assert used["versions"][0]["written_by"] == "Alice"
    assert mine.refused(path, text="Calls: Once a month.", use=True)[:2] == (409, "starter_unchanged")
    assert mine.refused(path, text="x" * 200, use=True) == (422, "starter_line", "text")
    status, back = mine.send(f"{path}return/", version=None)
    assert (status, back["text"], back["versions"][0]["is_original"]) == (200, starter.original("tactics"), True)
    assert mine.send(f"{path}return/", version=1)[1]["text"] == "Calls: Once a month."
    assert mine.send(f"{path}return/", version=9)[0] == 404
    assert StarterText.objects.count() == 3


def test_a_draft_is_dropped(inside: Agency, alice: User, program: Programs) -> None:
    path = "starter-pack/explanation/"
    program(alice).send(path, text="Our own.")
    assert program(alice).send(f"{path}drop/")[1]["draft"] is None


def test_who_writes_the_pack(inside: Agency, dan: User, alice: User, program: Programs) -> None:
    program(alice).send("starter-pack/tactics/", text="Calls: Once a month.")
    assert program(dan).get("starter-pack/tactics/")["draft"] is None
    for rest in ("", "return/", "drop/"):
        assert program(dan).send(f"starter-pack/tactics/{rest}", text="Mine.")[0] == 403
