/* The figure of what a window shows. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>

/**
 * tsn_study_get_photo_path:
 *
 * Returns: (transfer full) (nullable): the absolute path of the photo that a study's source stands
 *   at; %NULL for videos, cameras and nothing.
 */
char *
tsn_study_get_photo_path (const TsnStudy *study)
{
  const TsnStudySource *source = &study->source;

  switch (source->kind)
    {
    case TSN_STUDY_PHOTO:
      return g_strdup (source->path);
    case TSN_STUDY_FOLDER:
    case TSN_STUDY_DATASET:
      if (source->path == NULL || source->item == NULL)
        return NULL;
      return g_build_filename (source->path, source->item, NULL);
    case TSN_STUDY_NOTHING:
    case TSN_STUDY_VIDEO:
    case TSN_STUDY_CAMERA:
    default:
      return NULL;
    }
}

static gboolean
plan_photo (TsnStudy *study, GError **error)
{
  g_autofree char *path = NULL;

  if (study->figure.photos->len > 0)
    return TRUE;
  path = tsn_study_get_photo_path (study);
  if (path == NULL)
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                           _ ("A figure needs a photo, but the session names none"));
      return FALSE;
    }
  tsn_figure_plan_add_photo (&study->figure, path);
  return TRUE;
}

static void
plan_task (TsnFigureMaker *maker, const char *task)
{
  TsnStudy *study = &maker->study;
  gboolean second = maker->models[1] != NULL && tsn_model_find_task (maker->models[1], task) >= 0;
  gboolean compared = study->compare.enabled && second;
  TsnFigureColumn *column;

  if (study->layout == TSN_STUDY_OVERLAY)
    {
      column = tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_OVERLAY, task);
      column->opacity = study->opacity;
    }
  else
    tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_RESULT, task);
  if (compared)
    tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_RESULT, task)->model
        = TSN_FIGURE_MODEL_B;
  if (compared && study->compare.mode == TSN_STUDY_DIFFERENCE)
    tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_DIFFERENCE, task);
  if (study->show_truth && tsn_figure_maker_has_truth (maker, task))
    tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_TRUTH, task);
}

static gboolean
is_shown (const TsnStudy *study, const char *task)
{
  if (study->layout != TSN_STUDY_GRID && study->active != NULL)
    return g_str_equal (study->active, task);
  return study->shown == NULL || g_strv_contains ((const char *const *) study->shown, task);
}

static void
plan_columns (TsnFigureMaker *maker)
{
  TsnStudy *study = &maker->study;
  TsnFigureColumn *column;

  if (study->show_photo || maker->models[0] == NULL)
    tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_PHOTO, NULL);
  for (guint t = 0; maker->models[0] != NULL && t < tsn_model_get_n_tasks (maker->models[0]); t++)
    {
      const char *task = tsn_model_get_task (maker->models[0], t)->name;

      if (is_shown (study, task))
        plan_task (maker, task);
    }
  if (maker->models[0] != NULL && study->blend.enabled)
    tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_BLEND, NULL);
  if (maker->models[0] != NULL && study->inspector.enabled && study->inspector.node != NULL)
    {
      column = tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_FEATURE, study->active);
      column->node = g_strdup (study->inspector.node);
      column->mode = study->inspector.mode;
      column->channel = study->inspector.channel;
    }
}

/* Fills an empty plan with what a window would show. */
gboolean
tsn_figure_maker_plan (TsnFigureMaker *maker, GError **error)
{
  if (!plan_photo (&maker->study, error))
    return FALSE;
  if (maker->study.figure.columns->len == 0)
    plan_columns (maker);
  return TRUE;
}
