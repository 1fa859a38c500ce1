"""Which paper a country writes on."""

LETTER_COUNTRIES = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
"""Countries that print on US Letter; all others use A4. Source: Unicode CLDR, supplemental data, paperSize."""


def paper_of(country: str) -> str:
    """`letter` or `a4`, by the ISO 3166 code of a country; the class of a document's body in `pdf/document.css`."""
    return "letter" if country.upper() in LETTER_COUNTRIES else "a4"
