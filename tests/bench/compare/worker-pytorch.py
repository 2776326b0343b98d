"""worker-pytorch.py REFERENCE MODEL THREADS: the PyTorch reference on a model file, on request.

REFERENCE is the path of tsn_reference.py, which is imported from where it lies.  The commands are
those of ../bench-session.c; "codes" is told here, not asked; "all" encodes once and decodes each
task, "each" runs the whole network for each task.
"""
import importlib.util
import json
import resource
import sys
import time

import numpy as np
import torch

sys.dont_write_bytecode = True


def load_reference(path):
    spec = importlib.util.spec_from_file_location("tsn_reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Worker:
    def __init__(self, reference, path):
        tensors, meta = reference.load_safetensors(path)
        self.tasks = [(t["name"], t["channels"]) for t in json.loads(meta["tasks"])]
        self.names = [name for name, _ in self.tasks]
        self.net = reference.TSN(self.tasks, float(meta["width"]), int(meta["code_length"]),
                                 meta["conditioning"])
        tensors.pop("codes", None)
        missing, unknown = self.net.load_state_dict(
            {k: v.float() for k, v in tensors.items()}, strict=False)
        missing = [k for k in missing if not k.endswith("num_batches_tracked")]
        if missing or unknown:
            raise ValueError(f"the reference lacks {unknown} and the model {missing}")
        self.net.eval()
        norm = json.loads(meta["normalisation"])
        self.mean, self.std = (torch.tensor(norm[k])[None, :, None, None] for k in ("mean", "std"))
        self.blends = 0

    def encode(self):
        return self.net.encoder((self.image - self.mean) / self.std)

    def decode(self, features, index):
        return self.net.decode(features, index, self.net.embed(index))

    def timed(self, work):
        start = time.perf_counter()
        work()
        return {"seconds": time.perf_counter() - start}

    def do_name(self):
        return {"name": "PyTorch " + torch.__version__}

    def do_codes(self, text):
        if self.net.conditioning == "tsn":
            codes = json.loads(text)
            self.net.codes = torch.tensor([codes[name] for name in self.names])
        return {}

    def do_image(self, height, width, path):
        numbers = np.fromfile(path, "<f4").reshape(1, 3, int(height), int(width))
        self.image = torch.from_numpy(numbers)
        self.features = self.encode()
        return {}

    def do_one(self, task):
        return self.timed(lambda: self.decode(self.encode(), self.names.index(task)))

    def do_all(self):
        def work():
            features = self.encode()
            for index in range(len(self.names)):
                self.decode(features, index)
        return self.timed(work)

    def do_each(self):
        return self.timed(lambda: [self.decode(self.encode(), i) for i in range(len(self.names))])

    def do_blend(self):
        def work():
            self.blends += 1
            share = self.blends * 0.618034 % 1
            a, b = self.net.embed(0), self.net.embed(len(self.names) - 1)
            self.net.decode(self.features, 0, a + share * (b - a))
        return self.timed(work)

    def do_write(self, task, path):
        self.decode(self.encode(), self.names.index(task)).numpy().tofile(path)
        return {}

    def do_memory(self):
        return {"bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def main():
    reference, model, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    worker = Worker(load_reference(reference), model)
    with torch.inference_mode():
        for line in sys.stdin:
            command, *args = line.rstrip("\n").split(" ")
            try:
                answer = getattr(worker, "do_" + command)(*args)
            except Exception as error:  # reported to whoever asked
                answer = {"error": repr(error)}
            print(json.dumps(answer), flush=True)


main()
