#!/usr/bin/env python3
"""Checks that includes point downward only, that core knows no GTK and that files stay small.  Prints TAP."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

# What each room may include besides itself.  Rooms of one row do not know each other, but for
# what is said below.
BASE, OPS, MODEL = {"base"}, {"base", "ops"}, {"base", "ops", "model"}
ENGINE = MODEL | {"io", "data"}
ALLOWED = {
    "base": set(),
    "ops": BASE,
    "model": OPS,
    "io": MODEL,
    "data": MODEL | {"io"},
    "training": ENGINE | {"evaluation", "inference"},
    "inference": MODEL | {"io"},
    "evaluation": ENGINE | {"inference"},
    "capture": MODEL | {"io"},
    "figure": ENGINE | {"inference", "evaluation"},
}

bad_rooms, bad_gtk, bad_ui, long_files = [], [], [], []
for path in sorted(ROOT.glob("*/**/*.[ch]")):
    where = path.relative_to(ROOT)
    if where.parts[0] not in ("core", "ui", "app"):
        continue
    text = path.read_text(encoding="utf-8")
    if text.count("\n") > 600:
        long_files.append(str(where))
    for include in re.findall(r'^#\s*include\s*[<"]([^>"]+)[>"]', text, re.M):
        line = f"{where} includes {include}"
        room = re.match(r"core/(\w+)/", include)
        if where.parts[0] == "core":
            if re.match(r"(gtk|adwaita|gdk/)", include) or include.startswith(("ui/", "app/")):
                bad_gtk.append(line)
            own = where.parts[1]
            if room and room[1] != own and room[1] not in ALLOWED[own]:
                bad_rooms.append(line)
        elif where.parts[0] == "ui" and include.startswith("app/") and include != "app/tsn-paths.h":
            bad_ui.append(line)

checks = [
    ("includes between the rooms of core point downward", bad_rooms),
    ("core knows neither GTK nor the window", bad_gtk),
    ("the window does not know the application", bad_ui),
    ("no file is longer than 600 lines", long_files),
]
print(f"1..{len(checks)}")
for number, (name, bad) in enumerate(checks, 1):
    print(f"{'not ok' if bad else 'ok'} {number} {name}")
    for line in bad:
        print(f"# {line}")
sys.exit(any(bad for _, bad in checks))
