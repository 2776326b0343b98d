/* What the networks say of one photo. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/figure/tsn-study-mixture.h"
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

/* A blend that names no weights is the read-out's task by itself. */
static void
read_weights (const TsnStudyBlend *blend, const TsnModel *model, float *weights)
{
  int task = blend->readout != NULL ? tsn_model_find_task (model, blend->readout) : 0;

  tsn_study_read_weights (blend->weights, model, weights);
  if (blend->weights->len == 0)
    weights[MAX (task, 0)] = 1;
}

static gboolean
decode_blend (TsnFigureMaker *maker, TsnFigureShot *shot, GCancellable *cancellable, GError **error)
{
  const TsnStudyBlend *blend = &maker->study.blend;
  TsnModel *model = maker->models[0];
  g_autofree float *weights = g_new0 (float, tsn_model_get_n_tasks (model));
  guint readout;
  g_autoptr (TsnMixture) mixture = NULL;
  const TsnMixture *mixtures[1];
  Decoding decoding = { maker, shot, 0, &readout };

  read_weights (blend, model, weights);
  if (!tsn_study_find_readout (blend, weights, model, &readout, error))
    return FALSE;
  mixtures[0] = mixture = tsn_study_make_mixture (blend, weights, model, readout);
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
