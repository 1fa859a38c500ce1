"""`./dev bench`: each benchmark runs its subject and its reference in turn, in one process and one database, and
reports their ratio. A ratio survives another machine and a busy one; a time does not.
"""
