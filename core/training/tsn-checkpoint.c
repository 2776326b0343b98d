#include "core/training/tsn-checkpoint.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-safetensors.h"

#include <math.h>
#include <stdlib.h>

/* Groups of tensors in a checkpoint, each with one per parameter at most. */
typedef struct
{
  const char *prefix;
  TsnTensor **tensors; /* NULL if there is no such group */
} Group;

#define N_GROUPS 4

static void
list_groups (const TsnTrainer *trainer, Group groups[N_GROUPS])
{
  groups[0] = (Group){ "param", trainer->model->params };
  groups[1] = (Group){ "first", trainer->optimiser->first };
  groups[2] = (Group){ "second", trainer->optimiser->second };
  groups[3] = (Group){ "average", trainer->optimiser->average };
}

static char *
tensor_name (const TsnTrainer *trainer, const Group *group, guint param)
{
  return g_strdup_printf ("%s.%s", group->prefix,
                          tsn_graph_param (trainer->model->graph, param)->name);
}

static void
set_integer (TsnSafetensorsWriter *writer, const char *key, guint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  tsn_safetensors_writer_set_metadata (writer, key, text);
}

/* Enough digits to bring every bit back. */
static void
set_real (TsnSafetensorsWriter *writer, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  tsn_safetensors_writer_set_metadata (writer, key, g_ascii_dtostr (text, sizeof text, value));
}

static void
set_steps (TsnSafetensorsWriter *writer, const TsnTrainer *trainer)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < trainer->model->graph->params->len; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? " " : "",
                            trainer->optimiser->steps[i]);
  tsn_safetensors_writer_set_metadata (writer, "steps", text->str);
  g_string_free (text, TRUE);
}

static gboolean
check_finite (const TsnTrainer *trainer, GError **error)
{
  for (guint i = 0; i < trainer->model->graph->params->len; i++)
    for (size_t j = 0; j < tsn_tensor_length (trainer->model->params[i]); j++)
      if (!isfinite (trainer->model->params[i]->data[j]))
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
                       "After %" G_GUINT64_FORMAT " steps '%s' holds numbers that are not finite "
                       "any more, so no checkpoint is saved",
                       trainer->optimiser->updates,
                       tsn_graph_param (trainer->model->graph, i)->name);
          return FALSE;
        }
  return TRUE;
}

/**
 * tsn_checkpoint_save:
 * @error: %TSN_ERROR_IO, or %TSN_ERROR_MODEL if a parameter is not finite any more; an older
 *   checkpoint of that name is still there then, whole
 *
 * Writes a checkpoint to a temporary file, brings it to the disk and gives it its name, so that
 * there is a whole one at every moment.
 */
gboolean
tsn_checkpoint_save (const TsnTrainer *trainer,
                     const TsnProgressState *progress,
                     const char *path,
                     GError **error)
{
  g_autoptr (TsnSafetensorsWriter) writer = tsn_safetensors_writer_new ();
  Group groups[N_GROUPS];

  if (!check_finite (trainer, error))
    return FALSE;
  list_groups (trainer, groups);
  for (guint g = 0; g < N_GROUPS; g++)
    for (guint i = 0; groups[g].tensors != NULL && i < trainer->model->graph->params->len; i++)
      if (groups[g].tensors[i] != NULL)
        {
          g_autofree char *name = tensor_name (trainer, &groups[g], i);

          tsn_safetensors_writer_add (writer, name, groups[g].tensors[i], TSN_DTYPE_F32);
        }
  tsn_safetensors_writer_add (writer, "codes", trainer->model->codes, TSN_DTYPE_F32);
  tsn_safetensors_writer_set_metadata (writer, "format", TSN_CHECKPOINT_FORMAT);
  set_integer (writer, "version", TSN_CHECKPOINT_VERSION);
  tsn_safetensors_writer_set_metadata (writer, "optimiser",
                                       tsn_optimiser_kind_get_name (trainer->optimiser->spec.kind));
  set_integer (writer, "updates", trainer->optimiser->updates);
  set_steps (writer, trainer);
  set_real (writer, "schedule_scale", trainer->schedule.scale);
  set_real (writer, "schedule_best", trainer->schedule.best);
  set_integer (writer, "schedule_bad", trainer->schedule.bad);
  set_integer (writer, "seed", progress->seed);
  set_integer (writer, "step", progress->step);
  set_integer (writer, "rounds", progress->rounds);
  set_real (writer, "best", progress->best);
  set_real (writer, "seconds", progress->seconds);
  set_integer (writer, "pending", progress->pending);
  return tsn_safetensors_writer_save (writer, path, error);
}

static gboolean
fail (TsnSafetensors *file, const char *what, GError **error)
{
  g_autofree char *name = g_filename_display_name (tsn_safetensors_get_path (file));

  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, "'%s' is not a checkpoint of this training: %s",
               name, what);
  return FALSE;
}

static gboolean
get_integer (TsnSafetensors *file, const char *key, guint64 *value, GError **error)
{
  const char *text = tsn_safetensors_get_metadata (file, key);
  g_autofree char *what = NULL;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL))
    return TRUE;
  what = g_strdup_printf ("its “%s” should be a whole number, but is %s", key,
                          text != NULL ? text : "missing");
  return fail (file, what, error);
}

static gboolean
get_real (TsnSafetensors *file, const char *key, double *value, GError **error)
{
  const char *text = tsn_safetensors_get_metadata (file, key);
  g_autofree char *what = NULL;
  char *end = NULL;

  if (text != NULL && *text != '\0')
    *value = g_ascii_strtod (text, &end);
  if (end != NULL && *end == '\0' && !isnan (*value))
    return TRUE;
  what = g_strdup_printf ("its “%s” should be a number, but is %s", key,
                          text != NULL ? text : "missing");
  return fail (file, what, error);
}

static gboolean
get_steps (TsnSafetensors *file, TsnTrainer *trainer, GError **error)
{
  const char *text = tsn_safetensors_get_metadata (file, "steps");
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  guint n = trainer->model->graph->params->len;

  if (g_strv_length (words) != n)
    return fail (file, "it does not count the steps of every parameter", error);
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_unsigned (words[i], 10, 0, G_MAXUINT64, &trainer->optimiser->steps[i],
                                     NULL))
      return fail (file, "a count of steps is not a whole number", error);
  return TRUE;
}

static gboolean
check_header (TsnSafetensors *file, const TsnTrainer *trainer, GError **error)
{
  const char *kind = tsn_optimiser_kind_get_name (trainer->optimiser->spec.kind);
  guint64 version;

  if (g_strcmp0 (tsn_safetensors_get_metadata (file, "format"), TSN_CHECKPOINT_FORMAT) != 0)
    return fail (file, "its format is another one", error);
  if (!get_integer (file, "version", &version, error))
    return FALSE;
  if (version != TSN_CHECKPOINT_VERSION)
    return fail (file, "its version is not known", error);
  if (g_strcmp0 (tsn_safetensors_get_metadata (file, "optimiser"), kind) != 0)
    return fail (file, "it was made by another optimiser", error);
  return TRUE;
}

static gboolean
load_state (TsnSafetensors *file, TsnTrainer *trainer, TsnProgressState *progress, GError **error)
{
  guint64 bad, pending = 0;

  if (!get_integer (file, "updates", &trainer->optimiser->updates, error)
      || !get_steps (file, trainer, error)
      || !get_real (file, "schedule_scale", &trainer->schedule.scale, error)
      || !get_real (file, "schedule_best", &trainer->schedule.best, error)
      || !get_integer (file, "schedule_bad", &bad, error)
      || !get_integer (file, "seed", &progress->seed, error)
      || !get_integer (file, "step", &progress->step, error)
      || !get_integer (file, "rounds", &progress->rounds, error)
      || !get_real (file, "best", &progress->best, error)
      || !get_real (file, "seconds", &progress->seconds, error))
    return FALSE;
  /* Earlier versions saved after validations alone, and did not say so. */
  if (tsn_safetensors_get_metadata (file, "pending") != NULL
      && !get_integer (file, "pending", &pending, error))
    return FALSE;
  progress->pending = pending != 0;
  trainer->schedule.bad = MIN (bad, G_MAXUINT);
  return TRUE;
}

/**
 * tsn_checkpoint_load:
 * @trainer: of the same network and options; after a failure it is of no use any more
 * @progress: (out): where the run was
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT or %TSN_ERROR_MODEL
 *
 * Brings a trainer to where it was when the checkpoint was saved, bit for bit.
 */
gboolean
tsn_checkpoint_load (TsnTrainer *trainer,
                     TsnProgressState *progress,
                     const char *path,
                     GError **error)
{
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, error);
  Group groups[N_GROUPS];

  if (file == NULL || !check_header (file, trainer, error)
      || !load_state (file, trainer, progress, error)
      || !tsn_safetensors_read_into (file, "codes", trainer->model->codes, error))
    return FALSE;
  list_groups (trainer, groups);
  for (guint g = 0; g < N_GROUPS; g++)
    for (guint i = 0; groups[g].tensors != NULL && i < trainer->model->graph->params->len; i++)
      if (groups[g].tensors[i] != NULL)
        {
          g_autofree char *name = tensor_name (trainer, &groups[g], i);

          if (!tsn_safetensors_read_into (file, name, groups[g].tensors[i], error))
            return FALSE;
        }
  return TRUE;
}
