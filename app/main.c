/* Starts tsn-studio. */
#include "app/tsn-application.h"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

/* The build keeps its translations where the installation does, below its own folder. */
static void
bind_translations (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *mark = g_build_filename (folder, "..", "meson-private", NULL);
  g_autofree char *built = g_build_filename (folder, "..", "po", NULL);

  bindtextdomain (GETTEXT_PACKAGE, g_file_test (mark, G_FILE_TEST_IS_DIR) ? built : TSN_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (TsnApplication) application = NULL;

  setlocale (LC_ALL, "");
  /* A file that may grow no further is an error like a full disk, which leaves no rest behind. */
  signal (SIGXFSZ, SIG_IGN);
  bind_translations ();
  g_set_application_name (_ ("TSN Studio"));
  application = tsn_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
