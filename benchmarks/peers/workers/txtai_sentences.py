"""txtai: hybrid search over whole sentences up to 1,000 characters, cut by the chunker it offers beside paragraphs.

Of its chunkers and sizes tried on chroma_chunking, xquad_en and policyqa_dev (80 questions each) it finds most in the
first five passages; a paragraph may be a whole file.
"""

from __future__ import annotations

import sys

from txtai.pipeline import Segmentation

from benchmarks.peers.workers.serving import serve
from benchmarks.peers.workers.txtai_hybrid import PACKAGES, TxtaiHybrid

CHARACTERS = 1000

if __name__ == "__main__":
    chunker = Segmentation(chunker="sentence", chunk_size=CHARACTERS, tokenizer="character", cleantext=False)
    serve(TxtaiHybrid(sys.argv[1], chunker), (*PACKAGES, "chonkie"))
