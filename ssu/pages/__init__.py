"""From answers of `ssu.queries` to what templates draw: words, addresses, days. Nothing here writes, nothing decides
who may see.
"""
