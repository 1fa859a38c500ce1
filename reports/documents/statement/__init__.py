"""The annual giving statement of one giving unit: what it holds, what it refuses, how it is printed.

The law that shapes it (United States):
- IRC §170(f)(8) and IRS Publication 1771: name of the organization; amount of each gift of money; a description, but no
  value, of each gift in kind; and for each gift exactly one of three statements: no goods or services were provided in
  return, or their description and a good-faith estimate of their value, or that they were entirely intangible religious
  benefits. One statement may cover the gifts of a year.
- IRC §6115: a payment over $75 made partly for goods or services gets the quid pro quo disclosure.
- Revenue Ruling 62-113: the gift stays under the control and discretion of the organization.

Every name comes in resolved for the reader: a unit of level closed appears by its alias. The document masks nothing and
looks nothing up. Metadata and file name carry the receipt number and never the name of a person.
"""

from reports.documents.statement.content import (
    Agency,
    GoodsOrServices,
    InReturn,
    Line,
    Receiver,
    Replaced,
    SoftCredit,
    Statement,
    StatementRefused,
)
from reports.documents.statement.printing import file_name, render_statement

__all__ = [
    "Agency",
    "GoodsOrServices",
    "InReturn",
    "Line",
    "Receiver",
    "Replaced",
    "SoftCredit",
    "Statement",
    "StatementRefused",
    "file_name",
    "render_statement",
]
