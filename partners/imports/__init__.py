"""What rows of other systems mean: formats, rules of rows, and what a right import of a file finds.

Pure: bytes and a `Context` of plain data go in; judged lines, judged partners and an `Outcome` come out. No database.
`checking.check_file` is the door. The rules are those of `data/samples/README.md`.
"""
