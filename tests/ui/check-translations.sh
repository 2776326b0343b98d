#!/bin/sh
# Every language is complete, and every file with translatable text is listed.
set -u
cd "$1" || exit 1
languages=$(cat po/LINGUAS)
set -- $languages
echo "1..$((2 * $# + 1))"
n=0
for language in $languages; do
  n=$((n + 1))
  said=$(LC_ALL=C msgfmt --check --statistics -o /dev/null "po/$language.po" 2>&1)
  case $said in
    *fuzzy* | *untranslated* | *error*) echo "not ok $n $language: $said" ;;
    *) echo "ok $n $language: $said" ;;
  esac
done
# And no text in the program is newer than the translations.
template=$(mktemp)
trap 'rm -f "$template"' EXIT
for language in $languages; do
  n=$((n + 1))
  if ! command -v xgettext >/dev/null; then
    echo "ok $n $language is up to date # SKIP there is no xgettext"
  elif said=$(xgettext --files-from=po/POTFILES --from-code=UTF-8 -k_ -kN_ -kC_:1c,2 -kNC_:1c,2 \
    -kngettext:1,2 -kg_dngettext:2,3 --output="$template" 2>/dev/null \
    && msgcmp "po/$language.po" "$template" 2>&1); then
    echo "ok $n $language is up to date"
  else
    echo "not ok $n $language: $said"
  fi
done
n=$((n + 1))
missing=
for file in $(grep -lE '\b(N|NC)?_ ?\("|ngettext ?\(|translatable="yes"' app/*.c core/*/*.c ui/*.c ui/*.ui); do
  grep -qx "$file" po/POTFILES || missing="$missing $file"
done
[ -z "$missing" ] && echo "ok $n POTFILES is complete" || echo "not ok $n POTFILES lacks$missing"
