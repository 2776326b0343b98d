#include "core/training/tsn-train-log.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-file-writer.h"
#include "core/training/tsn-event-file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define HEADER "step,round,kind,task,loss,gradient,rate\n"

struct _TsnTrainLog
{
  char *path;
  FILE *stream;
  TsnEventFile *events;
};

static gboolean
fail (const TsnTrainLog *log, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (log->path);

  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot write '%s': %s", name, g_strerror (code));
  return FALSE;
}

/* The lines of an earlier session that a checkpoint at @step knows of: what came after it was
 * forgotten with it, such as a validation that is @pending. */
static GString *
keep_lines (const char *text, guint64 step, gboolean pending)
{
  GString *kept = g_string_new (HEADER);

  for (const char *line = strchr (text, '\n'); line != NULL; line = strchr (line, '\n'))
    {
      const char *end = strchr (++line, '\n');
      guint64 at = g_ascii_strtoull (line, NULL, 10);

      /* A line that was cut by a crash has no end. */
      if (end == NULL || at > step
          || (at == step && pending && g_strstr_len (line, end - line, ",val,") != NULL))
        break;
      g_string_append_len (kept, line, end + 1 - line);
    }
  return kept;
}

static gboolean
start_file (const TsnTrainLog *log, guint64 step, gboolean pending, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (log->path, error);
  g_autoptr (GString) kept = NULL;

  if (writer == NULL)
    return FALSE;
  if (step == 0 || !g_file_get_contents (log->path, &text, NULL, NULL))
    text = g_strdup ("");
  kept = keep_lines (text, step, pending);
  return tsn_file_writer_write (writer, kept->str, kept->len, error)
         && tsn_file_writer_finish (writer, error);
}

/**
 * tsn_train_log_open:
 * @folder: of the run
 * @step: steps taken so far; what an earlier session wrote about later ones is dropped
 * @pending: whether the validation after @step is still to come, so that its lines are dropped, too
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a log that goes on from there.
 */
TsnTrainLog *
tsn_train_log_open (const char *folder, guint64 step, gboolean pending, GError **error)
{
  g_autoptr (TsnTrainLog) log = g_new0 (TsnTrainLog, 1);

  log->path = g_build_filename (folder, "log.csv", NULL);
  if (!start_file (log, step, pending, error))
    return NULL;
  log->stream = fopen (log->path, "ae");
  if (log->stream == NULL)
    {
      fail (log, error);
      return NULL;
    }
  log->events = tsn_event_file_new (folder, step + 1, error);
  return log->events != NULL ? g_steal_pointer (&log) : NULL;
}

void
tsn_train_log_free (TsnTrainLog *log)
{
  if (log->stream != NULL)
    fclose (log->stream);
  g_clear_pointer (&log->events, tsn_event_file_free);
  g_free (log->path);
  g_free (log);
}

static gboolean
add_curve (TsnTrainLog *log,
           guint64 step,
           const char *what,
           const char *task,
           double value,
           GError **error)
{
  g_autofree char *tag = g_strdup_printf ("%s/%s", what, task);

  return tsn_event_file_add (log->events, step, tag, value, error);
}

/* Numbers with a point in every locale. */
static gboolean
add_line (TsnTrainLog *log, const char *start, const double *values, guint n, GError **error)
{
  g_autoptr (GString) line = g_string_new (start);

  for (guint i = 0; i < 3; i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

      if (i < n)
        g_ascii_formatd (text, sizeof text, "%.9g", values[i]);
      g_string_append_printf (line, ",%s", text);
    }
  g_string_append_c (line, '\n');
  return fputs (line->str, log->stream) >= 0 || fail (log, error);
}

/**
 * tsn_train_log_add_step:
 * @step: number of steps taken with this one
 * @values: loss, gradient, rate
 */
gboolean
tsn_train_log_add_step (TsnTrainLog *log,
                        guint64 step,
                        guint64 round,
                        const char *task,
                        const double values[3],
                        GError **error)
{
  g_autofree char *start = g_strdup_printf (
      "%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",train,%s", step, round, task);

  return add_line (log, start, values, 3, error)
         && add_curve (log, step, "loss", task, values[0], error)
         && add_curve (log, step, "gradient", task, values[1], error)
         && tsn_event_file_add (log->events, step, "rate", values[2], error);
}

/**
 * tsn_train_log_add_validation:
 * @step: number of steps taken before
 * @task: a task's name, or "mean"
 */
gboolean
tsn_train_log_add_validation (
    TsnTrainLog *log, guint64 step, guint64 round, const char *task, double loss, GError **error)
{
  g_autofree char *start = g_strdup_printf ("%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",val,%s",
                                            step, round, task);

  return add_line (log, start, &loss, 1, error)
         && add_curve (log, step, "validation", task, loss, error);
}

/**
 * tsn_train_log_flush:
 * @error: %TSN_ERROR_IO, such as a full disk
 *
 * Hands everything to the system.
 */
gboolean
tsn_train_log_flush (TsnTrainLog *log, GError **error)
{
  return (fflush (log->stream) == 0 || fail (log, error))
         && tsn_event_file_flush (log->events, error);
}
