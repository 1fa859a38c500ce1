"""The words of PayPal's activity download in other languages, and what each column is called there."""

GERMAN_TYPES = {
    "spendenzahlung": "Donation Payment",
    "abonnementzahlung": "Subscription Payment",
    "website-zahlung": "Website Payment",
    "zahlung auf website": "Website Payment",
    "rückzahlung": "Payment Refund",
    "zahlungsrückbuchung": "Payment Reversal",
    "rückbuchung": "Chargeback",
    "allgemeine autorisierung": "General Authorization",
    "einbehaltung für offene autorisierung": "Account Hold for Open Authorization",
    "rückbuchung allgemeiner einbehaltung": "Reversal of General Account Hold",
    "allgemeine währungsumrechnung": "General Currency Conversion",
    "allgemeine abbuchung": "General Withdrawal",
}
GERMAN_STATES = {
    "abgeschlossen": "Completed",
    "ausstehend": "Pending",
    "abgelehnt": "Denied",
    "storniert": "Canceled",
    "zurückgezahlt": "Refunded",
    "teilweise zurückgezahlt": "Partially Refunded",
}

COLUMNS = {
    "gift_date": "Date",
    "donor_name": "Name",
    "category": "Type",
    "state": "Status",
    "currency": "Currency",
    "amount": "Gross",
    "fee": "Fee",
    "net": "Net",
    "from": "From Email Address",
    "to": "To Email Address",
    "gift_id": "Transaction ID",
    "designation": "Item ID",
    "named": "Reference Txn ID",
    "custom": "Custom Number",
    "subject": "Subject",
    "memo": "Note",
    "impact": "Balance Impact",
    "address1": "Address Line 1",
    "address2": "Address Line 2/District/Neighborhood",
    "city": "Town/City",
    "state_of": "State/Province/Region/County/Territory/Prefecture/Republic",
    "postal_code": "Zip/Postal Code",
    "country": "Country",
    "phone": "Contact Phone Number",
}
GERMAN = {
    "gift_date": "Datum",
    "donor_name": "Name",
    "category": "Typ",
    "state": "Status",
    "currency": "Währung",
    "amount": "Brutto",
    "fee": "Gebühr",
    "net": "Netto",
    "from": "Absender E-Mail-Adresse",
    "to": "Empfänger E-Mail-Adresse",
    "gift_id": "Transaktionscode",
    "designation": "Artikelnummer",
    "named": "Zugehöriger Transaktionscode",
    "custom": "Zollnummer",
    "subject": "Betreff",
    "memo": "Hinweis",
    "impact": "Auswirkung auf Guthaben",
    "address1": "Adresszeile 1",
    "address2": "Adresszusatz",
    "city": "Ort",
    "state_of": "Bundesland",
    "postal_code": "PLZ",
    "country": "Land",
    "phone": "Telefon",
}
ENGLISH_TOO = {
    "gift_id": ("TransactionID",),
    "designation": ("Item Number",),
    "named": ("Reference Transaction ID",),
    "address2": ("Address Line 2",),
    "state_of": ("State/Province",),
    "city": ("City",),
    "postal_code": ("Postal Code",),
    "phone": ("Phone Number", "Contact Phone"),
}
OTHERS = (
    *("Time", "TimeZone", "Shipping Address", "Address Status", "Item Title", "Shipping and Handling Amount", "VAT"),
    *("Insurance Amount", "Sales Tax", "Option 1 Name", "Option 1 Value", "Option 2 Name", "Option 2 Value"),
    *("Invoice Number", "Quantity", "Receipt ID", "Balance", "Country Code", "Tip", "Discount", "Authorization ID"),
    *("Uhrzeit", "Zeitzone", "Lieferadresse", "Adress-Status", "Artikelbezeichnung", "Versicherungsbetrag"),
    *("Versand- und Bearbeitungsgebühr", "Umsatzsteuer", "Option 1 Wert", "Option 2 Wert", "Rechnungsnummer"),
    *("Anzahl", "Empfangsnummer", "Guthaben", "Ländervorwahl"),
)
"""Columns that are kept with the row only."""

NO_GIFTS = frozenset(
    {
        *("general authorization", "account hold for open authorization", "reversal of general account hold"),
        *("general currency conversion", "general withdrawal", "user initiated withdrawal", "general account hold"),
        *("bank deposit to pp account", "bank deposit to pp account (obselete)", "general credit card deposit"),
        *("hold on balance for dispute investigation", "cancellation of hold for dispute resolution"),
        *("payment review hold", "payment review release", "payment hold", "payment release", "general hold"),
        *("general hold release", "reserve hold", "reserve release", "temporary hold", "fee reversal", "void"),
        *("withdraw funds to a bank account", "withdraw funds to bank account", "add funds from a bank account"),
        *("currency conversion", "update to echeck received", "authorization", "temporary hold placed"),
        *("general credit card withdrawal", "reversal of general withdrawal", "void of authorization"),
    }
)
"""Types that only move, hold or exchange what is there; any other that brings money in is asked about."""
WAITING = frozenset(
    {
        *("pending", "denied", "canceled", "cancelled", "expired", "failed", "voided", "removed", "refused", "held"),
        *("placed", "unclaimed", "uncleared", "processing", "in progress", "on hold"),
    }
)
"""States in which no money has come in."""
