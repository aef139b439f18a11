"""Write the packaged model as a SentenceTransformer directory, and its questions' path as ONNX.

Imports torch: only ever imported when a model is made.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import sentencepiece
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentencepiece import sentencepiece_model_pb2
from transformers import AutoModel, BertConfig, BertModel
from transformers.utils import logging as transformers_logging

from embeddings.encoders.base import Floats
from embeddings.encoders.e5s1 import Model, packaged_file, read
from embeddings.encoders.onnx import HALFWAY

_LAYER_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
_SPACE = "\u2581"  # sentencepiece writes a word's leading space so


def write_sentence_transformer(
    directory: Path, query_prompt: str, passage_prompt: str, layers: Mapping[str, Floats] | None = None
) -> None:
    """A directory that `SentenceTransformer(directory)` opens: BERT, mean pooling, unit length.

    `layers` are weights, under transformers' names, that take the place of the package's own.
    """
    transformers_logging.disable_progress_bar()
    model = read(packaged_file())
    directory.mkdir(parents=True)
    bert = _bert(model)
    replaced = {name: torch.from_numpy(values) for name, values in (layers or {}).items()}
    bert.load_state_dict({**bert.state_dict(), **replaced})
    bert.save_pretrained(directory)
    _write(directory / "tokenizer.json", _tokenizer(model))
    for name, content in _settings(model, query_prompt, passage_prompt).items():
        (directory / name).parent.mkdir(exist_ok=True)
        _write(directory / name, content)
    (directory / "2_Normalize").mkdir()


def export_onnx(model_directory: Path, target: Path) -> None:
    """The model's last hidden states, and those halfway, as ONNX with int8 weights in the MatMuls only."""
    model = AutoModel.from_pretrained(model_directory, attn_implementation="eager").eval()
    exact = target.with_suffix(".float.onnx")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer warns of branches that our one shape never takes
        torch.onnx.export(
            _HiddenStates(model),
            (torch.ones(1, 8, dtype=torch.long), torch.ones(1, 8, dtype=torch.long)),
            str(exact),
            input_names=["input_ids", "attention_mask"],
            output_names=["states", "halfway"],
            dynamic_axes={
                name: {0: "batch", 1: "tokens"}
                for name in ("input_ids", "attention_mask", "states", "halfway")
            },
            opset_version=17,
            dynamo=False,
        )
    quantise(exact, target)
    _halve_word_table(target)
    exact.unlink()


class _HiddenStates(torch.nn.Module):  # type: ignore[misc]
    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        made = self.model(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        return made.last_hidden_state, made.hidden_states[HALFWAY]


def quantise(source: Path, target: Path) -> None:
    """int8 weights in the MatMuls, each column with a scale of its own."""
    logging.getLogger().addFilter(_no_preprocessing_hint)
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    logging.getLogger().removeFilter(_no_preprocessing_hint)


def _halve_word_table(path: Path) -> None:
    """Keep the word table, nine tenths of the file, as float16: it loads in half the time.

    Its weights are 4-bit steps of a float16 scale, so next to nothing is lost (int8 would lose a third
    of R@1).
    """
    model = onnx.load(path)
    tables = [item for item in model.graph.initializer if "word_embeddings" in item.name]
    for table in tables:
        halved = onnx.numpy_helper.to_array(table).astype(np.float16)
        table.CopyFrom(onnx.numpy_helper.from_array(halved, table.name))
        for position, node in enumerate(model.graph.node):
            if node.op_type == "Gather" and node.input[0] == table.name:
                wide, node.output[0] = node.output[0], f"{node.output[0]}_half"
                cast = onnx.helper.make_node("Cast", [node.output[0]], [wide], to=onnx.TensorProto.FLOAT)
                model.graph.node.insert(position + 1, cast)
                break
    onnx.save(model, path)


def _no_preprocessing_hint(record: logging.LogRecord) -> bool:
    return "pre-processing" not in record.getMessage()


def _bert(model: Model) -> BertModel:
    shape = model.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=1e-12,
        hidden_act="gelu",
        pad_token_id=model.pad,
    )
    bert = BertModel(config)
    bert.load_state_dict(_weights(model, bert))
    return bert


def _weights(model: Model, bert: BertModel) -> dict[str, torch.Tensor]:
    """Every weight under transformers' name; the pooler, which mean pooling never reads, is zero."""
    sources = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for layer in range(model.shape.layers):
        for theirs, ours in _LAYER_NAMES.items():
            sources[f"encoder.layer.{layer}.{theirs}.weight"] = f"l{layer}.{ours}.w"
            sources[f"encoder.layer.{layer}.{theirs}.bias"] = f"l{layer}.{ours}.b"
    return {
        name: _filled(empty, model.tensors[sources[name]] if name in sources else np.zeros(0, np.float32))
        for name, empty in bert.state_dict().items()
        if name in sources or name.startswith("pooler")
    }


def _filled(empty: torch.Tensor, values: np.ndarray[Any, Any]) -> torch.Tensor:
    # the package holds one row of the token-type table, the other is never used: it stays zero
    flat = np.zeros(empty.numel(), np.float32)
    flat[: len(values)] = values
    return torch.from_numpy(flat).reshape(empty.shape)


def _tokenizer(model: Model) -> dict[str, Any]:
    """A tokenizer.json (Hugging Face tokenizers 1.0) whose ids equal XLM-R's."""
    special = sorted({model.bos, model.pad, model.eos, model.unknown})
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": model.pieces[i], "special": True, "normalized": False}
            | {"single_word": False, "lstrip": False, "rstrip": False}
            for i in special
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": _charsmap()},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": _metaspace(),
        "post_processor": _post_processor(model),
        "decoder": _metaspace(),
        "model": {
            "type": "Unigram",
            "unk_id": model.unknown,
            "vocab": [list(pair) for pair in zip(model.pieces, model.scores, strict=True)],
            "byte_fallback": False,
        },
    }


def _metaspace() -> dict[str, Any]:
    return {"type": "Metaspace", "replacement": _SPACE, "prepend_scheme": "always", "split": True}


def _post_processor(model: Model) -> dict[str, Any]:
    start, end = model.pieces[model.bos], model.pieces[model.eos]
    return {
        "type": "TemplateProcessing",
        "single": [_special(start), _sequence("A"), _special(end)],
        "pair": [
            _special(start),
            _sequence("A"),
            _special(end),
            _special(end),
            _sequence("B"),
            _special(end),
        ],
        "special_tokens": {
            token: {"id": token, "ids": [number], "tokens": [token]}
            for token, number in ((start, model.bos), (end, model.eos))
        },
    }


def _special(token: str) -> dict[str, Any]:
    return {"SpecialToken": {"id": token, "type_id": 0}}


def _sequence(name: str) -> dict[str, Any]:
    return {"Sequence": {"id": name, "type_id": 0}}


def _charsmap() -> str:
    """The standard nmt_nfkc table, out of sentencepiece itself: a throw-away training writes it."""
    output = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["de gemeente helpt u graag verder met uw vraag over het paspoort"] * 20),
        model_writer=output,
        vocab_size=40,
        model_type="unigram",
        normalization_rule_name="nmt_nfkc",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    proto: Any = vars(sentencepiece_model_pb2)["ModelProto"]()  # made at import, unseen by mypy
    proto.ParseFromString(output.getvalue())
    return base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()


def _settings(model: Model, query_prompt: str, passage_prompt: str) -> dict[str, Any]:
    pieces = model.pieces
    modules = ["Transformer", "Pooling", "Normalize"]
    return {
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": pieces[model.bos],
            "cls_token": pieces[model.bos],
            "eos_token": pieces[model.eos],
            "sep_token": pieces[model.eos],
            "pad_token": pieces[model.pad],
            "unk_token": pieces[model.unknown],
            "model_max_length": model.shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": f"{i}_{kind}" if i else ""}
            | {"type": f"sentence_transformers.models.{kind}"}
            for i, kind in enumerate(modules)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": query_prompt, "document": passage_prompt},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
