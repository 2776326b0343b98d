#!/bin/sh
# Draws the pictures of README into data/screenshots, from the sample and the default models:
#   ninja -C build tests/ui/screenshot && tests/ui/draw-screenshots.sh build
# They get smaller if there is pngquant.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
out=$top/data/screenshots
last=$(mktemp)
trap 'rm -f "$last"' EXIT
export TSN_DATADIR="$top/data" GSETTINGS_SCHEMA_DIR="$build/data"

draw() {
  sh "$top/tests/ui/run-with-display.sh" "$build/tests/ui/screenshot" "$last" \
    --photo "$top/data/samples/sample.png" --model "$top/data/models/everyday.safetensors" \
    --size 1200x760 "$@"
}

draw --do "shot $out/grid.png" \
  --do "win.show-page('inspect')" --do "node O2" --do "inspect.mode::channel" \
  --do "pause 2" --do "shot $out/inspect.png" \
  --do "win.show-task(2)" --do "win.show-page('blend')" --do "weights 0,0,0.6,0.4,0,0" \
  --do "win.blend-beside" --do "pause 1" --do "shot $out/blend.png"
draw --dark --do "win.show-page('compare')" --do "win.compare" --do "pause 3" \
  --do "win.compare-mode('wipe')" --do "pause 1" --do "shot $out/compare.png"
if command -v pngquant >/dev/null; then
  pngquant --force --strip --quality 80-98 --ext .png "$out"/*.png
fi
