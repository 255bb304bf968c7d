"""Control words of RTF 1.9.1, by what becomes of them."""

from __future__ import annotations

from typing import Final

CHARACTERS: Final = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "\N{EM DASH}",
    "endash": "\N{EN DASH}",
    "emspace": "\N{EM SPACE}",
    "enspace": "\N{EN SPACE}",
    "qmspace": "\N{FOUR-PER-EM SPACE}",
    "bullet": "\N{BULLET}",
    "lquote": "\N{LEFT SINGLE QUOTATION MARK}",
    "rquote": "\N{RIGHT SINGLE QUOTATION MARK}",
    "ldblquote": "\N{LEFT DOUBLE QUOTATION MARK}",
    "rdblquote": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "zwj": "\N{ZERO WIDTH JOINER}",
    "zwnj": "\N{ZERO WIDTH NON-JOINER}",
    "ltrmark": "\N{LEFT-TO-RIGHT MARK}",
    "rtlmark": "\N{RIGHT-TO-LEFT MARK}",
}
SYMBOLS: Final = {b"~": "\N{NO-BREAK SPACE}", b"_": "\N{NON-BREAKING HYPHEN}", b"\t": "\t"}
TEXT_SYMBOLS: Final = frozenset({b"\\", b"{", b"}"})
ITEM_MARKS: Final = frozenset({"listtext", "pntext"})
"""Groups that hold a bullet or number, which stands before the paragraph where it is shown."""
# fmt: off
SKIPPED: Final = frozenset({
    "colortbl", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "objdata", "objclass", "template", "filetbl", "pntxta", "pntxtb", "nonesttables", "nonshppict", "shprslt", "sp",
    "xe", "rxe", "txe", "tc", "tcn", "upr", "fldinst", "bkmkstart", "bkmkend", "comment", "atnid", "listtable",
    "listoverridetable", "revtbl", "generator", "subject", "manager", "company", "operator", "category", "keywords",
    "doccomm", "hlinkbase", "revtim", "printim", "buptim", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc",
    "aftncn",
})
# fmt: on
READ_ASIDE: Final = frozenset(
    {"footnote", "annotation", "shptxt", "dptxbxtext", "fonttbl", "stylesheet", "atnauthor", "atndate"}
)
"""Groups whose text is none of the flow that they stand in."""
OF_THE_DOCUMENT: Final = frozenset({"title", "author", "creatim"})
"""Those of the group info."""
TRANSPARENT: Final = frozenset({"shpinst", "do", "moMath", "moMathPara", "nesttableprops"})
"""Groups that programs may skip, but which hold text of the document, or its order."""
SETTINGS: Final = frozenset(
    {"f", "fcharset", "cpg", "deff", "ansi", "mac", "pc", "pca", "ansicpg", "plain", "deleted", "uc", "ftnalt"}
    | {
        "yr",
        "mo",
        "dy",
        "pard",
        "par",
        "sect",
        "nestcell",
        "nestrow",
        "cell",
        "row",
        "s",
        "outlinelevel",
        "ls",
        "intbl",
    }
)
"""Words after which something else holds, or which end a paragraph. Most others say how text looks."""
