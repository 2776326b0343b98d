# Prints of LeakSanitizer's report what is not the toolkit's own affair, and fails if there is any:
# what one of our functions asked for, directly or through libraries, rather than the main loop or a
# thread.  GTK's file chooser, for one, forgets what it had read of a folder when it is closed.
BEGIN { RS = ""; FS = "\n" }
/^(Direct|Indirect) leak of / {
  for (i = 2; i <= NF && $i !~ / in (g_main_context_dispatch|start_thread) /; i++)
    if ($i ~ /\/(core|ui|app|tests)\/([a-z-]+\/)*[a-z-]+\.c:[0-9]+/) {
      print $0 "\n"
      n++
      break
    }
}
END { exit n > 0 }
