"""What the columns and values of a file of another system are, in our words: the rules, what can be mapped to, and how
both are checked. Knows nothing of gifts: the domain names its facts.
"""
