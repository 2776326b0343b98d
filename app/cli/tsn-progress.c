#include "app/cli/tsn-progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_LENGTH 30
#define CLEAR_LINE "\r\033[K"

struct _TsnProgress
{
  guint steps;
  gboolean terminal;
};

/**
 * tsn_progress_new:
 * @steps: how many there are to do; a single one is not worth a bar
 *
 * Returns: (transfer full): a bar that is not shown yet.
 */
TsnProgress *
tsn_progress_new (guint steps)
{
  TsnProgress *progress = g_new (TsnProgress, 1);

  progress->steps = steps;
  progress->terminal = steps > 1 && isatty (STDERR_FILENO);
  return progress;
}

void
tsn_progress_free (TsnProgress *progress)
{
  tsn_progress_hide (progress);
  g_free (progress);
}

static guint
terminal_width (void)
{
  struct winsize size = { 0 };

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/**
 * tsn_progress_write_over:
 * @line: in UTF-8; cut where the terminal ends, for what wraps cannot be written over
 *
 * Puts a line on the terminal that is stderr, in place of the one before.
 */
void
tsn_progress_write_over (const char *line)
{
  g_autofree char *cut
      = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), terminal_width () - 1));

  g_printerr (CLEAR_LINE "%s", cut);
}

/**
 * tsn_progress_show:
 * @step: how many steps are done
 * @label: what is being done, in UTF-8; cut where the terminal ends
 */
void
tsn_progress_show (TsnProgress *progress, guint step, const char *label)
{
  char bar[BAR_LENGTH + 1];
  guint full = (guint64) BAR_LENGTH * step / progress->steps;
  g_autofree char *line = NULL;

  if (!progress->terminal)
    return;
  memset (bar, '-', BAR_LENGTH);
  memset (bar, '#', full);
  bar[BAR_LENGTH] = '\0';
  line = g_strdup_printf ("[%s] %u/%u  %s", bar, step, progress->steps, label);
  tsn_progress_write_over (line);
}

/**
 * tsn_progress_hide:
 *
 * Takes the bar off the screen, so that a message can be printed in its place.
 */
void
tsn_progress_hide (TsnProgress *progress)
{
  if (progress->terminal)
    g_printerr (CLEAR_LINE);
}
