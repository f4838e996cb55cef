#!/usr/bin/env python3
"""Trains the line network (tools/reading/line_network.h) on lines that rightsdesk-fax-lines wrote.

  train.py LINES... --check LINES --into CHECKPOINT [--minutes N] [--threads N] [--begin-with CHECKPOINT]

Debian's python3-torch; the recipe is in tools/reading/README.md. Says how many characters and lines of the check's are read wrong, by quality,
and writes the checkpoint, every four minutes; export.py makes the file of weights of one.
"""
import argparse
import math
import os
import random
import time

import torch
from torch import nn
from torch.nn import functional

ROWS = 32
FIRST_SIGN = 32
SIGNS = 95  # the printable ones of ASCII; class 0 is "nothing", class 1 + n the sign FIRST_SIGN + n
STRIDE = 4  # columns of the picture for each step
SHORT_SHARE = 0.1  # of the time
SHORT_WIDTH = 250
QUALITIES = ("fine", "crooked", "standard")
# Channels in and out, kernel (down, across), stride (down, across), paper added (down, across). export.py writes them into the file.
LAYERS = (
    (1, 16, (3, 3), (2, 1), (1, 1)),
    (16, 32, (3, 3), (2, 2), (1, 1)),
    (32, 48, (3, 3), (1, 2), (1, 1)),
    (48, 64, (3, 3), (2, 1), (1, 1)),
    (64, 96, (3, 3), (2, 1), (1, 1)),
    (96, 128, (2, 3), (1, 1), (0, 1)),
    (128, 128, (1, 5), (1, 1), (0, 2)),
    (128, 128, (1, 5), (1, 1), (0, 2)),
    (128, SIGNS + 1, (1, 1), (1, 1), (0, 0)),
)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList()
        for number, (inner, outer, kernel, stride, padding) in enumerate(LAYERS):
            last = number + 1 == len(LAYERS)
            layer = [nn.Conv2d(inner, outer, kernel, stride, padding, bias=last)]
            self.layers.append(nn.Sequential(*layer) if last else nn.Sequential(*layer, nn.BatchNorm2d(outer), nn.ReLU()))

    def forward(self, pictures):
        for layer in self.layers:
            pictures = layer(pictures)
        return pictures.squeeze(2)  # batch, signs, steps


class Lines:
    """The lines of files, in memory: octets of pictures, and where each begins."""

    def __init__(self, paths):
        self.octets = [torch.from_file(path, size=os.path.getsize(path), dtype=torch.uint8) for path in paths]
        self.lines = []  # file, offset, width, text, quality
        for number, octets in enumerate(self.octets):
            view = memoryview(octets.numpy())
            at = 0
            while at + 4 <= len(view):
                width, length, quality = view[at] | view[at + 1] << 8, view[at + 2], view[at + 3]
                end = at + 4 + length + ROWS * width
                if end > len(view):
                    break  # still being written
                self.lines.append((number, at + 4 + length, width, bytes(view[at + 4:at + 4 + length]), quality))
                at = end

    def picture(self, line):
        number, at, width = line[:3]
        return self.octets[number][at:at + ROWS * width].view(ROWS, width)


def batches(lines, size):
    """Of lines of about one width, in any order."""
    order = sorted(lines, key=lambda line: line[2] + random.random() * 24)
    # As many columns in each as in `size` lines of usual width.
    groups, group = [], []
    for line in order:
        if group and (len(group) + 1) * line[2] > size * 400:
            groups.append(group)
            group = []
        group.append(line)
    groups.append(group)
    random.shuffle(groups)
    return groups


def tensors(source, group):
    width = max(line[2] for line in group)
    width += -width % STRIDE
    pictures = torch.zeros(len(group), 1, ROWS, width)
    for number, line in enumerate(group):
        pictures[number, 0, :, :line[2]] = source.picture(line)
    widths = torch.tensor([line[2] for line in group])
    texts = [torch.tensor([sign - FIRST_SIGN + 1 for sign in line[3]]) for line in group]
    return pictures / 255, widths, torch.cat(texts), torch.tensor([len(text) for text in texts])


def roughened(pictures):
    """Another size and weight, a little higher or lower: no line is seen twice alike."""
    stretch = random.uniform(0.85, 1.15)
    width = int(pictures.shape[3] * stretch)
    width += -width % STRIDE
    pictures = functional.interpolate(pictures, size=(ROWS, width), mode="bilinear", align_corners=False)
    pictures = torch.roll(pictures, random.randint(-2, 2), dims=2)
    pictures = (pictures * random.uniform(0.8, 1.25)).clamp(0, 1) ** random.uniform(0.75, 1.35)
    if random.random() < 0.3:
        pictures = (pictures + torch.randn_like(pictures) * random.uniform(0, 0.08)).clamp(0, 1)
    return pictures


def steps_of(widths, most):
    return torch.clamp((widths + STRIDE - 1) // STRIDE, max=most)


def read(scores, steps):
    texts = []
    for best, count in zip(scores.argmax(1).tolist(), steps.tolist()):
        signs = [sign for at, sign in enumerate(best[:count]) if sign and (at == 0 or best[at - 1] != sign)]
        texts.append(bytes(sign - 1 + FIRST_SIGN for sign in signs))
    return texts


def apart(one, other):
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        last, row[0] = row[0], at
        for to, beside in enumerate(other, 1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (sign != beside))
    return row[-1]


def check(network, source, tell=False, every=1):
    network.eval()
    wrong, signs, lines, bad = [0] * 3, [0] * 3, [0] * 3, [0] * 3
    with torch.no_grad():
        for group in batches(source.lines[::every], 64):
            pictures, widths, _, _ = tensors(source, group)
            scores = network(pictures.contiguous(memory_format=torch.channels_last))
            for line, text in zip(group, read(scores, steps_of(widths, scores.shape[2]))):
                far = apart(line[3], text)
                wrong[line[4]] += far
                signs[line[4]] += len(line[3])
                lines[line[4]] += 1
                bad[line[4]] += far > 0
                if tell and far:
                    print(QUALITIES[line[4]], line[3].decode(), "|", text.decode())
    network.train()
    return "; ".join(f"{name} {100 * wrong[at] / max(1, signs[at]):.2f} % of signs, {100 * bad[at] / max(1, lines[at]):.1f} % of lines"
                     for at, name in enumerate(QUALITIES))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lines", nargs="+")
    arguments.add_argument("--check", required=True)
    arguments.add_argument("--into", required=True)
    arguments.add_argument("--begin-with")
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--batch", type=int, default=32)
    arguments.add_argument("--rate", type=float, default=3e-3)
    wanted = arguments.parse_args()
    torch.set_num_threads(wanted.threads)
    torch.manual_seed(1)
    random.seed(1)
    network = Network().to(memory_format=torch.channels_last)
    if wanted.begin_with:
        network.load_state_dict(torch.load(wanted.begin_with))
    optimizer = torch.optim.AdamW(network.parameters(), lr=wanted.rate, weight_decay=1e-3)
    loss_of = nn.CTCLoss(zero_infinity=True)
    checked = Lines([wanted.check])
    begin = time.time()
    seen, sum_of_loss, count, last_check = 0, 0.0, 0, begin
    done = False
    while not done:
        source = Lines(wanted.lines)  # files may have grown
        # Where signs lie in a line is learnt from short lines first: in long ones it is long not found out.
        short = (time.time() - begin) / 60 < wanted.minutes * SHORT_SHARE
        for group in batches([line for line in source.lines if not short or line[2] < SHORT_WIDTH], wanted.batch):
            part = (time.time() - begin) / 60 / wanted.minutes
            if part >= 1:
                done = True
                break
            if short and part >= SHORT_SHARE:
                break
            # Up within a twentieth of the time, then down as a cosine: by the clock, since other work shares the processor.
            rate = wanted.rate * (min(1, part / 0.05 + 0.05) if part < 0.05 else 0.5 * (1 + math.cos(math.pi * (part - 0.05) / 0.95)) + 0.002)
            for settings in optimizer.param_groups:
                settings["lr"] = rate
            pictures, widths, texts, lengths = tensors(source, group)
            before = pictures.shape[3]
            pictures = roughened(pictures)
            widths = torch.ceil(widths * (pictures.shape[3] / before)).long()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(pictures.contiguous(memory_format=torch.channels_last))
            scores = functional.log_softmax(scores.float(), dim=1).permute(2, 0, 1)
            loss = loss_of(scores, texts, steps_of(widths, scores.shape[0]), lengths)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            seen, sum_of_loss, count = seen + len(group), sum_of_loss + loss.item(), count + 1
            if time.time() - last_check > 240:
                torch.save(network.state_dict(), wanted.into)
                print(f"{(time.time() - begin) / 60:.1f} min, {seen} of {len(source.lines)} lines, rate {rate:.2g}, loss {sum_of_loss / count:.4f}: {check(network, checked, every=8)}", flush=True)
                sum_of_loss, count, last_check = 0.0, 0, time.time()
    torch.save(network.state_dict(), wanted.into)
    print(f"{seen} lines: {check(network, checked, tell=True)}", flush=True)


if __name__ == "__main__":
    main()
