/* What is written around the pictures of a figure. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/figure/tsn-legend.h"

/* A class that covers less of every picture is noise, which no legend has to explain. */
#define LEAST_SHARE 0.002f

static const char *
scheme_of (const TsnModel *model)
{
  static const char *const names[TSN_N_CONDITIONINGS]
      = { [TSN_CONDITIONING_TSN] = "TSN",
          [TSN_CONDITIONING_TS_IN] = "TS-IN",
          [TSN_CONDITIONING_TS_BN] = "TS-BN",
          [TSN_CONDITIONING_NONE] = "single-task",
          [TSN_CONDITIONING_TE_BN] = "TE-BN",
          [TSN_CONDITIONING_MULTI_HEAD] = "multi-head",
          [TSN_CONDITIONING_MULTI_DECODER] = "multi-decoder" };

  return names[model->spec.conditioning];
}

/* Networks are told apart by what the paper calls them, else by the names of their files. */
static const char *
name_model (const TsnFigureMaker *maker, guint index)
{
  const TsnModel *model = maker->models[index], *other = maker->models[1 - index];

  if (other == NULL || other->spec.conditioning != model->spec.conditioning)
    return scheme_of (model);
  if (g_strcmp0 (model->name, other->name) != 0)
    return model->name;
  return index == 0 ? "A" : "B";
}

static char *
label_column (const TsnFigureMaker *maker, const TsnFigureColumn *column)
{
  switch (column->content)
    {
    case TSN_FIGURE_TRUTH:
      return g_strdup ("truth");
    case TSN_FIGURE_DIFFERENCE:
      return g_strdup ("difference");
    case TSN_FIGURE_OVERLAY:
      return g_strdup_printf ("%s, overlay", name_model (maker, column->model));
    case TSN_FIGURE_PLOT:
      return g_strdup_printf ("%s, values", name_model (maker, column->model));
    case TSN_FIGURE_FEATURE:
      if (column->task == NULL)
        return g_strdup (name_model (maker, column->model));
      return g_strdup_printf ("%s, %s", name_model (maker, column->model), column->task);
    case TSN_FIGURE_RESULT:
      return g_strdup (name_model (maker, column->model));
    case TSN_FIGURE_PHOTO:
    case TSN_FIGURE_BLEND:
    default:
      return NULL;
    }
}

static char *
group_column (const TsnFigureMaker *maker, const TsnFigureColumn *column)
{
  const TsnTask *task = tsn_figure_maker_find_task (maker, column->task);

  switch (column->content)
    {
    case TSN_FIGURE_PHOTO:
      return g_strdup ("Photo");
    case TSN_FIGURE_BLEND:
      return g_strdup ("Blend");
    case TSN_FIGURE_FEATURE:
      return g_strdup (column->node);
    case TSN_FIGURE_TRUTH:
    case TSN_FIGURE_RESULT:
    case TSN_FIGURE_OVERLAY:
    case TSN_FIGURE_DIFFERENCE:
    case TSN_FIGURE_PLOT:
    default:
      return g_strdup (task != NULL ? task->title : column->task);
    }
}

static char *
shorten_group (const TsnFigureMaker *maker, const TsnFigureColumn *column)
{
  const TsnTask *task = tsn_figure_maker_find_task (maker, column->task);

  if (task == NULL || column->content == TSN_FIGURE_FEATURE)
    return NULL;
  return g_strdelimit (g_strdup (task->name), "_", ' ');
}

static gboolean
shows_plain_results (const TsnFigureMaker *maker)
{
  gboolean second = FALSE;

  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    {
      const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);

      if (column->content != TSN_FIGURE_PHOTO && column->content != TSN_FIGURE_RESULT)
        return FALSE;
      second |= column->model == TSN_FIGURE_MODEL_B;
    }
  return !second;
}

/* Where only one network's results are shown, nobody has to be told which. */
static void
head_column (const TsnFigureMaker *maker, guint index, TsnFigureHeading *heading)
{
  const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, index);

  if (column->label != NULL && shows_plain_results (maker))
    {
      heading->group = g_strdup (column->label);
      return;
    }
  heading->group = group_column (maker, column);
  heading->brief = shorten_group (maker, column);
  if (column->label != NULL)
    heading->label = g_strdup (column->label);
  else if (!shows_plain_results (maker))
    heading->label = label_column (maker, column);
}

static char *
caption_of (const TsnFigureHeading *heading)
{
  if (heading->label == NULL || heading->label[0] == '\0')
    return g_strdup (heading->group);
  return g_strdup_printf ("%s (%s)", heading->group, heading->label);
}

static void
label_wrapped (const TsnFigureMaker *maker, TsnFigureGrid *grid)
{
  guint row, place;

  for (guint p = 0; p < maker->n_shots; p++)
    for (guint c = 0; c < maker->study.figure.columns->len; c++)
      {
        TsnFigureHeading heading = { NULL, NULL, NULL };

        head_column (maker, c, &heading);
        tsn_figure_maker_place (maker, p, c, &row, &place);
        tsn_figure_grid_get_cell (grid, row, place)->caption = caption_of (&heading);
        grid->rows[row].group = g_strdup (tsn_figure_maker_get_photo (maker, p)->label);
        g_free (heading.group);
        g_free (heading.brief);
        g_free (heading.label);
      }
}

/* Headings and captions. */
void
tsn_figure_maker_label (const TsnFigureMaker *maker, TsnFigureGrid *grid)
{
  const TsnFigurePlan *plan = &maker->study.figure;

  if (!plan->labels)
    return;
  if (!plan->transposed && plan->wrap > 0 && plan->wrap < plan->columns->len)
    {
      label_wrapped (maker, grid);
      return;
    }
  for (guint c = 0; c < plan->columns->len; c++)
    head_column (maker, c, plan->transposed ? &grid->rows[c] : &grid->columns[c]);
  for (guint p = 0; p < plan->photos->len; p++)
    {
      TsnFigureHeading *heading = plan->transposed ? &grid->columns[p] : &grid->rows[p];

      heading->label = g_strdup (tsn_figure_maker_get_photo (maker, p)->label);
    }
}

/* The largest share that each class has of any picture of the task. */
static void
count_classes (const TsnFigureMaker *maker, const TsnTask *task, float *shares)
{
  for (guint p = 0; p < maker->n_shots; p++)
    for (guint c = 0; c < maker->study.figure.columns->len; c++)
      {
        const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
        const TsnResult *result = tsn_figure_shot_get_result (&maker->shots[p], column);
        const TsnGroundTruth *truth = NULL;
        g_autoptr (TsnLegend) legend = NULL;

        if (column->content == TSN_FIGURE_TRUTH && g_strcmp0 (column->task, task->name) == 0)
          truth = g_hash_table_lookup (maker->shots[p].truths, column->task);
        if (truth != NULL)
          tsn_figure_truth_count_classes (truth, task, shares);
        if (result == NULL || g_strcmp0 (result->task->name, task->name) != 0)
          continue;
        legend = tsn_legend_new (result->task, result);
        for (guint i = 0; i < legend->entries->len; i++)
          {
            const TsnLegendEntry *entry = &g_array_index (legend->entries, TsnLegendEntry, i);

            if (entry->class_index < task->channels)
              shares[entry->class_index] = MAX (shares[entry->class_index], entry->share);
          }
      }
}

/* Leaves only the classes that the figure shows in their colours, in the order of their numbers. */
static void
choose_classes (const TsnFigureMaker *maker, const TsnTask *task, TsnLegend *legend)
{
  const char *isolated = tsn_study_get_isolated (&maker->study, task->name);
  g_autofree float *shares = g_new0 (float, task->channels);

  count_classes (maker, task, shares);
  for (guint i = legend->entries->len; i-- > 0;)
    {
      guint c = g_array_index (legend->entries, TsnLegendEntry, i).class_index;

      if (shares[c] < LEAST_SHARE
          || (isolated != NULL && !g_str_equal (task->class_names[c], isolated)))
        g_array_remove_index (legend->entries, i);
    }
}

static const char *
legend_task (const TsnFigureMaker *maker, const TsnFigureColumn *column)
{
  switch (column->content)
    {
    case TSN_FIGURE_BLEND:
      return maker->study.blend.readout != NULL ? maker->study.blend.readout
                                                : tsn_model_get_task (maker->models[0], 0)->name;
    case TSN_FIGURE_TRUTH:
    case TSN_FIGURE_RESULT:
    case TSN_FIGURE_OVERLAY:
      return column->task;
    case TSN_FIGURE_PHOTO:
    case TSN_FIGURE_FEATURE:
    case TSN_FIGURE_DIFFERENCE:
    case TSN_FIGURE_PLOT:
    default:
      return NULL;
    }
}

static TsnLegend *
make_legend (const TsnFigureMaker *maker, const TsnTask *task)
{
  TsnLegend *legend = tsn_legend_new (task, NULL);
  TsnRenderOptions range;

  if (legend->kind == TSN_LEGEND_CLASSES)
    choose_classes (maker, task, legend);
  if (task->kind == TSN_TASK_DEPTH)
    {
      tsn_figure_maker_get_range (maker, task->name, &range);
      legend->low = range.low;
      legend->high = range.high;
    }
  return legend;
}

/* One legend for each task whose colours the figure shows, and for each difference. */
void
tsn_figure_maker_add_legends (const TsnFigureMaker *maker, TsnFigureGrid *grid)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    {
      const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
      const TsnTask *task = tsn_figure_maker_find_task (maker, legend_task (maker, column));

      if (column->content == TSN_FIGURE_DIFFERENCE)
        g_ptr_array_add (grid->legends, tsn_figure_maker_make_difference_legend (maker, c));
      else if (task != NULL && g_hash_table_add (seen, task->name))
        g_ptr_array_add (grid->legends, make_legend (maker, task));
    }
}
