"""What Office documents of any kind say of themselves."""

from __future__ import annotations

import zipfile

from quoth.parsing.about import ANONYMOUS, About, about
from quoth.parsing.archive import child, read_xml, words

_CORE = "docProps/core.xml"


def core_about(archive: zipfile.ZipFile) -> About:
    """From the core properties (ECMA-376, part 2, 8)."""
    if _CORE not in archive.namelist():
        return ANONYMOUS
    core = read_xml(archive, _CORE)
    return about(*(words(child(core, name)) for name in ("title", "creator", "created")))
