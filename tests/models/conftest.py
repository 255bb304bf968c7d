"""Models small enough to be made here: random weights, a vocabulary of a few words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

TEXT = "[PAD] [UNK] [CLS] [SEP] query passage find : . ? who left the harbour of lisbon ships bread is baked in an oven"
WORDS = TEXT.split()
MAX_TOKENS = 32


def make_folder(folder: Path, model: Any) -> Path:
    """`model` is a transformers model; Any, because their own types are partial."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordPiece({word: row for row, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, model_max_length=MAX_TOKENS, **special).save_pretrained(folder)
    model.save_pretrained(folder)
    return folder


def bert(**options: Any) -> BertConfig:
    torch.manual_seed(0)
    return BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=0.5,
        **options,
    )


@pytest.fixture(scope="session")
def plain_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedding model without prompts, named like nothing known."""
    from sentence_transformers import SentenceTransformer

    folder = tmp_path_factory.mktemp("models") / "plain"
    made = make_folder(folder.with_name("bare"), BertModel(bert()))
    SentenceTransformer(str(made), device="cpu", local_files_only=True).save(str(folder))
    return folder


def copy_with_prompts(source: Path, folder: Path, prompts: dict[str, str]) -> Path:
    shutil.copytree(source, folder)
    path = folder / "config_sentence_transformers.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"prompts": prompts}))
    return folder


@pytest.fixture(scope="session")
def widened_folder(plain_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedding model with a linear layer behind the pooling: 16 dimensions a token, 24 a sentence."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense

    folder = tmp_path_factory.mktemp("models") / "widened"
    plain = SentenceTransformer(str(plain_folder), device="cpu", local_files_only=True)
    torch.manual_seed(1)
    layer = Dense(16, 24, activation_function=torch.nn.Identity())
    SentenceTransformer(modules=[*plain, layer], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="session")
def cross_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "cross"
    return make_folder(folder, BertForSequenceClassification(bert(num_labels=1)))


@pytest.fixture(scope="session")
def classifier_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three figures for a pair, as models for inference between sentences give."""
    folder = tmp_path_factory.mktemp("models") / "classifier"
    return make_folder(folder, BertForSequenceClassification(bert(num_labels=3)))
