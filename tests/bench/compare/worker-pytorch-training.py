"""worker-pytorch-training.py REFERENCE SIZE BATCH THREADS: training steps of the PyTorch reference.

REFERENCE is the path of tsn_reference.py, which is imported from where it lies.  The network is the
full-width TSN of the five PASCAL-Context tasks.  A number on standard input asks for that many
steps, forward, loss, backward and Adam, on random images and labels of the widest task; the answer
holds the seconds of each.
"""
import importlib.util
import json
import sys
import time

import torch

sys.dont_write_bytecode = True

WARM_UP = 2


def load_reference(path):
    spec = importlib.util.spec_from_file_location("tsn_reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Trainer:
    def __init__(self, reference, size, batch):
        torch.manual_seed(1)
        self.loss = reference.task_loss
        self.net = reference.TSN(reference.PASCAL)
        self.net.train()
        self.optimiser = torch.optim.Adam(self.net.parameters(), lr=1e-4)
        self.task, channels = reference.PASCAL[0]
        self.image = torch.rand(batch, 3, size, size)
        self.label = torch.randint(0, channels, (batch, size, size))
        self.valid = torch.ones(batch, 1, size, size)

    def step(self):
        start = time.perf_counter()
        output = self.net(self.image, 0)
        loss = self.loss(self.task, output, self.label, self.valid)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return time.perf_counter() - start


def main():
    reference, size, batch, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    trainer = Trainer(load_reference(reference), int(size), int(batch))
    for _ in range(WARM_UP):
        trainer.step()
    print(json.dumps({"name": "PyTorch " + torch.__version__}), flush=True)
    for line in sys.stdin:
        print(json.dumps({"seconds": [trainer.step() for _ in range(int(line))]}), flush=True)


main()
