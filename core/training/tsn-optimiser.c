#include "core/training/tsn-optimiser.h"

#include "core/base/tsn-names.h"
#include "core/ops/tsn-adam.h"

#include <math.h>

#define GRAIN 16384

static const char *const kind_names[] = { "adam", "adamw", "sgd" };

const char *
tsn_optimiser_kind_get_name (TsnOptimiserKind kind)
{
  return kind_names[kind];
}

gboolean
tsn_optimiser_kind_from_name (const char *name, TsnOptimiserKind *kind)
{
  guint index;

  if (!tsn_names_find (kind_names, G_N_ELEMENTS (kind_names), name, &index))
    return FALSE;
  *kind = index;
  return TRUE;
}

/**
 * tsn_optimiser_new:
 * @model: borrowed; the average, if there is one, starts at its parameters
 *
 * Returns: (transfer full): an optimiser that has not stepped yet.
 */
TsnOptimiser *
tsn_optimiser_new (TsnModel *model, const TsnOptimiserSpec *spec)
{
  guint n = model->graph->params->len;
  TsnOptimiser *optimiser = g_new0 (TsnOptimiser, 1);

  optimiser->spec = *spec;
  optimiser->model = model;
  optimiser->first = g_new0 (TsnTensor *, n);
  optimiser->second = g_new0 (TsnTensor *, n);
  optimiser->steps = g_new0 (guint64, n);
  optimiser->average = spec->average > 0 ? g_new0 (TsnTensor *, n) : NULL;
  for (guint i = 0; i < n; i++)
    {
      const TsnParam *param = tsn_graph_param (model->graph, i);

      if (param->trained)
        optimiser->first[i] = tsn_tensor_new (param->rank, param->dim);
      if (param->trained && spec->kind != TSN_OPTIMISER_SGD)
        optimiser->second[i] = tsn_tensor_new (param->rank, param->dim);
      if (optimiser->average != NULL)
        optimiser->average[i] = tsn_tensor_copy (model->params[i]);
    }
  return optimiser;
}

void
tsn_optimiser_free (TsnOptimiser *optimiser)
{
  for (guint i = 0; i < optimiser->model->graph->params->len; i++)
    {
      g_clear_pointer (&optimiser->first[i], tsn_tensor_unref);
      g_clear_pointer (&optimiser->second[i], tsn_tensor_unref);
      if (optimiser->average != NULL)
        g_clear_pointer (&optimiser->average[i], tsn_tensor_unref);
    }
  g_free (optimiser->first);
  g_free (optimiser->second);
  g_free (optimiser->steps);
  g_free (optimiser->average);
  g_free (optimiser);
}

/* Sums of squares, GRAIN numbers at a time: the same whatever the number of threads. */
typedef struct
{
  const float *x;
  size_t length;
  double *squares;
} Norm;

static void
norm_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Norm *job = data;

  for (size_t i = first; i < last; i++)
    {
      size_t end = MIN ((i + 1) * GRAIN, job->length);
      double sum[8] = { 0 };

      /* Side by side: an addition takes as long as eight that do not wait for each other. */
      for (size_t j = i * GRAIN; j < end; j++)
        sum[j % 8] += (double) job->x[j] * job->x[j];
      job->squares[i] = ((sum[0] + sum[1]) + (sum[2] + sum[3]))
                        + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
    }
}

static double
sum_squares (const TsnTensor *grad, TsnPool *pool)
{
  size_t length = tsn_tensor_length (grad), n = (length - 1) / GRAIN + 1;
  g_autofree double *squares = g_new (double, n);
  Norm job = { grad->data, length, squares };
  double sum = 0;

  tsn_pool_for (pool, n, 1, norm_cb, &job);
  for (size_t i = 0; i < n; i++)
    sum += squares[i];
  return sum;
}

/**
 * tsn_optimiser_gradient_norm:
 * @reached: (array): which parameters have a gradient
 *
 * Returns: the Euclidean length of all gradients together.
 */
double
tsn_optimiser_gradient_norm (const TsnOptimiser *optimiser,
                             TsnTensor *const *grads,
                             const gboolean *reached,
                             TsnPool *pool)
{
  double sum = 0;

  for (guint i = 0; i < optimiser->model->graph->params->len; i++)
    if (reached[i])
      sum += sum_squares (grads[i], pool);
  return sqrt (sum);
}

/* One parameter's update; the numbers that are the same for all its elements. */
typedef struct
{
  const TsnOptimiserSpec *spec;
  const float *grad;
  float *value;
  float *first;
  float *second;
  float clip;        /* factor on the gradient */
  float rate;        /* of this parameter now */
  float decay;       /* weight decay that is added to the gradient */
  float keep;        /* factor on the value, for decay apart from the gradient */
  float correction1; /* 1 - beta1^t */
  float root2;       /* sqrt(1 - beta2^t) */
} Update;

static void
adam_cb (gpointer data, size_t begin, size_t end, guint thread)
{
  const Update *update = data;
  const TsnOptimiserSpec *spec = update->spec;
  TsnAdam adam = { .clip = update->clip,
                   .decay = update->decay,
                   .keep = update->keep,
                   .beta1 = spec->beta1,
                   .beta2 = spec->beta2,
                   .step = update->rate / update->correction1,
                   .root2 = update->root2,
                   .epsilon = spec->epsilon };

  tsn_adam_move (&adam, update->grad + begin, end - begin, update->value + begin,
                 update->first + begin, update->second + begin);
}

static void
sgd_cb (gpointer data, size_t begin, size_t end, guint thread)
{
  const Update *update = data;
  float momentum = update->spec->momentum;

  for (size_t i = begin; i < end; i++)
    {
      float g = update->clip * update->grad[i] + update->decay * update->value[i];

      update->first[i] = momentum * update->first[i] + g;
      update->value[i] -= update->rate * update->first[i];
    }
}

static void
update_param (TsnOptimiser *optimiser,
              guint i,
              const TsnTensor *grad,
              double rate,
              double clip,
              TsnPool *pool)
{
  const TsnOptimiserSpec *spec = &optimiser->spec;
  gboolean apart = spec->kind == TSN_OPTIMISER_ADAMW;
  guint64 t = ++optimiser->steps[i];
  Update update = { .spec = spec,
                    .grad = grad->data,
                    .value = optimiser->model->params[i]->data,
                    .first = optimiser->first[i]->data,
                    .clip = clip,
                    .rate = rate,
                    .decay = apart ? 0 : spec->weight_decay,
                    .keep = apart ? 1 - rate * spec->weight_decay : 1,
                    .correction1 = 1 - pow (spec->beta1, t),
                    .root2 = sqrt (1 - pow (spec->beta2, t)) };

  if (spec->kind != TSN_OPTIMISER_SGD)
    update.second = optimiser->second[i]->data;
  tsn_pool_for (pool, tsn_tensor_length (grad), GRAIN,
                spec->kind == TSN_OPTIMISER_SGD ? sgd_cb : adam_cb, &update);
}

typedef struct
{
  float *average;
  const float *value;
  float share;
} Blend;

static void
blend_cb (gpointer data, size_t begin, size_t end, guint thread)
{
  const Blend *blend = data;

  for (size_t i = begin; i < end; i++)
    blend->average[i] += blend->share * (blend->value[i] - blend->average[i]);
}

/* While training is young the average follows faster, so that the start is forgotten. */
static void
update_average (TsnOptimiser *optimiser, TsnPool *pool)
{
  double t = optimiser->updates;
  double decay = MIN (optimiser->spec.average, (1 + t) / (10 + t));

  for (guint i = 0; i < optimiser->model->graph->params->len; i++)
    {
      Blend blend = { optimiser->average[i]->data, optimiser->model->params[i]->data, 1 - decay };

      tsn_pool_for (pool, tsn_tensor_length (optimiser->average[i]), GRAIN, blend_cb, &blend);
    }
}

/**
 * tsn_optimiser_step:
 * @grads: (array): per parameter its gradient
 * @reached: (array): which parameters have one; the others stay as they are
 * @schedule: factor on the learning rate
 * @norm: tsn_optimiser_gradient_norm() of @grads
 *
 * Moves the model's parameters, and its average after them.
 */
void
tsn_optimiser_step (TsnOptimiser *optimiser,
                    TsnTensor *const *grads,
                    const gboolean *reached,
                    double schedule,
                    double norm,
                    TsnPool *pool)
{
  const TsnOptimiserSpec *spec = &optimiser->spec;
  const TsnGraph *graph = optimiser->model->graph;
  double clip = spec->clip > 0 && norm > spec->clip ? spec->clip / norm : 1;

  for (guint i = 0; i < graph->params->len; i++)
    {
      gboolean encoder = tsn_graph_param (graph, i)->stage == TSN_STAGE_ENCODER;
      double factor = encoder ? spec->encoder_factor : spec->rest_factor;

      if (reached[i])
        update_param (optimiser, i, grads[i], spec->rate * schedule * factor, clip, pool);
    }
  optimiser->updates++;
  if (optimiser->average != NULL)
    update_average (optimiser, pool);
}

/**
 * tsn_optimiser_swap_average:
 *
 * Exchanges the model's parameters with their average, to judge or to save the latter; called
 * again it brings the parameters back.  Does nothing where there is no average.
 */
void
tsn_optimiser_swap_average (TsnOptimiser *optimiser)
{
  if (optimiser->average == NULL)
    return;
  for (guint i = 0; i < optimiser->model->graph->params->len; i++)
    {
      TsnTensor *value = optimiser->model->params[i];

      optimiser->model->params[i] = optimiser->average[i];
      optimiser->average[i] = value;
    }
}
