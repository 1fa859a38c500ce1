"""Whether a file is a bank's statement, and judging it as one."""

from imports.reading.camt import looks_like_camt, refuse_other_report
from imports.reading.delimited import TextFile, open_text
from imports.reading.findings import FileRefused
from imports.reading.limits import refuse_oversize
from imports.reading.ofx import looks_like_ofx
from imports.reading.sniffing import refuse_unreadable
from partners.imports.context import Context
from partners.imports.statements import BANK_CSV, CAMT, OFX
from partners.imports.statements.bank_csv import header_line_of, judge_bank_csv
from partners.imports.statements.camt import judge_camt
from partners.imports.statements.judged import Statement
from partners.imports.statements.ofx import judge_ofx


def judge_statement(data: bytes, context: Context, format_name: str, auto: str) -> Statement | None:
    """The judged statement, or None when the bytes are no OFX and no CAMT. Raises FileRefused."""
    if format_name == BANK_CSV:
        return judge_bank_csv(open_text(data), context)
    if format_name == OFX or (format_name == auto and looks_like_ofx(data)):
        if not looks_like_ofx(data):
            refuse_unreadable(data)
            raise FileRefused("not_recognised", "This file does not begin as OFX or QFX does.")
        refuse_oversize(data)
        return judge_ofx(data, context)
    if format_name == CAMT or (format_name == auto and looks_like_camt(data)):
        refuse_unreadable(data)
        return judge_camt(data, context)
    if format_name == auto:
        refuse_other_report(data)
    return None


def is_bank_csv(text: TextFile) -> bool:
    """Whether a table that no other format knows is a bank's."""
    return header_line_of(text) > 0
