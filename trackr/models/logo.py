"""The agency's logo: an image among the files of the instance, which statements name for as long as they exist."""

import logging
import re
from collections.abc import Iterable
from io import BytesIO

from trackr import log
from trackr.files import store
from trackr.files.contents import FULL
from trackr.models.agency import Agency
from trackr.models.base import Refused
from trackr.models.statement import Statement

logger = logging.getLogger(__name__)
_named = re.compile(r'"logo":"([0-9a-f]{64})"')  # within a document, where the quotes of a text are escaped


def keep(png: bytes) -> str:
    """Have the store hold it, and return its digest. Raises Refused("disk_full", "logo")."""
    try:
        return store.put(BytesIO(png))
    except OSError as problem:
        if problem.errno not in FULL:
            raise
        log.event(logger, "disk_full", level=logging.ERROR, error=repr(problem))
        raise Refused("disk_full", "logo") from problem


def used_digests(among: Iterable[str] | None = None) -> set[str]:
    """Of the logos that the agency or a statement has; of all, unless some are named."""
    current = {digest for (digest,) in Agency.select(Agency.logo).tuples() if digest}
    if among is not None:
        return {one for one in among if one in current or _is_told(one)}
    documents = Statement.select(Statement.document).where(Statement.document != "").tuples().iterator()
    return current | {found[1] for (document,) in documents if (found := _named.search(document))}


def _is_told(digest: str) -> bool:
    return Statement.select().where(Statement.document.contains(f'"logo":"{digest}"')).exists()
