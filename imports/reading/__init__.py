"""From the bytes of a file to records of text cells, with row and line numbers. Knows nothing of gifts or partners.

`delimited.read_table` reads one table with a header line, `sections.read_sections` an INI-like file with tables in
`[SECTIONS]`. Both raise `FileRefused` when the whole file is no good; what is wrong with one record is a `Finding` of
that record. `child` runs either in a process that can be killed.
"""
