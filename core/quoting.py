"""What somebody wrote, said back to them within a sentence."""


def quoted(text: str, most: int = 40) -> str:
    """The text in quotation marks, cut after so many characters; what cannot be printed is written as its code, so that
    a sentence stays a line and nothing in it turns the direction of reading.
    """
    cut = text if len(text) <= most else f"{text[:most]}…"
    return f"“{''.join(each if each.isprintable() else ascii(each)[1:-1] for each in cut)}”"
