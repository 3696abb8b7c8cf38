"""Whose files these are, when root looks after an instance that runs as somebody else."""

import os
from pathlib import Path


def hand_over(path: Path) -> None:
    """Give what root has made to the owner of its folder: Trackr, which runs as that owner, has to use it."""
    owner = path.parent.stat()
    if os.geteuid() == 0 and path.stat().st_uid != owner.st_uid:
        os.chown(path, owner.st_uid, owner.st_gid)
