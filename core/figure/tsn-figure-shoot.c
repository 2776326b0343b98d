/* What the networks say of one photo. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-resample.h"

#include <math.h>
#include <string.h>

/* Pixels of all pictures of a figure together: a gigabyte.  Pictures of more are made smaller. */
#define MAX_PIXELS (256.0 * 1024 * 1024)

#define BLEND "blend"

/* Results of one decoding, as they come. */
typedef struct
{
  TsnFigureMaker *maker;
  TsnFigureShot *shot;
  guint model;
  const guint *tasks;
} Decoding;

static char *
key_of (guint model, const char *task)
{
  return g_strdup_printf ("%c/%s", 'a' + model, task);
}

TsnResult *
tsn_figure_shot_get_result (const TsnFigureShot *shot, const TsnFigureColumn *column)
{
  g_autofree char *key = NULL;

  switch (column->content)
    {
    case TSN_FIGURE_BLEND:
      return g_hash_table_lookup (shot->results, BLEND);
    case TSN_FIGURE_RESULT:
    case TSN_FIGURE_OVERLAY:
    case TSN_FIGURE_DIFFERENCE:
    case TSN_FIGURE_PLOT:
      key = key_of (column->model, column->task);
      return g_hash_table_lookup (shot->results, key);
    case TSN_FIGURE_PHOTO:
    case TSN_FIGURE_TRUTH:
    case TSN_FIGURE_FEATURE:
    default:
      return NULL;
    }
}

static void
keep_result (Decoding *decoding, char *key, const TsnTask *task, TsnTensor *output)
{
  g_hash_table_insert (
      decoding->shot->results, key,
      tsn_result_new (task, output, decoding->shot->width, decoding->shot->height));
}

static void
task_cb (guint index, TsnTensor *output, gpointer data)
{
  Decoding *decoding = data;
  const TsnTask *task
      = tsn_model_get_task (decoding->maker->models[decoding->model], decoding->tasks[index]);

  keep_result (decoding, key_of (decoding->model, task->name), task, output);
}

static void
mixture_cb (guint index, TsnTensor *output, gpointer data)
{
  Decoding *decoding = data;

  keep_result (decoding, g_strdup (BLEND),
               tsn_model_get_task (decoding->maker->models[0], decoding->tasks[0]), output);
}

/* Which tasks of a model the figure needs. */
static GArray *
list_tasks (const TsnFigureMaker *maker, guint model)
{
  GArray *tasks = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint t = 0; t < tsn_model_get_n_tasks (maker->models[model]); t++)
    for (guint c = 0; c < maker->study.figure.columns->len; c++)
      {
        const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
        gboolean both = column->content == TSN_FIGURE_DIFFERENCE;

        if (column->content == TSN_FIGURE_PHOTO || column->content == TSN_FIGURE_TRUTH
            || column->content == TSN_FIGURE_BLEND || column->content == TSN_FIGURE_FEATURE
            || (column->model != model && !both)
            || g_strcmp0 (tsn_model_get_task (maker->models[model], t)->name, column->task) != 0)
          continue;
        g_array_append_val (tasks, t);
        break;
      }
  return tasks;
}

static gboolean
has_content (const TsnFigureMaker *maker, TsnFigureContent content)
{
  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    if (tsn_figure_maker_get_column (maker, c)->content == content)
      return TRUE;
  return FALSE;
}

static void
read_weights (const TsnModel *model, const GPtrArray *weights, float *values)
{
  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    values[t] = tsn_study_get_weight (weights, tsn_model_get_task (model, t)->name);
}

static TsnMixture *
make_mixture (const TsnFigureMaker *maker, guint readout)
{
  const TsnStudyBlend *blend = &maker->study.blend;
  static const TsnMixSpace spaces[] = { [TSN_STUDY_CODES] = TSN_MIX_CODES,
                                        [TSN_STUDY_EMBEDDINGS] = TSN_MIX_EMBEDDINGS,
                                        [TSN_STUDY_COEFFICIENTS] = TSN_MIX_COEFFICIENTS };
  TsnModel *model = maker->models[0];
  TsnMixture *mixture = tsn_mixture_new (model, readout);
  g_autofree float *values = g_new0 (float, tsn_model_get_n_tasks (model));
  g_auto (GStrv) modules = tsn_mixture_list_modules (model);

  mixture->space = spaces[blend->space];
  if (blend->weights->len > 0)
    {
      read_weights (model, blend->weights, values);
      tsn_mixture_set_weights (mixture, values);
    }
  for (guint i = 0; i < blend->modules->len; i++)
    {
      const TsnStudyModule *own = g_ptr_array_index (blend->modules, i);

      for (guint m = 0; modules[m] != NULL; m++)
        if (g_strcmp0 (modules[m], own->module) == 0)
          {
            read_weights (model, own->weights, values);
            tsn_mixture_set_module (mixture, m, values);
          }
    }
  return mixture;
}

static gboolean
decode_blend (TsnFigureMaker *maker, TsnFigureShot *shot, GCancellable *cancellable, GError **error)
{
  const char *name = maker->study.blend.readout;
  int found = name != NULL ? tsn_model_find_task (maker->models[0], name) : 0;
  guint readout = MAX (found, 0);
  g_autoptr (TsnMixture) mixture = NULL;
  const TsnMixture *mixtures[1];
  Decoding decoding = { maker, shot, 0, &readout };

  if (found < 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "The blend should be read out by a task of the model '%s', but it has no '%s'",
                   maker->models[0]->name, name);
      return FALSE;
    }
  mixture = make_mixture (maker, readout);
  mixtures[0] = mixture;
  return tsn_session_decode_mixtures (maker->sessions[0], mixtures, 1, mixture_cb, &decoding,
                                      cancellable, error);
}

static gboolean
run_model (TsnFigureMaker *maker,
           TsnFigureShot *shot,
           guint model,
           const TsnImage *image,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) tasks = list_tasks (maker, model);
  gboolean blend = model == 0 && has_content (maker, TSN_FIGURE_BLEND);
  guint size = maker->study.size > 0 ? maker->study.size : maker->models[model]->size;
  g_autoptr (TsnTensor) input = NULL;
  Decoding decoding = { maker, shot, model, (const guint *) (void *) tasks->data };
  guint width, height;

  if (tasks->len == 0 && !blend && !has_content (maker, TSN_FIGURE_FEATURE))
    return TRUE;
  tsn_image_fit_size (image->width, image->height, size, &width, &height);
  input = tsn_image_to_tensor (image, width, height);
  if (!tsn_session_encode (maker->sessions[model], input, cancellable, error))
    return FALSE;
  if (tasks->len > 0
      && !tsn_session_decode_tasks (maker->sessions[model], decoding.tasks, tasks->len, task_cb,
                                    &decoding, cancellable, error))
    return FALSE;
  return (!blend || decode_blend (maker, shot, cancellable, error))
         && tsn_figure_maker_tap (maker, shot, model, cancellable, error);
}

static void
find_truths (TsnFigureMaker *maker, TsnFigureShot *shot, const char *photo)
{
  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    {
      const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
      TsnGroundTruth *truth;

      if (column->content != TSN_FIGURE_TRUTH || g_hash_table_contains (shot->truths, column->task))
        continue;
      truth = tsn_figure_truths_find (maker->data_sets, photo,
                                      tsn_figure_maker_find_task (maker, column->task));
      if (truth != NULL)
        g_hash_table_insert (shot->truths, g_strdup (column->task), truth);
    }
}

/* The photo as it is, or smaller where a figure of so many such pictures would fill the memory. */
static void
take_photo (const TsnFigureMaker *maker, TsnFigureShot *shot, const TsnImage *image)
{
  double n_cells = (double) maker->n_shots * maker->study.figure.columns->len;
  double pixels = (double) image->width * image->height;
  double scale = MIN (1, sqrt (MAX_PIXELS / n_cells / pixels));
  g_autofree float *planes = NULL;
  size_t plane;

  shot->width = MAX (image->width * scale, 1);
  shot->height = MAX (image->height * scale, 1);
  plane = (size_t) shot->width * shot->height;
  shot->photo = g_malloc_n (3, plane);
  if (scale == 1)
    {
      memcpy (shot->photo, image->pixels, 3 * plane);
      return;
    }
  planes = g_new (float, 3 * plane);
  tsn_resample_rgb (image->pixels, image->width, image->height, shot->width, shot->height, planes);
  for (size_t i = 0; i < plane; i++)
    for (guint c = 0; c < 3; c++)
      shot->photo[3 * i + c] = CLAMP (planes[c * plane + i] * 255 + 0.5f, 0, 255);
}

/* Frees what is known of a photo. */
void
tsn_figure_maker_clear_shot (const TsnFigureMaker *maker, TsnFigureShot *shot)
{
  for (guint c = 0; shot->maps != NULL && c < maker->study.figure.columns->len; c++)
    {
      g_clear_pointer (&shot->maps[c], tsn_tensor_unref);
      g_clear_pointer (&shot->differences[c], tsn_difference_free);
    }
  g_clear_pointer (&shot->maps, g_free);
  g_clear_pointer (&shot->differences, g_free);
  g_clear_pointer (&shot->photo, g_free);
  g_clear_pointer (&shot->results, g_hash_table_unref);
  g_clear_pointer (&shot->truths, g_hash_table_unref);
}

static void
begin_shot (const TsnFigureMaker *maker, TsnFigureShot *shot)
{
  guint n_columns = maker->study.figure.columns->len;

  tsn_figure_maker_clear_shot (maker, shot);
  shot->maps = g_new0 (TsnTensor *, n_columns);
  shot->differences = g_new0 (TsnDifference *, n_columns);
  shot->results
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tsn_result_unref);
  shot->truths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) tsn_ground_truth_free);
}

/* Runs the networks and reads the labels of one photo. */
gboolean
tsn_figure_maker_shoot (TsnFigureMaker *maker,
                        guint photo,
                        GCancellable *cancellable,
                        GError **error)
{
  TsnFigureShot *shot = &maker->shots[photo];
  const char *path = tsn_figure_maker_get_photo (maker, photo)->path;
  g_autoptr (TsnImage) image = tsn_image_load (path, error);

  if (image == NULL)
    return FALSE;
  begin_shot (maker, shot);
  take_photo (maker, shot, image);
  for (guint i = 0; i < TSN_FIGURE_MODELS; i++)
    if (maker->models[i] != NULL && !run_model (maker, shot, i, image, cancellable, error))
      return FALSE;
  find_truths (maker, shot, path);
  return tsn_figure_maker_subtract (maker, shot, error);
}
