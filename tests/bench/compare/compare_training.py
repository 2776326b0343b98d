#!/usr/bin/env python3
"""Compares a training step of libtsn with one of PyTorch; README.md says how to run it.

The engines take turns, some steps each time, so that whatever else slows the machine down hits
both.  Needs nothing but Python's standard library itself.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


class PyTorch:
    """A worker process that stays loaded and makes steps when it is told to."""

    def __init__(self, options):
        self.process = subprocess.Popen(
            [options.python, os.path.join(HERE, "worker-pytorch-training.py"),
             os.path.abspath(options.reference), str(options.size), str(options.batch),
             str(options.threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.label = self.answer()["name"]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("PyTorch: the worker has ended")
        return json.loads(line)

    def step(self, steps):
        print(steps, file=self.process.stdin, flush=True)
        return self.answer()["seconds"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def step_ours(options, steps):
    """The median of some steps, after two that do not count, in a process of its own."""
    done = subprocess.run(
        [os.path.join(options.build, "app/cli/tsn"), "bench", "--train", "--json", "--width", "1",
         "--size", str(options.size), "--batch", str(options.batch),
         "--threads", str(options.threads), "--repeat", str(steps)],
        check=True, stdout=subprocess.PIPE, text=True)
    return 1e-3 * json.loads(done.stdout)["sizes"][0]["step_ms"]


def measure(options, torch):
    """Seconds of a step in each turn: {engine: [seconds]}."""
    times = {"libtsn": [], torch.label: []}
    for _ in range(options.turns):
        times["libtsn"].append(step_ours(options, options.steps))
        times[torch.label].append(statistics.median(torch.step(options.steps)))
    return times


def print_times(times, batch):
    print(f"{'':<16}{'seconds a step':>16}{'least':>8}{'most':>8}{'images / s':>12}")
    for label, turns in times.items():
        median = statistics.median(turns)
        print(f"{label:<16}{median:16.3f}{min(turns):8.3f}{max(turns):8.3f}{batch / median:12.2f}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    parser.add_argument("--reference", metavar="FILE", required=True,
                        help="path of tsn_reference.py")
    parser.add_argument("--python", default="/usr/bin/python3", metavar="PROGRAM",
                        help="the Python that has PyTorch (default: /usr/bin/python3)")
    parser.add_argument("--size", type=int, default=256, help="of the images (default: 256)")
    parser.add_argument("--batch", type=int, default=4, help="images a step (default: 4)")
    parser.add_argument("--turns", type=int, default=5, help="of each engine (default: 5)")
    parser.add_argument("--steps", type=int, default=3, help="in each turn (default: 3)")
    parser.add_argument("--threads", type=int, default=2, help="of each engine (default: 2)")
    parser.add_argument("--json", metavar="FILE", help="write all numbers here, too")
    return parser.parse_args()


def main():
    options = parse()
    torch = PyTorch(options)
    times = measure(options, torch)
    torch.close()
    ratio = statistics.median(times[torch.label]) / statistics.median(times["libtsn"])
    print_times(times, options.batch)
    print(f"libtsn trains {ratio:.2f} times as many images a second as {torch.label}.")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump({"seconds": times, "ratio": ratio}, out, indent=1)


if __name__ == "__main__":
    main()
