"""Blocks and sentences of a text, as spans. Pure: no files, no model, nothing in the text is changed.

`find_furniture` and `find_blocks` are for plain text; formats that know their blocks bring their own.
`split_sentences` is for every format.
"""

from quoth.segment.blocks import find_blocks
from quoth.segment.lines import find_furniture
from quoth.segment.sentences import Group, split_sentences

__all__ = ["Group", "find_blocks", "find_furniture", "split_sentences"]
