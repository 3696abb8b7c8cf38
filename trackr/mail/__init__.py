"""Mail out: who is told of what happens (rules), the outbox, letters as their reader may read them, and the way out.

Nothing here knows a request: all of it is done by the worker, in the reader's language and time zone.
"""

from trackr.mail.post import post

__all__ = ["post"]
