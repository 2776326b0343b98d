#!/bin/sh
# Runs a test on a display of its own, or, without Xvfb or with TSN_TEST_USE_DISPLAY, on the one there
# is; TSN_TEST_OWN_DISPLAY tells the test which, because only on its own may it press keys.  What it saves lands in a folder of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache" XDG_CONFIG_HOME="$folder/config" XDG_STATE_HOME="$folder/state"
export XDG_RUNTIME_DIR="$folder/run" GSETTINGS_BACKEND=memory GSK_RENDERER=cairo GTK_A11Y=none
# Nothing is drawn with OpenGL, whose drivers keep memory; neither do the leaks of fontconfig matter.
export GDK_DEBUG=gl-disable
# Sanitizers write beside the test's own words; of leaks ours count (see our-leaks.awk), whose stacks have to be whole.
export LSAN_OPTIONS="suppressions=$(dirname "$0")/lsan.supp:print_suppressions=0:exitcode=0"
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}fast_unwind_on_malloc=0:log_path=$folder/sanitizer"
mkdir -p -m 700 "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$XDG_CONFIG_HOME" "$XDG_RUNTIME_DIR"
# Takes of the camera would lie in the home folder, where the next test takes them for its own.
mkdir "$folder/videos"
echo "XDG_VIDEOS_DIR=\"$folder/videos\"" >"$XDG_CONFIG_HOME/user-dirs.dirs"

status=0
if command -v xvfb-run >/dev/null && command -v dbus-run-session >/dev/null &&
  [ -z "${TSN_TEST_USE_DISPLAY:-}" ]; then
  unset WAYLAND_DISPLAY
  export GDK_BACKEND=x11 TSN_TEST_OWN_DISPLAY=1
  xvfb-run -a -s "-screen 0 ${TSN_TEST_SCREEN:-1280x800}x24 -nolisten tcp" dbus-run-session -- "$@" || status=$?
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  "$@" || status=$?
else
  echo "1..0 # SKIP there is neither a display nor xvfb-run with dbus-run-session"
fi
for report in "$folder"/sanitizer.*; do
  [ -e "$report" ] || continue
  if grep -q "ERROR: LeakSanitizer" "$report"; then
    awk -f "$(dirname "$0")/our-leaks.awk" "$report" >&2 || status=1
  else
    cat "$report" >&2
    status=1
  fi
done
exit $status
