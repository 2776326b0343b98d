#include "ui/tsn-cost-plot.h"

#include "core/model/tsn-scheme.h"

#include <glib/gi18n.h>
#include <math.h>

/* At least so many tasks are counted. */
#define MOST_TASKS 10

typedef struct
{
  TsnPlot *plot;
  GString *summary;
  const TsnNetworkSpec *spec;
  guint n_tasks;
} Count;

/* A network for one task stands for itself in "single-task". */
static gboolean
does_several_tasks (const TsnScheme *scheme)
{
  return scheme->per_task || scheme->conditioning != TSN_CONDITIONING_NONE;
}

/* Acronyms are written as such. */
static char *
get_title (const TsnScheme *scheme)
{
  gboolean word = scheme->per_task || scheme->conditioning == TSN_CONDITIONING_MULTI_HEAD
                  || (scheme->conditioning == TSN_CONDITIONING_MULTI_DECODER && !scheme->rcm);

  return word ? g_strdup (scheme->name) : g_ascii_strup (scheme->name, -1);
}

static double
count_millions (const Count *count, const TsnScheme *scheme, guint n_tasks)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_repeat (count->spec->tasks, n_tasks);
  TsnNetworkSpec spec = *count->spec;
  TsnCount own;

  spec.tasks = tasks;
  return tsn_scheme_count (scheme, &spec, &own, NULL) ? own.total_params / 1e6 : NAN;
}

static void
add_scheme (Count *count, const TsnScheme *scheme, guint index)
{
  const TsnPlotStyle style = { index, index / 2, -1 };
  g_autofree char *title = get_title (scheme);
  g_autofree double *x = g_new (double, count->n_tasks);
  g_autofree double *y = g_new (double, count->n_tasks);

  for (guint i = 0; i < count->n_tasks; i++)
    {
      x[i] = i + 1;
      y[i] = count_millions (count, scheme, i + 1);
    }
  tsn_plot_add_line (count->plot, title, style, x, y, count->n_tasks);
  /* Translators: a scheme and its millions of parameters for one and for many tasks. */
  g_string_append_printf (count->summary, _ ("%s: %.1f to %.1f million. "), title, y[0],
                          y[count->n_tasks - 1]);
}

static void
add_model (Count *count, const char *letter, const TsnModel *model)
{
  const TsnPlotStyle style = { 6, 0, 0 };
  TsnCount own;

  if (model == NULL)
    return;
  tsn_count_params (model->graph, &own);
  tsn_plot_add_point (count->plot, letter, style, tsn_model_get_n_tasks (model),
                      own.total_params / 1e6);
}

/**
 * tsn_cost_plot_new:
 * @first: whose encoder, width and tasks are counted; a point marks it, too
 * @second: (nullable): another model to mark
 *
 * Counts the parameters of every scheme for one task, two tasks and so on, which takes a while: not
 * for the main thread.
 *
 * Returns: (transfer full): the plot.
 */
TsnCostPlot *
tsn_cost_plot_new (const TsnModel *first, const TsnModel *second)
{
  TsnCostPlot *cost = g_new0 (TsnCostPlot, 1);
  g_autoptr (GString) summary = g_string_new (NULL);
  Count count = { .summary = summary,
                  .spec = &first->spec,
                  .n_tasks = MAX (MOST_TASKS, tsn_model_get_n_tasks (first)) };
  guint n = 0;

  count.plot = tsn_plot_new (NULL, _ ("number of tasks"), _ ("million parameters"));
  tsn_plot_include (count.plot, NAN, 0);
  for (guint i = 0; i < tsn_scheme_get_n (); i++)
    if (does_several_tasks (tsn_scheme_get (i)))
      add_scheme (&count, tsn_scheme_get (i), n++);
  add_model (&count, "A", first);
  add_model (&count, "B", second);
  cost->plot = count.plot;
  cost->summary = g_string_free (g_steal_pointer (&summary), FALSE);
  return cost;
}

void
tsn_cost_plot_free (TsnCostPlot *cost)
{
  g_clear_pointer (&cost->plot, tsn_plot_free);
  g_free (cost->summary);
  g_free (cost);
}
