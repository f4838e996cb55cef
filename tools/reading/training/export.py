#!/usr/bin/env python3
"""Makes the file of weights (tools/reading/line_network.weights) of a checkpoint of train.py.

  export.py CHECKPOINT --into line_network.weights [--check LINES]

What normalisation learnt goes into the weights, and those become octets with a scale for each channel. With --check it says what that costs. The file, the
lower octet first: "RDLINES\\n", the version (4), the FNV-1a sum of all that follows (8), the number of layers (4); of each layer channels in and out,
kernel, stride and padding, each down and across (4 each); of each channel out its offset and scale (float, 4 each) and its weights (an octet each).
"""
import argparse
import struct

import torch

import train

VERSION = 1


def folded(layer):
    """The convolution's weights and offsets with the normalisation behind it."""
    convolution = layer[0]
    if len(layer) == 1:
        return convolution.weight.detach(), convolution.bias.detach()
    normal = layer[1]
    scale = normal.weight.detach() / torch.sqrt(normal.running_var + normal.eps)
    return convolution.weight.detach() * scale[:, None, None, None], normal.bias.detach() - normal.running_mean * scale


def as_octets(weights):
    scales = weights.abs().amax(dim=(1, 2, 3)) / 127 + 1e-12
    return scales, torch.round(weights / scales[:, None, None, None]).clamp(-127, 127)


def file_of(network):
    body = struct.pack("<I", len(train.LAYERS))
    for shape, layer in zip(train.LAYERS, network.layers):
        weights, offsets = folded(layer)
        scales, octets = as_octets(weights)
        inner, outer, kernel, stride, padding = shape
        body += struct.pack("<8I", inner, outer, *kernel, *stride, *padding)
        for channel in range(outer):
            body += struct.pack("<2f", offsets[channel], scales[channel]) + octets[channel].to(torch.int8).contiguous().numpy().tobytes()
    total = 0xCBF29CE484222325
    for octet in body:
        total = (total ^ octet) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return b"RDLINES\n" + struct.pack("<IQ", VERSION, total) + body


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("checkpoint")
    arguments.add_argument("--into", required=True)
    arguments.add_argument("--check")
    wanted = arguments.parse_args()
    network = train.Network()
    network.load_state_dict(torch.load(wanted.checkpoint))
    network.eval()
    with open(wanted.into, "wb") as file:
        file.write(file_of(network))
    if not wanted.check:
        return
    lines = train.Lines([wanted.check])
    print("as it was trained:", train.check(network, lines))
    for layer in network.layers:
        weights, offsets = folded(layer)
        scales, octets = as_octets(weights)
        convolution = torch.nn.Conv2d(layer[0].in_channels, layer[0].out_channels, layer[0].kernel_size, layer[0].stride, layer[0].padding)
        convolution.weight.data, convolution.bias.data = octets * scales[:, None, None, None], offsets
        layer[0] = convolution
        if len(layer) > 1:
            layer[1] = torch.nn.Identity()
    print("in octets:", train.check(network, lines))


main()
