#include "core/training/tsn-loss.h"

#include "core/base/tsn-error.h"

#include <math.h>
#include <string.h>

/* Class index that says "ignored" in a label. */
#define IGNORED 255

/* Pixels that a thread takes at a time. */
#define SHARE 4096

/**
 * tsn_loss_default_weight:
 *
 * Returns: the paper's weight of the task: edge 50, saliency 5, normals 10, depth 1, human parts
 *   2, other classes 1.
 */
double
tsn_loss_default_weight (const TsnTask *task)
{
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      return strcmp (task->name, "human_parts") == 0 ? 2 : 1;
    case TSN_TASK_EDGE:
      return 50;
    case TSN_TASK_SALIENCY:
      return 5;
    case TSN_TASK_NORMALS:
      return 10;
    case TSN_TASK_DEPTH:
      return 1;
    }
  g_return_val_if_reached (1);
}

static gboolean
check_shape (const TsnBatch *batch,
             const char *what,
             const TsnTensor *tensor,
             size_t channels,
             GError **error)
{
  const size_t *dim = batch->image->dim;
  const size_t wanted[] = { dim[0], channels, dim[2], dim[3] };
  g_autofree char *expected = NULL, *found = NULL;

  if (tensor != NULL && tsn_tensor_has_shape (tensor, 4, wanted))
    return TRUE;
  expected = tsn_shape_to_string (4, wanted);
  found = tensor != NULL ? tsn_shape_to_string (tensor->rank, tensor->dim) : g_strdup ("missing");
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "The %s of the batch that starts with '%s' should be %s, but is %s", what,
               batch->photos != NULL ? batch->photos[0] : "?", expected, found);
  return FALSE;
}

static gboolean
check_classes (const TsnBatch *batch, const TsnTask *task, GError **error)
{
  size_t pixels = batch->image->dim[2] * batch->image->dim[3];

  for (size_t i = 0; i < batch->image->dim[0] * pixels; i++)
    {
      float label = batch->label->data[i];

      if (label == IGNORED || (label >= 0 && label < task->channels && label == floorf (label)))
        continue;
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   "The %s label of '%s' has class %g, but there are %u classes", task->name,
                   batch->photos != NULL ? batch->photos[i / pixels] : "?", label, task->channels);
      return FALSE;
    }
  return TRUE;
}

/**
 * tsn_loss_check:
 * @task: the batch's task
 * @error: %TSN_ERROR_FORMAT: the labels have the wrong shape or a class that does not exist
 *
 * Checks what tsn_loss_value() relies on.
 */
gboolean
tsn_loss_check (const TsnBatch *batch, const TsnTask *task, GError **error)
{
  size_t channels = task->kind == TSN_TASK_NORMALS ? 3 : 1;

  if (!check_shape (batch, "label", batch->label, channels, error)
      || !check_shape (batch, "mask", batch->valid, 1, error))
    return FALSE;
  return task->kind != TSN_TASK_CLASSES || check_classes (batch, task, error);
}

/* What all losses work on. */
typedef struct
{
  const TsnLoss *loss;
  size_t n;
  size_t channels;
  size_t height;
  size_t width;
  size_t pixels;
  const float *label;
  const float *valid;
  const float *y;
  float *dy;
  double count;    /* what the sum is divided by */
  double positive; /* weight of positive pixels */
  double *partial; /* one sum per share of work, so that the total does not depend on threads */
} Work;

/* Offset of pixel @i of all images in a map of the task's channels. */
static size_t
first_channel (const Work *work, size_t i)
{
  return i / work->pixels * work->channels * work->pixels + i % work->pixels;
}

static gboolean
class_counts (const Work *work, size_t i)
{
  return work->label[i] != IGNORED && work->valid[i] != 0;
}

static void
count_classes (Work *work)
{
  for (size_t i = 0; i < work->n * work->pixels; i++)
    work->count += class_counts (work, i);
}

/* Softmax of one pixel into @p; returns the log of the sum of its exponentials. */
static double
softmax_pixel (const Work *work, const float *y, float *p)
{
  float max = -INFINITY, sum = 0;

  for (size_t c = 0; c < work->channels; c++)
    max = MAX (max, y[c * work->pixels]);
  for (size_t c = 0; c < work->channels; c++)
    sum += p[c] = expf (y[c * work->pixels] - max);
  for (size_t c = 0; c < work->channels; c++)
    p[c] /= sum;
  return max + log (sum);
}

static double
classes_loss (const Work *work, size_t i)
{
  size_t at = first_channel (work, i), label = work->label[i];
  float p[TSN_MAX_CLASSES], factor = work->loss->weight / work->count;
  double value;

  if (!class_counts (work, i))
    return 0;
  value = softmax_pixel (work, work->y + at, p) - work->y[at + label * work->pixels];
  p[label] -= 1;
  for (size_t c = 0; c < work->channels; c++)
    work->dy[at + c * work->pixels] = factor * p[c];
  return value;
}

/* The share of the positive terms is given for edges, that of negative pixels for saliency. */
static void
count_balanced (Work *work)
{
  double positives = 0;

  for (size_t i = 0; i < work->n * work->pixels; i++)
    {
      work->count += work->valid[i] != 0;
      positives += work->valid[i] != 0 && work->label[i] >= 0.5f;
    }
  work->positive = work->loss->edge_weight;
  if (work->loss->kind == TSN_TASK_SALIENCY && work->count > 0)
    work->positive = 1 - positives / work->count;
}

static double
balanced_loss (const Work *work, size_t i)
{
  float y = work->y[i], target = work->label[i] >= 0.5f;
  float share = target > 0 ? work->positive : 1 - work->positive;

  if (work->valid[i] == 0)
    return 0;
  work->dy[i] = work->loss->weight * share * (1 / (1 + expf (-y)) - target) / work->count;
  /* softplus(y) - y t, without overflow. */
  return share * (MAX (y, 0) + log1pf (expf (-fabsf (y))) - y * target);
}

static double
sign (double x)
{
  return (x > 0) - (x < 0);
}

static double
sum_valid (const Work *work)
{
  double sum = 0;

  for (size_t i = 0; i < work->n * work->pixels; i++)
    sum += work->valid[i];
  return sum;
}

static void
count_normals (Work *work)
{
  work->count = MAX (3 * sum_valid (work), 1e-6);
}

static double
normals_loss (const Work *work, size_t i)
{
  size_t at = first_channel (work, i);
  double squares = 0, length, norm, dot = 0, sum = 0, s[3];

  for (int c = 0; c < 3; c++)
    squares += (double) work->y[at + c * work->pixels] * work->y[at + c * work->pixels];
  length = sqrt (squares);
  norm = length + 1e-12;
  for (int c = 0; c < 3; c++)
    {
      double y = work->y[at + c * work->pixels];
      double difference = y / norm - work->label[at + c * work->pixels];

      sum += fabs (difference) * work->valid[i];
      s[c] = work->loss->weight * sign (difference) * work->valid[i] / work->count;
      dot += s[c] * y;
    }
  /* A vector without length has no direction to turn from. */
  for (int c = 0; c < 3 && length > 0; c++)
    work->dy[at + c * work->pixels]
        = s[c] / norm - work->y[at + c * work->pixels] * dot / (length * norm * norm);
  return sum;
}

/* Smooths by (1, 2, 1) along one direction, differentiates by (1, 0, -1) along the other. */
static const int sobel[2][3][3] = { { { 1, 2, 1 }, { 0, 0, 0 }, { -1, -2, -1 } },
                                    { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } } };

/* One filter at one pixel of the plane @d, zero outside. */
static float
filter_at (const Work *work, const float *d, const int filter[3][3], size_t row, size_t column)
{
  float sum = 0;

  for (size_t i = row > 0 ? 0 : 1; i < 3 && row + i < work->height + 1; i++)
    for (size_t j = column > 0 ? 0 : 1; j < 3 && column + j < work->width + 1; j++)
      sum += filter[i][j] * d[(row + i - 1) * work->width + column + j - 1];
  return sum;
}

/* Adds @value times the filter around one pixel: the adjoint of filter_at(). */
static void
spread (
    const Work *work, double *g, const int filter[3][3], size_t row, size_t column, double value)
{
  for (size_t i = row > 0 ? 0 : 1; i < 3 && row + i < work->height + 1; i++)
    for (size_t j = column > 0 ? 0 : 1; j < 3 && column + j < work->width + 1; j++)
      g[(row + i - 1) * work->width + column + j - 1] += filter[i][j] * value;
}

static double
depth_plane_loss (const Work *work, const float *d, double *g)
{
  double sum = 0;

  for (size_t i = 0; i < work->pixels; i++)
    {
      sum += fabs (d[i]);
      g[i] = sign (d[i]);
    }
  for (int f = 0; f < 2; f++)
    for (size_t row = 0; row < work->height; row++)
      for (size_t column = 0; column < work->width; column++)
        {
          double slope = filter_at (work, d, sobel[f], row, column);

          sum += fabs (slope);
          spread (work, g, sobel[f], row, column, sign (slope));
        }
  return sum;
}

static void
count_depth (Work *work)
{
  work->count = MAX (sum_valid (work), 1e-6);
}

static double
depth_loss (const Work *work, size_t image)
{
  g_autofree float *d = g_new (float, work->pixels);
  g_autofree double *g = g_new (double, work->pixels);
  size_t at = image * work->pixels;
  double sum;

  for (size_t i = 0; i < work->pixels; i++)
    d[i] = (work->y[at + i] - work->label[at + i]) * work->valid[at + i];
  sum = depth_plane_loss (work, d, g);
  for (size_t i = 0; i < work->pixels; i++)
    work->dy[at + i] = work->loss->weight * g[i] * work->valid[at + i] / work->count;
  return sum;
}

/* A formula: what is counted first, and one item's term.  Items are pixels, taken a share at a
 * time, or whole images. */
typedef struct
{
  void (*count) (Work *work);
  double (*term) (const Work *work, size_t item);
  gboolean images;
} Formula;

static const Formula formulas[] = {
  [TSN_TASK_CLASSES] = { count_classes, classes_loss, FALSE },
  [TSN_TASK_EDGE] = { count_balanced, balanced_loss, FALSE },
  [TSN_TASK_SALIENCY] = { count_balanced, balanced_loss, FALSE },
  [TSN_TASK_NORMALS] = { count_normals, normals_loss, FALSE },
  [TSN_TASK_DEPTH] = { count_depth, depth_loss, TRUE },
};

static void
share_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Work *work = data;
  const Formula *formula = &formulas[work->loss->kind];
  size_t share = formula->images ? 1 : SHARE;
  size_t items = formula->images ? work->n : work->n * work->pixels;

  for (size_t i = first; i < last; i++)
    for (size_t item = i * share; item < MIN ((i + 1) * share, items); item++)
      work->partial[i] += formula->term (work, item);
}

/**
 * tsn_loss_value:
 * @batch: one that tsn_loss_check() has accepted
 * @y: [N, channels of the task, H, W], what the network says
 * @dy: (out): its gradient, of the same shape
 *
 * Classes: mean softmax cross entropy over the pixels that count.  Edge and saliency: binary cross
 * entropy, positive pixels weighted by w and negative ones by 1 - w, divided by the number of
 * pixels that count; w is the given share for edges and the share of negatives in the batch for
 * saliency.  Normals: mean absolute difference of the unit vectors.  Depth: mean absolute
 * difference plus that of its Sobel derivatives, pixels that do not count being taken as right.
 * A batch in which nothing counts has loss 0.
 *
 * Returns: the weighted loss.
 */
double
tsn_loss_value (
    const TsnLoss *loss, const TsnBatch *batch, const float *y, float *dy, TsnPool *pool)
{
  const size_t *dim = batch->image->dim;
  Work work = { .loss = loss,
                .n = dim[0],
                .channels = loss->channels,
                .height = dim[2],
                .width = dim[3],
                .pixels = dim[2] * dim[3],
                .label = batch->label->data,
                .valid = batch->valid->data,
                .y = y,
                .dy = dy };
  size_t items = work.n * work.pixels;
  size_t shares = formulas[loss->kind].images ? work.n : (items - 1) / SHARE + 1;
  g_autofree double *partial = work.partial = g_new0 (double, shares);
  double sum = 0;

  memset (dy, 0, items * loss->channels * sizeof (float));
  formulas[loss->kind].count (&work);
  if (work.count == 0)
    return 0;
  tsn_pool_for (pool, shares, 1, share_cb, &work);
  for (size_t i = 0; i < shares; i++)
    sum += partial[i];
  return loss->weight * sum / work.count;
}
