"""The few marks of a letter, made into HTML that can hold nothing else, and into plain text.

Paragraphs stand apart by an empty line. `# ` begins a heading, `- ` an item of a list; `**bold**`, `*italic*`,
`[words](https://…)`. Everything else, HTML too, is text. Nobody's HTML is ever taken over: it is made here from
escaped text and then sanitized once more.
"""

import re

import nh3
from django.utils.html import escape

TAGS = {"p", "br", "h3", "ul", "li", "strong", "em", "a"}
BLOCKS = re.compile(r"\n[ \t]*\n+")
LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((https?://[^\s()<>{}\"']{1,500})\)")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![*\w])")


def to_html(body: str) -> str:
    """The HTML of a letter's body. Safe to show; merge fields stand in it as they were written."""
    made = "\n".join(block_html(block) for block in blocks(body))
    return nh3.clean(made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel="noopener")


def to_text(body: str) -> str:
    """The plain text of a letter's body: links written out, marks left away."""
    return "\n\n".join(inline_text(block.removeprefix("# ")) for block in blocks(body))


def blocks(body: str) -> list[str]:
    """The paragraphs, headings and lists, without space around them."""
    even = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return [block.strip() for block in BLOCKS.split(even) if block.strip()]


def block_html(block: str) -> str:
    """One paragraph, heading or list."""
    lines = [line.strip() for line in block.split("\n")]
    if lines[0].startswith("# ") and len(lines) == 1:
        return f"<h3>{inline_html(lines[0][2:])}</h3>"
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{inline_html(line[2:])}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(inline_html(line) for line in lines)}</p>"


def inline_html(text: str) -> str:
    """Escape, then make the marks inside a line."""
    made = LINK.sub(r'<a href="\2">\1</a>', str(escape(text)))
    return ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", made))


def inline_text(text: str) -> str:
    """The same marks in plain text."""
    made = LINK.sub(r"\1 (\2)", text)
    return ITALIC.sub(r"\1", BOLD.sub(r"\1", made))
