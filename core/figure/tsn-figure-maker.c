#include "core/figure/tsn-figure-maker-private.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-map-file.h"
#include "core/io/tsn-model-file.h"

#include <glib/gi18n-lib.h>

/* The largest input that memory is risked for; see TSN_SESSION_MAX_SIZE. */
#define MAX_SIZE TSN_SESSION_MAX_SIZE

/**
 * tsn_study_hash_file:
 * @path: of a model
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): the SHA-256 of a file, as a study names its models.
 */
char *
tsn_study_hash_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = tsn_map_file (path, error);

  return bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
}

/* Files may change; the figure is drawn from what is there now, and says so. */
static gboolean
check_hash (TsnFigureMaker *maker, TsnStudyModel *model, GError **error)
{
  char *found = tsn_study_hash_file (model->path, error);

  if (found == NULL)
    return FALSE;
  if (model->sha256 != NULL && !g_str_equal (model->sha256, found))
    {
      g_autofree char *name = g_filename_display_name (model->path);
      g_autofree char *note
          = g_strdup_printf (_ ("The model '%s' is not the one that the session was made with: its "
                                "SHA-256 was %.12s and is %.12s"),
                             name, model->sha256, found);

      g_strv_builder_add (maker->note_builder, note);
    }
  g_free (model->sha256);
  model->sha256 = found;
  return TRUE;
}

static gboolean
load_model (TsnFigureMaker *maker, guint index, TsnStudyModel *model, GError **error)
{
  guint size;

  if (model->path == NULL)
    return TRUE;
  if (!check_hash (maker, model, error))
    return FALSE;
  maker->models[index] = tsn_model_load (model->path, error);
  if (maker->models[index] == NULL)
    return FALSE;
  size = maker->study.size > 0 ? maker->study.size : maker->models[index]->size;
  if (size >= TSN_SESSION_MIN_SIZE && size <= MAX_SIZE)
    {
      maker->sessions[index] = tsn_session_new (maker->models[index], maker->pool);
      return TRUE;
    }
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               _ ("The input of the model '%s' should be %d to %d pixels, but it is to be %u"),
               maker->models[index]->name, TSN_SESSION_MIN_SIZE, MAX_SIZE, size);
  return FALSE;
}

static gboolean
needs_task (TsnFigureContent content)
{
  return content != TSN_FIGURE_PHOTO && content != TSN_FIGURE_BLEND;
}

static gboolean
check_task (const TsnFigureMaker *maker, guint index, const char *task, GError **error)
{
  const TsnModel *model = maker->models[index];
  g_autofree char *known = NULL;

  if (model == NULL)
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                           index == 0
                               ? _ ("The figure needs a model, but the session names none")
                               : _ ("The figure needs a second model, but the session names none"));
      return FALSE;
    }
  if (task == NULL || tsn_model_find_task (model, task) >= 0)
    return TRUE;
  known = tsn_task_list_names (model->spec.tasks);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, _ ("The model '%s' has no task '%s', only %s"),
               model->name, task, known);
  return FALSE;
}

static gboolean
check_column (const TsnFigureMaker *maker, const TsnFigureColumn *column, GError **error)
{
  if (column->content == TSN_FIGURE_PHOTO)
    return TRUE;
  if (column->content != TSN_FIGURE_FEATURE && needs_task (column->content) && column->task == NULL)
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                           _ ("A column of the figure should name a task, but it does not"));
      return FALSE;
    }
  if (column->content == TSN_FIGURE_FEATURE && column->node == NULL)
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                           _ ("A column of feature maps should name a node, but it does not"));
      return FALSE;
    }
  if (column->content == TSN_FIGURE_DIFFERENCE
      && !check_task (maker, TSN_FIGURE_MODEL_B, column->task, error))
    return FALSE;
  return check_task (maker,
                     column->content == TSN_FIGURE_DIFFERENCE ? TSN_FIGURE_MODEL_A : column->model,
                     column->task, error);
}

static gboolean
check_plan (const TsnFigureMaker *maker, GError **error)
{
  const TsnFigurePlan *plan = &maker->study.figure;

  for (guint c = 0; c < plan->columns->len; c++)
    if (!check_column (maker, tsn_figure_maker_get_column (maker, c), error))
      return FALSE;
  for (guint p = 0; p < plan->photos->len; p++)
    if (tsn_figure_maker_get_photo (maker, p)->path == NULL)
      {
        g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                     _ ("Photo %u of the figure should name a file, but it does not"), p + 1);
        return FALSE;
      }
  return TRUE;
}

/**
 * tsn_figure_maker_new:
 * @study: what to show; copied
 * @pool: (transfer none): threads, which outlive the maker
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT, %TSN_ERROR_MODEL when a model cannot be loaded,
 *   %TSN_ERROR_ARGUMENT when a photo, a task or a node does not exist
 *
 * Loads the models.  If the study's figure has no columns, it is made to show what the window
 * showed.
 *
 * Returns: (transfer full) (nullable): a maker.
 */
TsnFigureMaker *
tsn_figure_maker_new (const TsnStudy *study, TsnPool *pool, GError **error)
{
  g_autoptr (TsnFigureMaker) maker = g_new0 (TsnFigureMaker, 1);

  tsn_study_copy (study, &maker->study);
  maker->pool = pool;
  maker->note_builder = g_strv_builder_new ();
  maker->data_sets = tsn_figure_truths_new ();
  if (!load_model (maker, TSN_FIGURE_MODEL_A, &maker->study.model, error)
      || !load_model (maker, TSN_FIGURE_MODEL_B, &maker->study.second, error)
      || !tsn_figure_maker_plan (maker, error) || !check_plan (maker, error))
    return NULL;
  maker->notes = g_strv_builder_end (maker->note_builder);
  maker->n_shots = maker->study.figure.photos->len;
  maker->shots = g_new0 (TsnFigureShot, maker->n_shots);
  return g_steal_pointer (&maker);
}

void
tsn_figure_maker_free (TsnFigureMaker *maker)
{
  for (guint i = 0; i < maker->n_shots; i++)
    tsn_figure_maker_clear_shot (maker, &maker->shots[i]);
  g_free (maker->shots);
  for (guint i = 0; i < TSN_FIGURE_MODELS; i++)
    {
      g_clear_pointer (&maker->sessions[i], tsn_session_free);
      g_clear_pointer (&maker->models[i], tsn_model_unref);
    }
  g_ptr_array_unref (maker->data_sets);
  g_strv_builder_unref (maker->note_builder);
  g_strfreev (maker->notes);
  tsn_study_clear (&maker->study);
  g_free (maker);
}

/**
 * tsn_figure_maker_get_study:
 *
 * Returns: (transfer none): the study as it is drawn: with the hashes of the models that were found
 *   and the columns that were chosen.
 */
const TsnStudy *
tsn_figure_maker_get_study (const TsnFigureMaker *maker)
{
  return &maker->study;
}

/**
 * tsn_figure_maker_get_notes:
 *
 * Returns: (transfer none) (array zero-terminated=1): sentences that whoever gets the figure has to
 *   know, such as that a model's file has changed.
 */
const char *const *
tsn_figure_maker_get_notes (const TsnFigureMaker *maker)
{
  return (const char *const *) maker->notes;
}

/**
 * tsn_figure_maker_set_progress:
 * @progress: (nullable): called before every photo, on the thread of tsn_figure_maker_make()
 */
void
tsn_figure_maker_set_progress (TsnFigureMaker *maker, TsnFigureProgressFunc progress, gpointer data)
{
  maker->progress = progress;
  maker->progress_data = data;
}

/**
 * tsn_figure_maker_set_look:
 * @look: from where everything but photos and columns is taken
 *
 * Changes what the figure looks like: no network has to run again for that.
 */
void
tsn_figure_maker_set_look (TsnFigureMaker *maker, const TsnFigurePlan *look)
{
  tsn_figure_plan_copy_look (look, &maker->study.figure);
}

/* The task of that name of whichever model has it, or NULL. */
const TsnTask *
tsn_figure_maker_find_task (const TsnFigureMaker *maker, const char *name)
{
  for (guint i = 0; i < TSN_FIGURE_MODELS && name != NULL; i++)
    {
      int index = maker->models[i] != NULL ? tsn_model_find_task (maker->models[i], name) : -1;

      if (index >= 0)
        return tsn_model_get_task (maker->models[i], index);
    }
  return NULL;
}

const TsnFigurePhoto *
tsn_figure_maker_get_photo (const TsnFigureMaker *maker, guint index)
{
  return g_ptr_array_index (maker->study.figure.photos, index);
}

const TsnFigureColumn *
tsn_figure_maker_get_column (const TsnFigureMaker *maker, guint index)
{
  return g_ptr_array_index (maker->study.figure.columns, index);
}

/* Whether any photo has a label of a task. */
gboolean
tsn_figure_maker_has_truth (const TsnFigureMaker *maker, const char *task)
{
  const TsnTask *known = tsn_figure_maker_find_task (maker, task);
  gboolean found = FALSE;

  for (guint i = 0; known != NULL && i < maker->study.figure.photos->len && !found; i++)
    {
      g_autoptr (TsnGroundTruth) truth = tsn_figure_truths_find (
          maker->data_sets, tsn_figure_maker_get_photo (maker, i)->path, known);

      found = truth != NULL;
    }
  return found;
}

/**
 * tsn_figure_maker_plan_comparison:
 * @tasks: (nullable) (array zero-terminated=1): names of tasks, %NULL for all of the first model
 * @truth: whether labels are shown where the photos lie in a data set that has them
 * @error: %TSN_ERROR_ARGUMENT when a model has not the task
 *
 * Replaces the columns by those of the qualitative figure of a paper: the photo and, of every task,
 * what each model says and the labels.
 */
gboolean
tsn_figure_maker_plan_comparison (TsnFigureMaker *maker,
                                  char *const *tasks,
                                  gboolean truth,
                                  GError **error)
{
  TsnFigurePlan *plan = &maker->study.figure;

  for (guint i = 0; i < maker->n_shots; i++)
    tsn_figure_maker_clear_shot (maker, &maker->shots[i]);
  g_ptr_array_set_size (plan->columns, 0);
  tsn_figure_plan_add_column (plan, TSN_FIGURE_PHOTO, NULL);
  for (guint t = 0;
       tasks != NULL ? tasks[t] != NULL
                     : maker->models[0] != NULL && t < tsn_model_get_n_tasks (maker->models[0]);
       t++)
    {
      const char *task = tasks != NULL ? tasks[t] : tsn_model_get_task (maker->models[0], t)->name;

      tsn_figure_plan_add_comparison (plan, task, maker->models[1] != NULL,
                                      truth && tsn_figure_maker_has_truth (maker, task));
    }
  return check_plan (maker, error);
}

/* Where the cell of a photo and a column stands in the grid. */
void
tsn_figure_maker_place (
    const TsnFigureMaker *maker, guint photo, guint column, guint *row, guint *place)
{
  const TsnFigurePlan *plan = &maker->study.figure;
  guint n = plan->columns->len;
  guint wrap = plan->wrap > 0 ? MIN (plan->wrap, n) : n;

  if (plan->transposed)
    {
      *row = column;
      *place = photo;
      return;
    }
  *row = photo * ((n + wrap - 1) / wrap) + column / wrap;
  *place = column % wrap;
}

static TsnFigureGrid *
make_grid (const TsnFigureMaker *maker)
{
  const TsnFigurePlan *plan = &maker->study.figure;
  guint n = plan->columns->len, row, place;
  guint wrap = plan->wrap > 0 ? MIN (plan->wrap, n) : n;
  TsnFigureGrid *grid;

  tsn_figure_maker_place (maker, maker->n_shots - 1, n - 1, &row, &place);
  grid = tsn_figure_grid_new (row + 1, plan->transposed ? maker->n_shots : wrap, plan->transposed);
  tsn_figure_grid_set_page (grid, plan);
  grid->hatching = maker->study.hatching;
  return grid;
}

static double
aspect_of (const TsnFigureMaker *maker, guint photo)
{
  const TsnFigureShot *shot = &maker->shots[photo];
  const TsnFigurePart *crop = &tsn_figure_maker_get_photo (maker, photo)->crop;

  return shot->height * crop->height / (shot->width * crop->width);
}

/* What a photo's cells show of it once its results are known; nothing else needs its pixels. */
static void
draw_row (const TsnFigureMaker *maker, TsnFigureGrid *grid, guint photo)
{
  guint row, place;

  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    {
      tsn_figure_maker_place (maker, photo, c, &row, &place);
      tsn_figure_maker_draw_cell (maker, photo, c, tsn_figure_grid_get_cell (grid, row, place));
      grid->aspects[grid->across ? place : row] = aspect_of (maker, photo);
    }
}

typedef struct
{
  const TsnFigureMaker *maker;
  TsnFigureGrid *grid;
} DrawLoop;

static void
draw_rows (gpointer data, size_t first, size_t last, guint thread)
{
  DrawLoop *loop = data;

  for (size_t i = first; i < last; i++)
    draw_row (loop->maker, loop->grid, i);
}

/**
 * tsn_figure_maker_make:
 * @error: %G_IO_ERROR_CANCELLED; %TSN_ERROR_ARGUMENT when there is no room for the pictures;
 *   %TSN_ERROR_IO or %TSN_ERROR_FORMAT when a photo cannot be read
 *
 * Photos that were done by an earlier call are not done again.
 *
 * Returns: (transfer full) (nullable): the figure, to be drawn as often as it is needed.
 */
TsnFigureGrid *
tsn_figure_maker_make (TsnFigureMaker *maker, GCancellable *cancellable, GError **error)
{
  g_autoptr (TsnFigureGrid) grid = make_grid (maker);
  DrawLoop loop = { maker, grid };

  for (guint i = 0; i < maker->n_shots; i++)
    {
      if (maker->shots[i].results != NULL)
        continue;
      if (maker->progress != NULL)
        maker->progress (maker->progress_data, i, maker->n_shots,
                         tsn_figure_maker_get_photo (maker, i)->path);
      if (!tsn_figure_maker_shoot (maker, i, cancellable, error))
        {
          tsn_figure_maker_clear_shot (maker, &maker->shots[i]);
          return NULL;
        }
    }
  /* Only now the range of depth over all photos is known. */
  tsn_pool_for (maker->pool, maker->n_shots, 1, draw_rows, &loop);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  tsn_figure_maker_label (maker, grid);
  if (maker->study.figure.legends)
    tsn_figure_maker_add_legends (maker, grid);
  if (tsn_figure_grid_has_room (grid))
    return g_steal_pointer (&grid);
  g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       _ ("There is no room for so many pictures: show fewer, leave legends out or "
                          "choose a smaller font"));
  return NULL;
}

/**
 * tsn_figure_maker_list_results:
 *
 * Calls @func for every result that the figure shows, once tsn_figure_maker_make() has been.
 */
void
tsn_figure_maker_list_results (TsnFigureMaker *maker, TsnFigureResultFunc func, gpointer data)
{
  for (guint p = 0; p < maker->n_shots; p++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

      for (guint c = 0; maker->shots[p].results != NULL && c < maker->study.figure.columns->len;
           c++)
        {
          const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
          TsnResult *result = tsn_figure_shot_get_result (&maker->shots[p], column);

          if (result != NULL && g_hash_table_add (seen, result))
            func (data, p, column->model, result);
        }
    }
}
