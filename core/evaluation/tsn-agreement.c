#include "core/evaluation/tsn-agreement.h"

#include "core/inference/tsn-session.h"
#include "core/io/tsn-image.h"

#include <math.h>

static double
same_classes (const TsnEstimate *a, const TsnEstimate *b, size_t n)
{
  size_t same = 0;

  for (size_t i = 0; i < n; i++)
    same += a->classes[i] == b->classes[i];
  return same / (double) n;
}

static double
mean_cosine (const TsnEstimate *a, const TsnEstimate *b, size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    for (guint c = 0; c < 3; c++)
      sum += (double) a->planes[c * n + i] * b->planes[c * n + i];
  return sum / n;
}

static double
get_number (const TsnEstimate *prediction, size_t i)
{
  return prediction->shares != NULL ? prediction->shares[i] : prediction->planes[i];
}

static double
correlate (const TsnEstimate *a, const TsnEstimate *b, size_t n)
{
  double mean_a = 0, mean_b = 0, aa = 0, ab = 0, bb = 0;

  for (size_t i = 0; i < n; i++)
    {
      mean_a += get_number (a, i) / n;
      mean_b += get_number (b, i) / n;
    }
  for (size_t i = 0; i < n; i++)
    {
      double x = get_number (a, i) - mean_a, y = get_number (b, i) - mean_b;

      aa += x * x;
      ab += x * y;
      bb += y * y;
    }
  return aa > 0 && bb > 0 ? ab / sqrt (aa * bb) : NAN;
}

/**
 * tsn_agreement_measure:
 * @a: a prediction
 * @b: another of the same kind and size
 *
 * Returns: how much they say the same, 1 for all: the share of pixels of the same class; for
 * normals the mean cosine; for edges, saliency and depth the correlation over pixels, NaN if one is
 * the same everywhere.
 */
double
tsn_agreement_measure (const TsnEstimate *a, const TsnEstimate *b)
{
  size_t n = (size_t) a->width * a->height;

  g_return_val_if_fail (a->kind == b->kind && a->width == b->width && a->height == b->height, NAN);

  switch (a->kind)
    {
    case TSN_TASK_CLASSES:
      return same_classes (a, b, n);
    case TSN_TASK_NORMALS:
      return mean_cosine (a, b, n);
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_DEPTH:
    default:
      return correlate (a, b, n);
    }
}

/* Sums over photos of the agreements that there are. */
typedef struct
{
  guint n_tasks;
  double *sums;
  guint *counts;
} Sums;

static TsnEstimate *
predict (TsnSession *session,
         guint embedding_task,
         guint readout,
         GCancellable *cancellable,
         GError **error)
{
  const TsnTask *task = tsn_model_get_task (tsn_session_get_model (session), readout);
  g_autoptr (TsnTensor) embedding = tsn_session_embed_task (session, embedding_task);
  g_autoptr (TsnTensor) output
      = tsn_session_decode (session, embedding, readout, cancellable, error);
  g_autoptr (TsnResult) result = NULL;

  if (output == NULL)
    return NULL;
  result = tsn_result_new (task, output, output->dim[3], output->dim[2]);
  return tsn_estimate_new_from_result (result);
}

static void
add_agreement (Sums *sums, guint embedding, guint readout, double agreement)
{
  guint cell = embedding * sums->n_tasks + readout;

  if (!isfinite (agreement))
    return;
  sums->sums[cell] += agreement;
  sums->counts[cell]++;
}

/* By embeddings, so that the decoder runs once for all read-outs of one. */
static gboolean
compare_embeddings (
    TsnSession *session, TsnEstimate **own, Sums *sums, GCancellable *cancellable, GError **error)
{
  for (guint e = 0; e < sums->n_tasks; e++)
    for (guint r = 0; r < sums->n_tasks; r++)
      {
        g_autoptr (TsnEstimate) other = predict (session, e, r, cancellable, error);

        if (other == NULL)
          return FALSE;
        add_agreement (sums, e, r, tsn_agreement_measure (other, own[r]));
      }
  return TRUE;
}

static gboolean
judge_photo (const TsnAgreement *agreement,
             TsnSession *session,
             const char *path,
             Sums *sums,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (TsnImage) photo = tsn_image_load (path, error);
  guint size = agreement->size > 0 ? agreement->size : agreement->model->size;
  g_autofree TsnEstimate **own = g_new0 (TsnEstimate *, sums->n_tasks);
  g_autoptr (TsnTensor) input = NULL;
  guint width, height;
  gboolean done;

  if (photo == NULL)
    return FALSE;
  tsn_image_fit_size (photo->width, photo->height, size, &width, &height);
  input = tsn_image_to_tensor (photo, width, height);
  done = tsn_session_encode (session, input, cancellable, error);
  for (guint t = 0; t < sums->n_tasks && done; t++)
    {
      own[t] = predict (session, t, t, cancellable, error);
      done = own[t] != NULL;
    }
  done = done && compare_embeddings (session, own, sums, cancellable, error);
  for (guint t = 0; t < sums->n_tasks; t++)
    g_clear_pointer (&own[t], tsn_estimate_free);
  return done;
}

/**
 * tsn_agreement_run:
 * @error: when a photo cannot be read; G_IO_ERROR_CANCELLED
 *
 * Reads every task out under the embedding of every task, at the network's resolution, and compares
 * with the read-out under its own embedding.
 *
 * Returns: (transfer full) (array) (nullable): T x T means over photos of tsn_agreement_measure(),
 *   a row per embedding, a column per read-out; NaN where there is none.
 */
double *
tsn_agreement_run (const TsnAgreement *agreement, GCancellable *cancellable, GError **error)
{
  guint n = tsn_model_get_n_tasks (agreement->model);
  guint n_photos = g_strv_length ((char **) agreement->photos);
  g_autoptr (TsnSession) session = tsn_session_new (agreement->model, agreement->pool);
  g_autofree double *means = g_new0 (double, (size_t) n * n);
  g_autofree guint *counts = g_new0 (guint, (size_t) n * n);
  Sums sums = { n, means, counts };

  for (guint i = 0; i < n_photos; i++)
    {
      if (agreement->progress != NULL)
        agreement->progress (agreement->data, i, n_photos, agreement->photos[i]);
      if (!judge_photo (agreement, session, agreement->photos[i], &sums, cancellable, error))
        return NULL;
    }
  for (guint i = 0; i < n * n; i++)
    means[i] = counts[i] > 0 ? means[i] / counts[i] : NAN;
  return g_steal_pointer (&means);
}
