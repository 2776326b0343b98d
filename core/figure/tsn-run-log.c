#include "core/figure/tsn-run-log.h"

#include "core/base/tsn-error.h"

#include <math.h>
#include <string.h>

#define MEAN "mean"

/* A curve of fewer points than this is made of more, if there were enough steps for that. */
#define MIN_VALIDATIONS 5
#define N_RANGES 24
#define MIN_STEPS_PER_RANGE 10

/* The columns of log.csv that matter here. */
enum
{
  COLUMN_STEP,
  COLUMN_ROUND,
  COLUMN_KIND,
  COLUMN_TASK,
  COLUMN_LOSS,
  N_COLUMNS,
};

static const char *const column_names[N_COLUMNS] = { "step", "round", "kind", "task", "loss" };

/* A line of the log. */
typedef struct
{
  double step;
  guint64 round;
  gboolean validation;
  const char *task;
  double loss;
} Line;

static void
free_curve (gpointer data)
{
  TsnRunCurve *curve = data;

  g_free (curve->task);
  g_array_unref (curve->steps);
  g_array_unref (curve->losses);
  g_free (curve);
}

void
tsn_run_log_free (TsnRunLog *log)
{
  g_free (log->name);
  g_ptr_array_unref (log->curves);
  g_free (log);
}

/**
 * tsn_run_log_find:
 *
 * Returns: (nullable): the curve of a task.
 */
const TsnRunCurve *
tsn_run_log_find (const TsnRunLog *log, const char *task)
{
  for (guint i = 0; i < log->curves->len; i++)
    {
      const TsnRunCurve *curve = g_ptr_array_index (log->curves, i);

      if (g_str_equal (curve->task, task))
        return curve;
    }
  return NULL;
}

static TsnRunCurve *
get_curve (TsnRunLog *log, const char *task)
{
  TsnRunCurve *curve = (TsnRunCurve *) tsn_run_log_find (log, task);

  if (curve != NULL)
    return curve;
  curve = g_new (TsnRunCurve, 1);
  *curve = (TsnRunCurve){ g_strdup (task), g_array_new (FALSE, FALSE, sizeof (double)),
                          g_array_new (FALSE, FALSE, sizeof (double)) };
  g_ptr_array_add (log->curves, curve);
  return curve;
}

static gboolean
is_header (char **cells)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_strcmp0 (cells[i], column_names[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
read_line (char **cells, Line *line)
{
  char *end;

  if (g_strv_length (cells) < N_COLUMNS)
    return FALSE;
  line->step = g_ascii_strtod (cells[COLUMN_STEP], &end);
  if (end == cells[COLUMN_STEP] || *end != '\0' || !isfinite (line->step))
    return FALSE;
  line->round = g_ascii_strtoull (cells[COLUMN_ROUND], NULL, 10);
  line->validation = g_str_equal (cells[COLUMN_KIND], "val");
  line->task = cells[COLUMN_TASK];
  line->loss = g_ascii_strtod (cells[COLUMN_LOSS], &end);
  return end != cells[COLUMN_LOSS] && *end == '\0';
}

/* What to make of a log as a whole. */
typedef struct
{
  gboolean validated;
  double range; /* steps that are averaged over; 0 for rounds */
} Plan;

static void
make_plan (char **lines, Plan *plan)
{
  guint n_validations = 0;
  double last_step = 0, last_validation = -1;
  guint64 last_round = 0;

  for (guint i = 1; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      Line line;

      if (!read_line (cells, &line))
        continue;
      n_validations += line.validation && line.step != last_validation;
      if (line.validation)
        last_validation = line.step;
      last_step = line.step;
      last_round = line.round;
    }
  *plan = (Plan){ .validated = n_validations > 0 };
  if (last_step < N_RANGES * MIN_STEPS_PER_RANGE)
    return;
  plan->validated = n_validations >= MIN_VALIDATIONS;
  plan->range = last_round < N_RANGES ? last_step / N_RANGES : 0;
}

/* The mean of a task's training losses in one round. */
typedef struct
{
  guint64 round;
  double sum;
  guint n;
  double last_step;
} Round;

static void
end_round (TsnRunLog *log, const char *task, const Round *round)
{
  TsnRunCurve *curve = get_curve (log, task);
  double mean = round->sum / round->n;

  g_array_append_val (curve->steps, round->last_step);
  g_array_append_val (curve->losses, mean);
}

static void
add_training (TsnRunLog *log, GHashTable *rounds, double range, const Line *line)
{
  Round *round = g_hash_table_lookup (rounds, line->task);
  guint64 number = range > 0 ? (guint64) ((line->step - 1) / range) : line->round;

  if (round == NULL)
    {
      round = g_new0 (Round, 1);
      round->round = number;
      g_hash_table_insert (rounds, g_strdup (line->task), round);
    }
  if (round->round != number)
    {
      end_round (log, line->task, round);
      *round = (Round){ .round = number };
    }
  round->sum += line->loss;
  round->n++;
  round->last_step = line->step;
}

static void
add_validation (TsnRunLog *log, const Line *line)
{
  TsnRunCurve *curve = get_curve (log, line->task);

  g_array_append_val (curve->steps, line->step);
  g_array_append_val (curve->losses, line->loss);
}

static gboolean
fail (const char *path, guint line, const char *what, GError **error)
{
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, "Line %u of '%s' should be %s, but it is not",
               line, path, what);
  return FALSE;
}

/* Reads lines of one kind; the last may have been cut off while training still runs. */
static gboolean
read_lines (TsnRunLog *log, char **lines, double range, const char *path, GError **error)
{
  g_autoptr (GHashTable) rounds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer task, round;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);
      Line line;

      if (lines[i][0] == '\0' || lines[i + 1] == NULL)
        continue;
      if (!read_line (cells, &line))
        return fail (path, i + 1, "a step, a round, a kind, a task and a loss", error);
      if (line.validation && log->validated)
        add_validation (log, &line);
      else if (!line.validation && !log->validated)
        add_training (log, rounds, range, &line);
    }
  g_hash_table_iter_init (&iter, rounds);
  while (g_hash_table_iter_next (&iter, &task, &round))
    end_round (log, task, round);
  return TRUE;
}

/**
 * tsn_run_log_load:
 * @folder: of a training run
 * @error: %TSN_ERROR_IO when there is no log.csv in it, %TSN_ERROR_FORMAT when that is no log or
 *   has no loss in it
 *
 * Reads the losses of validation, or where there were too few for a curve those of training.
 *
 * Returns: (transfer full) (nullable): the curves.
 */
TsnRunLog *
tsn_run_log_load (const char *folder, GError **error)
{
  g_autoptr (TsnRunLog) log = g_new0 (TsnRunLog, 1);
  g_autofree char *path = g_build_filename (folder, "log.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) header = NULL;
  Plan plan;

  log->name = g_path_get_basename (folder);
  log->curves = g_ptr_array_new_with_free_func (free_curve);
  if (!g_file_get_contents (path, &text, NULL, &reason))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot read the log of a run: %s",
                   reason->message);
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  header = g_strsplit (lines[0] != NULL ? lines[0] : "", ",", -1);
  if (!is_header (header) || !g_utf8_validate (text, -1, NULL))
    {
      fail (path, 1, "step,round,kind,task,loss and what follows", error);
      return NULL;
    }
  make_plan (lines, &plan);
  log->validated = plan.validated;
  if (!read_lines (log, lines, plan.range, path, error))
    return NULL;
  if (log->curves->len > 0)
    return g_steal_pointer (&log);
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "'%s' should have the losses of a run, but it has none yet", path);
  return NULL;
}
