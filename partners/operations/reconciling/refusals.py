"""Why a line cannot be matched so."""

from core.errors import Refused
from core.money import Money


class LineGone(Refused):
    """Only lines that stand are explained."""

    code = "line_gone"
    message = "This line counts no more: its import was undone, or the bank replaced it. Open the page again."


class LineMatched(Refused):
    """A line is explained once."""

    code = "line_matched"
    message = "This line was matched in the meantime. Open the page again to see with what."


class NotExplained(Refused):
    """What explains a line comes to the line, to the cent."""

    code = "not_explained"
    status = 422

    def __init__(self, gap: Money) -> None:
        self.gap = gap
        said = Money(abs(gap.minor), gap.currency).decimal_string()
        missing = "is not explained yet" if gap.minor > 0 else "too much is explained"
        super().__init__(
            f"{said} {gap.currency} {missing}. Choose other batches or gifts, enter the fee, "
            "or say what the rest is if it is no gift."
        )


class NothingChosen(Refused):
    """A match says what a line is."""

    code = "nothing_chosen"
    status = 422
    message = "Choose the batches or gifts that this line brought, or say why it is no gift."


class MatchedBefore(Refused):
    """A gift that was corrected is the same money."""

    code = "matched_before"
    message = "This gift stands in the place of one that a line explains already. Take that match back first."


class ChosenTwice(Refused):
    """A batch or gift is one part of a match."""

    code = "chosen_twice"
    status = 422
    message = "The same batch or gift is named twice. Name it once, with the whole of what came."


class FeeAdds(Refused):
    """A fee was kept back: it takes away from what came."""

    code = "fee_adds"
    status = 422
    message = "A fee takes away from what came, so it is below zero. Say of money that came beside gifts what it is."


class NotOpenForMatch(Refused):
    """A batch or gift is matched up to what it comes to, in its own currency, and only once it is posted."""

    code = "not_open_for_match"
    message = (
        "One of these batches or gifts was matched in the meantime, was taken back, or is not of this currency. "
        "Open the page again."
    )


class OtherDeposit(Refused):
    """What was booked to one deposit account does not arrive at another one, but for what a processor pays out."""

    code = "other_deposit"

    def __init__(self, line_at: str, booked_to: str) -> None:
        super().__init__(
            f"This line came to “{line_at}”, and what you chose was booked to “{booked_to}”. If the account at the "
            f"bank is “{booked_to}”, say so under “Which account is which”. Money that a processor paid out is matched "
            "by the file of its payouts; without one, say that the line is a transfer between own accounts."
        )


class MatchGone(Refused):
    """A form that comes again answers for what stands."""

    code = "match_gone"
    message = "This form matched the line before, and the match was taken back since. Open the page again."


class NothingLikeThat(Refused):
    """What a form or a program names has to be there."""

    code = "no_such_match"
    status = 422
    message = "This is not proposed any more. Open the page again."


class FeeIsPosted(Refused):
    """A fee stands in the ledger once, and a match whose fee stands there is not taken back."""

    code = "fee_is_posted"
    message = "The fee of this line stands in the ledger. Take the posted fee back first."


class NoFee(Refused):
    """Only a fee is posted."""

    code = "no_fee"
    message = "Nothing was kept back of this line, so there is no fee to post."


class NobodyBears(Refused):
    """A fee is shared among the designations of the gifts behind it."""

    code = "nobody_bears"
    field = "bearer"
    status = 422
    message = "No gift with a designation stands behind this line. Choose the designation that bears the fee."


class NoPostedFee(Refused):
    """What does not stand in the ledger is not taken back."""

    code = "no_posted_fee"
    message = "The fee of this line does not stand in the ledger any more."


class TakenBack(Refused):
    """A match is taken back once."""

    code = "match_taken_back"
    message = "This match was taken back before. The line is in the queue again."
