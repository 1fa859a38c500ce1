"""English. The sentences of law follow IRS Publication 1771."""

from reports.documents.statement.words.phrases import Words

WORDS = Words(
    lang="en",
    title="Giving statement {year}",
    number="Statement number",
    issued="Date of statement",
    tax_id="EIN",
    corrected="Corrected statement, version {version}. It replaces version {replaced} of {date}.",
    thanks="Thank you. This statement lists the gifts that {agency} received from you in {year}, each on the date that"
    " you gave it.",
    no_gifts="No gifts of {year} remain on record.",
    gifts_in="Gifts in {currency}",
    total_in="Total in {currency}",
    date="Date",
    designation="For",
    tendered="You gave",
    in_return="In return",
    amount="Amount",
    refund="Refund",
    tendered_note="Amounts stand in the currency in which we entered them. Where you gave in another currency, what you"
    " gave stands beside the amount and is not added to it.",
    goods_title="Gifts other than money",
    goods_description="Description",
    goods_note="We describe these gifts and state no value: establishing it is up to you.",
    nothing="Nothing",
    described="{description}, estimated at {estimate}",
    goods_or_services="Goods or services",
    intangible="Intangible religious benefits",
    law_title="What you received in return",
    law_nothing="No goods or services were provided in exchange for this gift.",
    law_described="Goods or services were provided in exchange for this gift. They are described beside it, with a"
    " good-faith estimate of their value.",
    law_intangible="The goods or services provided in exchange for this gift consisted entirely of intangible religious"
    " benefits.",
    disclosure_title="Payments made partly for goods or services",
    disclosure="Your payment of {payment} on {date} was made partly for goods or services: {description}. Our"
    " good-faith estimate of their value is {estimate}. The amount that is deductible for U.S. federal income tax"
    " purposes is limited to the excess of what you paid over the value of these goods or services.",
    disclosure_excess="That excess is {excess}.",
    recognition_title="For recognition only, not for tax purposes",
    recognition_note="These gifts reached us through a donor-advised fund or a giving fund. The fund is the legal donor"
    " and has given its own receipt. We list them with our thanks; they are in no total above.",
    through="Given through",
    control="All gifts are made to {agency}, which has full control and discretion over their use.",
    keep="Please keep this statement with your tax records.",
    page="Page {page} of {pages}",
)
