#!/usr/bin/env python3
"""Adds up the TAP counts in meson's testlog.json and prints “N passed, N failed, N skipped”.

A program that fails without a “not ok” line of its own (a crash, a timeout) counts as one failure.
"""
import json
import re
import sys

passed = failed = skipped = 0
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        test = json.loads(line)
        points = re.findall(r"^(not )?ok\b([^\n]*)", test.get("stdout") or "", re.M)
        bad = sum(1 for no, _ in points if no)
        skip = sum(1 for no, text in points if not no and re.search(r"#\s*skip", text, re.I))
        if not points and test["result"] == "OK":
            passed += 1
        if test["result"] == "SKIP" and not points:
            skipped += 1
        if test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and bad == 0:
            bad = 1
        failed += bad
        skipped += skip
        passed += len(points) - skip - sum(1 for no, _ in points if no)
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
