#!/usr/bin/env python3
"""Compares libtsn with ONNX Runtime and PyTorch on one model; README.md says how to run it.

All engines stay loaded and take turns, call by call, so that whatever else slows the machine down
hits all of them.  Needs nothing but Python's standard library itself.
"""
import argparse
import array
import json
import math
import operator
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 2e-3

# Seconds of rest before each call, so that threads of the engine before stop spinning.
REST = 0.05

WARM_UP = 2


class Engine:
    """A worker process that does what it is told, one line at a time."""

    def __init__(self, label, command):
        self.label = label
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, *words):
        try:
            print(*words, file=self.process.stdin, flush=True)
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        answer = json.loads(line) if line else {"error": "it has ended"}
        if "error" in answer:
            sys.exit(f"{self.label}: {words[0]}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Files:
    """The model in every form, and the images, in a temporary folder."""

    def __init__(self, options, folder):
        self.folder = folder
        self.model = options.model or self.path("model.safetensors")
        self.tsn = os.path.join(options.build, "app/cli/tsn")
        self.bench = os.path.join(options.build, "tests/bench/bench-session")
        if not options.model:
            maker = os.path.join(options.build, "tests/bench/make-model")
            subprocess.run([maker, str(options.width), self.model], check=True)
        info = subprocess.run([self.tsn, "info", "--json", self.model], check=True,
                              stdout=subprocess.PIPE, text=True)
        self.tasks = [(t["name"], t["channels"]) for t in json.loads(info.stdout)["tasks"]]
        self.widest = max(self.tasks, key=operator.itemgetter(1))[0]
        for size in options.sizes:
            write_image(self.image(size), size)

    def path(self, name):
        return os.path.join(self.folder, name)

    def image(self, size):
        return self.path(f"image-{size}.f32")

    def onnx(self, *arguments):
        path = self.path("".join(arguments).strip("-") + ".onnx")
        if not os.path.exists(path):
            subprocess.run([self.tsn, "export", *arguments, self.model, path], check=True)
        return path


def write_image(path, size):
    """Waves and some noise, in [0, 1]; always the same."""
    noise = random.Random(1)
    numbers = array.array("f", (
        0.5 + 0.3 * math.sin((3 + c) * 7 * x / size) * math.cos((2 + c) * 5 * y / size)
        + 0.2 * (noise.random() - 0.5)
        for c in range(3) for y in range(size) for x in range(size)))
    if sys.byteorder == "big":
        numbers.byteswap()
    with open(path, "wb") as out:
        numbers.tofile(out)


def start(options, files, kind, label, codes, *export):
    """Starts an engine and, if it is not ours, tells it the codes."""
    threads = str(options.threads)
    if kind == "ours":
        return Engine(label, [files.bench, files.model, threads])
    if kind == "ort":
        engine = Engine(label, ["node", os.path.join(HERE, "worker-onnxruntime.js"),
                                os.path.abspath(options.ort), files.onnx(*export), threads])
    else:
        engine = Engine(label, [options.python, os.path.join(HERE, "worker-pytorch.py"),
                                os.path.abspath(options.reference), files.model, threads])
    engine.ask("codes", codes)
    return engine


def start_all(options, files):
    """Starts every engine that is there: {key: Engine}."""
    engines = {"ours": start(options, files, "ours", "libtsn", None)}
    codes = json.dumps(engines["ours"].ask("codes")["codes"], separators=(",", ":"))
    if options.ort:
        engines["ort"] = start(options, files, "ort", "ONNX Runtime", codes)
        engines["ort-task"] = start(options, files, "ort", "ONNX Runtime, code built in", codes,
                                    "--task", files.widest)
        engines["ort-all"] = start(options, files, "ort", "ONNX Runtime, all tasks in one graph",
                                   codes, "--all-tasks")
    if options.reference:
        engines["torch"] = start(options, files, "torch", "PyTorch", codes)
    return engines


# ---- agreement

def read_numbers(path):
    numbers = array.array("f")
    with open(path, "rb") as source:
        numbers.frombytes(source.read())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def difference(found, expected):
    """Largest difference relative to the largest magnitude."""
    if len(found) != len(expected):
        return math.inf
    largest = max(map(abs, expected))
    furthest = max(map(abs, map(operator.sub, found, expected)))
    return furthest / largest if math.isfinite(furthest) and largest > 0 else math.inf


def compare_outputs(engines, files, size):
    """Prints how far engines are from libtsn; returns whether all are near enough."""
    agree = True
    engines["ours"].ask("write-all", files.folder)
    for task, channels in files.tasks:
        path = files.path("output.f32")
        engines["ours"].ask("write", task, path)
        ours = read_numbers(path)
        distances = {"all tasks together": difference(read_numbers(files.path(task + ".f32")), ours)}
        for key, engine in engines.items():
            if key == "ours" or (key == "ort-task" and task != files.widest):
                continue
            engine.ask("write", task, path)
            distances[engine.label] = difference(ours, read_numbers(path))
        agree &= len(ours) == channels * size * size and max(distances.values()) <= TOLERANCE
        print(f"  {task:<12}", ", ".join(f"{k} {v:.1e}" for k, v in distances.items()))
    return agree


# ---- speed

# What is measured: row, engine, command.
CALLS = [
    ("one task", "ours", "one"),
    ("one task", "ort", "one"),
    ("one task", "ort-task", "one"),
    ("one task", "torch", "one"),
    ("all tasks", "ours", "all"),
    ("all tasks", "ort", "all"),
    ("all tasks", "ort-all", "all"),
    ("all tasks", "torch", "each"),
    ("all tasks, encoded once", "torch", "all"),
    ("encode", "ours", "encode"),
    ("blend update", "ours", "blend"),
    ("blend update", "torch", "blend"),
]

# Ratios of the times of two calls: name, what is compared with, ours.  ONNX Runtime cannot keep
# what it encoded: a blend update is a whole call there.
RATIOS = [
    ("one task", ("one task", "ort"), "one task"),
    ("one task", ("one task", "ort-task"), "one task"),
    ("one task", ("one task", "torch"), "one task"),
    ("all tasks", ("all tasks", "ort"), "all tasks"),
    ("all tasks", ("all tasks", "ort-all"), "all tasks"),
    ("all tasks", ("all tasks", "torch"), "all tasks"),
    ("all tasks, encoded once", ("all tasks, encoded once", "torch"), "all tasks"),
    ("blend update, one call", ("one task", "ort"), "blend update"),
    ("blend update, one call", ("one task", "ort-task"), "blend update"),
    ("blend update", ("blend update", "torch"), "blend update"),
]


def measure(engines, files, runs):
    """Lets the engines take turns; returns {(row, engine): seconds of each run}."""
    times = {}
    for run in range(WARM_UP + runs):
        for row, key, command in CALLS:
            if key not in engines:
                continue
            time.sleep(REST)
            words = [command, files.widest] if command == "one" else [command]
            seconds = engines[key].ask(*words)["seconds"]
            if run >= WARM_UP:
                times.setdefault((row, key), []).append(seconds)
    return times


def print_times(engines, times):
    print(f"  {'milliseconds':<62}{'median':>8}{'least':>8}{'most':>8}")
    for (row, key), runs in times.items():
        name = f"{row}: {engines[key].label}"
        print(f"  {name:<62}" + "".join(f"{1e3 * f(runs):8.1f}"
                                        for f in (statistics.median, min, max)))


def print_ratios(engines, times):
    ratios = []
    print("  times as long as libtsn (medians)")
    for name, other, ours in RATIOS:
        if other in times:
            ratio = statistics.median(times[other]) / statistics.median(times[ours, "ours"])
            label = f"{name}: {engines[other[1]].label}"
            print(f"  {label:<62}{ratio:8.2f}")
            ratios.append({"name": name, "engine": engines[other[1]].label, "ratio": ratio})
    return ratios


def measure_memory(options, files, size):
    """Peak memory of processes that do nothing but all tasks of one image."""
    peaks = {}
    for key, engine in start_all(options, files).items():
        if key != "ort-task":
            engine.ask("image", size, size, files.image(size))
            engine.ask("all")
            peaks[engine.label] = engine.ask("memory")["bytes"]
            print(f"  {engine.label:<62}{peaks[engine.label] / 1e6:8.0f}")
        engine.close()
    return peaks


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    parser.add_argument("--ort", metavar="DIR", help="folder with node_modules/onnxruntime-node")
    parser.add_argument("--reference", metavar="FILE", help="path of tsn_reference.py, for PyTorch")
    parser.add_argument("--python", default="/usr/bin/python3", metavar="PROGRAM",
                        help="the Python that has PyTorch (default: /usr/bin/python3)")
    parser.add_argument("--model", metavar="FILE", help="use this model (default: random weights)")
    parser.add_argument("--width", type=float, default=1, help="of a model of random weights")
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")],
                        default=[256, 512], metavar="N,...", help="of images (default: 256,512)")
    parser.add_argument("--runs", type=int, default=11, help="per median (default: 11)")
    parser.add_argument("--threads", type=int, default=2, help="of each engine (default: 2)")
    parser.add_argument("--check-only", action="store_true", help="compare outputs, not times")
    parser.add_argument("--json", metavar="FILE", help="write all numbers here, too")
    return parser.parse_args()


def main():
    options = parse()
    report = {"threads": options.threads, "isa": os.environ.get("TSN_ISA"), "sizes": {}}
    agree = True
    with tempfile.TemporaryDirectory(prefix="tsn-compare-") as folder:
        files = Files(options, folder)
        engines = start_all(options, files)
        for key in ("ort", "torch"):
            if key in engines:
                print(engines[key].ask("name")["name"])
        isa = os.environ.get("TSN_ISA", "the processor's best")
        print(f"libtsn with TSN_ISA {isa}, {options.threads} threads each")
        print(f"{len(files.tasks)} tasks; one task: {files.widest}")
        for size in options.sizes:
            for engine in engines.values():
                engine.ask("image", size, size, files.image(size))
            print(f"\n{size} x {size}\n  difference from libtsn's single task (at most {TOLERANCE})")
            agree &= compare_outputs(engines, files, size)
            if not options.check_only:
                times = measure(engines, files, options.runs)
                print_times(engines, times)
                report["sizes"][size] = {
                    "seconds": {f"{row}: {engines[key].label}": runs
                                for (row, key), runs in times.items()},
                    "ratios": print_ratios(engines, times)}
        for engine in engines.values():
            engine.close()
        if not options.check_only:
            size = max(options.sizes)
            print(f"\npeak memory in MB, all tasks at {size} x {size}")
            report["memory"] = measure_memory(options, files, size)
    report["agree"] = agree
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(report, out, indent=1)
    print("\nThe outputs agree." if agree else "\nThe outputs do NOT agree.")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
