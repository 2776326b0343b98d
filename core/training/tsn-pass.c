#include "core/training/tsn-pass.h"

#include "core/base/tsn-arena.h"

#include <string.h>

/* Sentinel of a buffer that does not exist. */
#define NOWHERE G_MAXUINT

struct _TsnPass
{
  TsnPassSpec spec;
  guint output;
  gboolean *needed;  /* per node: the output depends on it */
  gboolean *wanted;  /* per node: its value has a gradient that leads to a parameter */
  gboolean *reached; /* per parameter */
  guint *order;      /* needed nodes, inputs first */
  guint n_order;

  GArray *blocks;     /* of TsnBlock */
  guint *value_block; /* per node, NOWHERE if there is none */
  guint *grad_block;
  guint *saved_block;
  guint spare_block[2];
  guint scratch_block;
  size_t arena_bytes;

  TsnBackward state;
};

static const TsnNode *
node_at (const TsnPass *pass, guint node)
{
  return tsn_graph_node (pass->spec.model->graph, node);
}

static size_t
value_bytes (const TsnPass *pass, guint node)
{
  return sizeof (float)
         * tsn_forward_value_length (pass->spec.model->graph, node, pass->spec.n, pass->spec.height,
                                     pass->spec.width);
}

static gboolean
is_given (const TsnNode *node)
{
  return node->op == TSN_OP_IMAGE || node->op == TSN_OP_CODE;
}

/* Steps: every needed node forward, then the loss, then every node backward. */
static guint
loss_step (const TsnPass *pass)
{
  return pass->n_order;
}

static guint
backward_step (const TsnPass *pass, guint position)
{
  return 2 * pass->n_order - position;
}

static gboolean
has_trained_params (const TsnPass *pass, const TsnNode *node)
{
  for (guint i = 0; i < node->n_params; i++)
    if (tsn_graph_param (pass->spec.model->graph, node->params + i)->trained)
      return TRUE;
  return FALSE;
}

static void
mark_reached (TsnPass *pass, const TsnNode *node)
{
  const TsnModel *model = pass->spec.model;
  guint first = 0, n = node->n_params;

  if (node->op == TSN_OP_BATCH_NORM_ROWS)
    {
      size_t rows = tsn_model_get_code_length (model);

      n = 4;
      first = n * tsn_backward_pick_row (model->codes->data + pass->spec.task * rows, rows);
    }
  for (guint i = first; i < first + n; i++)
    pass->reached[node->params + i] = tsn_graph_param (model->graph, node->params + i)->trained;
}

static void
find_order (TsnPass *pass)
{
  const TsnGraph *graph = pass->spec.model->graph;

  tsn_graph_mark_ancestors (graph, pass->output, pass->needed);
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const TsnNode *node = node_at (pass, i);

      if (!pass->needed[i])
        continue;
      pass->order[pass->n_order++] = i;
      pass->wanted[i] = has_trained_params (pass, node);
      for (guint j = 0; j < node->n_inputs; j++)
        pass->wanted[i] = pass->wanted[i] || pass->wanted[node->inputs[j]];
      if (node->n_params > 0)
        mark_reached (pass, node);
    }
}

static guint
count_consumers (const TsnPass *pass, guint node)
{
  guint n = 0;

  for (guint i = 0; i < pass->n_order; i++)
    for (guint j = 0; j < node_at (pass, pass->order[i])->n_inputs; j++)
      n += node_at (pass, pass->order[i])->inputs[j] == node;
  return n;
}

static guint
add_block (TsnPass *pass, size_t bytes, guint first, guint last)
{
  TsnBlock block = { .bytes = bytes, .first = first, .last = last };

  g_array_append_val (pass->blocks, block);
  return pass->blocks->len - 1;
}

static void
keep_until (TsnPass *pass, guint block, guint step)
{
  TsnBlock *self = &g_array_index (pass->blocks, TsnBlock, block);

  self->last = MAX (self->last, step);
}

/* Whether nobody but @node ever looks at the value of its first input again. */
static gboolean
may_overwrite_input (const TsnPass *pass, guint node)
{
  const TsnNode *self = node_at (pass, node), *input = node_at (pass, self->inputs[0]);

  return tsn_backward_works_in_place (self->op) && !is_given (input)
         && count_consumers (pass, self->inputs[0]) == 1
         && (tsn_backward_get_reads (self->op) & TSN_READS_X) == 0
         && (tsn_backward_get_reads (input->op) & TSN_READS_Y) == 0;
}

static void
plan_values (TsnPass *pass)
{
  for (guint k = 0; k < pass->n_order; k++)
    {
      guint node = pass->order[k];
      const TsnNode *self = node_at (pass, node);
      TsnReads reads = tsn_backward_get_reads (self->op);
      size_t saved = tsn_backward_saved_length (pass->spec.model->graph, node, pass->spec.n);

      if (self->n_inputs > 0 && may_overwrite_input (pass, node))
        pass->value_block[node] = pass->value_block[self->inputs[0]];
      else
        pass->value_block[node]
            = add_block (pass, value_bytes (pass, node), is_given (self) ? 0 : k, k);
      for (guint j = 0; j < self->n_inputs; j++)
        keep_until (pass, pass->value_block[self->inputs[j]],
                    reads & (j == 0 ? TSN_READS_X : TSN_READS_SECOND) ? backward_step (pass, k)
                                                                      : k);
      keep_until (pass, pass->value_block[node], reads & TSN_READS_Y ? backward_step (pass, k) : k);
      if (saved > 0)
        pass->saved_block[node]
            = add_block (pass, saved * sizeof (float), k, backward_step (pass, k));
    }
  keep_until (pass, pass->value_block[pass->output], loss_step (pass));
}

/* Activations that a norm does along with its own work: value and gradient are in place, and nobody
 * else looks at the norm's. */
static void
fold_activations (TsnPass *pass)
{
  for (guint i = 0; i < pass->spec.model->graph->nodes->len; i++)
    pass->state.slopes[i] = 1;
  for (guint k = 0; k < pass->n_order; k++)
    {
      guint node = pass->order[k];
      const TsnNode *self = node_at (pass, node);

      if (self->op == TSN_OP_ACTIVATION
          && tsn_backward_folds_activation (node_at (pass, self->inputs[0])->op)
          && pass->value_block[node] == pass->value_block[self->inputs[0]]
          && pass->grad_block[node] == pass->grad_block[self->inputs[0]])
        pass->state.slopes[self->inputs[0]] = self->slope;
    }
}

/* Walks backward: by the time a node is met, all its consumers have begun its gradient. */
static void
plan_gradients (TsnPass *pass)
{
  pass->grad_block[pass->output]
      = add_block (pass, value_bytes (pass, pass->output), loss_step (pass), loss_step (pass));
  for (guint k = pass->n_order; k-- > 0;)
    {
      guint node = pass->order[k], step = backward_step (pass, k);
      const TsnNode *self = node_at (pass, node);

      if (!pass->wanted[node])
        continue;
      keep_until (pass, pass->grad_block[node], step);
      for (guint j = 0; j < self->n_inputs; j++)
        {
          guint input = self->inputs[j];

          if (!pass->wanted[input] || pass->grad_block[input] != NOWHERE)
            continue;
          if (j == 0 && tsn_backward_works_in_place (self->op)
              && count_consumers (pass, input) == 1)
            pass->grad_block[input] = pass->grad_block[node];
          else
            pass->grad_block[input] = add_block (pass, value_bytes (pass, input), step, step);
        }
    }
}

static void
plan_shared (TsnPass *pass)
{
  guint last = backward_step (pass, 0);
  size_t spare = 0, scratch = 0;

  for (guint k = 0; k < pass->n_order; k++)
    {
      guint node = pass->order[k];

      if (pass->wanted[node] && count_consumers (pass, node) > 1)
        spare = MAX (spare, value_bytes (pass, node));
      scratch = MAX (scratch, tsn_backward_scratch (pass->spec.model->graph, node, pass->spec.n,
                                                    pass->spec.height, pass->spec.width,
                                                    tsn_pool_get_threads (pass->spec.pool)));
    }
  for (guint i = 0; i < 2; i++)
    pass->spare_block[i] = add_block (pass, spare, loss_step (pass), last);
  pass->scratch_block = add_block (pass, scratch * sizeof (float), 0, last);
}

static guint *
new_nowhere (guint n)
{
  guint *blocks = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    blocks[i] = NOWHERE;
  return blocks;
}

/**
 * tsn_pass_new:
 * @spec: copied; what it points to must outlive the pass
 *
 * Returns: (transfer full): a planned pass, to be bound to memory before it runs.
 */
TsnPass *
tsn_pass_new (const TsnPassSpec *spec)
{
  const TsnGraph *graph = spec->model->graph;
  guint n = graph->nodes->len;
  TsnPass *pass = g_new0 (TsnPass, 1);

  pass->spec = *spec;
  pass->output = tsn_graph_output (graph, spec->task);
  pass->needed = g_new0 (gboolean, n);
  pass->wanted = g_new0 (gboolean, n);
  pass->reached = g_new0 (gboolean, graph->params->len);
  pass->order = g_new (guint, n);
  pass->blocks = g_array_new (FALSE, FALSE, sizeof (TsnBlock));
  pass->value_block = new_nowhere (n);
  pass->grad_block = new_nowhere (n);
  pass->saved_block = new_nowhere (n);
  find_order (pass);
  plan_values (pass);
  plan_gradients (pass);
  plan_shared (pass);
  pass->arena_bytes = tsn_arena_plan ((TsnBlock *) pass->blocks->data, pass->blocks->len);
  pass->state = (TsnBackward){ .forward = { .model = spec->model,
                                            .n = spec->n,
                                            .height = spec->height,
                                            .width = spec->width,
                                            .values = g_new0 (float *, n),
                                            .pool = spec->pool },
                               .saved = g_new0 (float *, n),
                               .grads = g_new0 (float *, n),
                               .filled = g_new0 (gboolean, n),
                               .param_grads = spec->param_grads,
                               .slopes = g_new (float, n) };
  fold_activations (pass);
  return pass;
}

void
tsn_pass_free (TsnPass *pass)
{
  g_free (pass->needed);
  g_free (pass->wanted);
  g_free (pass->reached);
  g_free (pass->order);
  g_array_unref (pass->blocks);
  g_free (pass->value_block);
  g_free (pass->grad_block);
  g_free (pass->saved_block);
  g_free (pass->state.forward.values);
  g_free (pass->state.saved);
  g_free (pass->state.grads);
  g_free (pass->state.filled);
  g_free (pass->state.slopes);
  g_free (pass);
}

const TsnPassSpec *
tsn_pass_get_spec (TsnPass *pass)
{
  return &pass->spec;
}

/**
 * tsn_pass_get_arena_bytes:
 *
 * Returns: how much memory tsn_pass_bind() needs.
 */
size_t
tsn_pass_get_arena_bytes (TsnPass *pass)
{
  return pass->arena_bytes;
}

static float *
locate (const TsnPass *pass, void *arena, guint block)
{
  if (block == NOWHERE)
    return NULL;
  return (float *) ((char *) arena + g_array_index (pass->blocks, TsnBlock, block).offset);
}

/**
 * tsn_pass_bind:
 * @arena: tsn_pass_get_arena_bytes() bytes, aligned to %TSN_ALIGNMENT, which must outlive the
 *   pass or its next binding
 */
void
tsn_pass_bind (TsnPass *pass, void *arena)
{
  for (guint i = 0; i < pass->spec.model->graph->nodes->len; i++)
    {
      pass->state.forward.values[i] = locate (pass, arena, pass->value_block[i]);
      pass->state.grads[i] = locate (pass, arena, pass->grad_block[i]);
      pass->state.saved[i] = locate (pass, arena, pass->saved_block[i]);
    }
  for (guint i = 0; i < 2; i++)
    pass->state.spare[i] = locate (pass, arena, pass->spare_block[i]);
  pass->state.forward.scratch = locate (pass, arena, pass->scratch_block);
}

/**
 * tsn_pass_get_reached:
 *
 * Returns: (array): for each parameter, whether tsn_pass_backward() sets its gradient: one of
 *   another task's decoder, head or batch norm takes no part in this task's step.
 */
const gboolean *
tsn_pass_get_reached (TsnPass *pass)
{
  return pass->reached;
}

/**
 * tsn_pass_get_image:
 *
 * Returns: [N, 3, H, W], to be filled with the normalised images before every run.
 */
float *
tsn_pass_get_image (TsnPass *pass)
{
  return pass->state.forward.values[pass->spec.model->graph->image];
}

/**
 * tsn_pass_get_output:
 *
 * Returns: [N, channels of the task, H, W], after a run.
 */
const float *
tsn_pass_get_output (TsnPass *pass)
{
  return pass->state.forward.values[pass->output];
}

/**
 * tsn_pass_get_output_gradient:
 *
 * Returns: [N, channels of the task, H, W], to be filled between tsn_pass_train() and
 *   tsn_pass_backward().
 */
float *
tsn_pass_get_output_gradient (TsnPass *pass)
{
  return pass->state.grads[pass->output];
}

static void
set_code (TsnPass *pass)
{
  const TsnModel *model = pass->spec.model;
  guint length = tsn_model_get_code_length (model);

  if (model->graph->code != TSN_NONE && pass->needed[model->graph->code])
    memcpy (pass->state.forward.values[model->graph->code],
            model->codes->data + pass->spec.task * length, length * sizeof (float));
}

/**
 * tsn_pass_train:
 *
 * Runs forward in training mode: batch norms take the batch's statistics.
 */
void
tsn_pass_train (TsnPass *pass)
{
  set_code (pass);
  for (guint k = 0; k < pass->n_order; k++)
    if (!is_given (node_at (pass, pass->order[k])))
      tsn_backward_train_node (&pass->state, pass->order[k]);
}

/**
 * tsn_pass_backward:
 *
 * Runs backward from the output's gradient to those of all parameters that the task reaches.
 */
void
tsn_pass_backward (TsnPass *pass)
{
  memset (pass->state.filled, 0, pass->spec.model->graph->nodes->len * sizeof (gboolean));
  for (guint k = pass->n_order; k-- > 0;)
    if (pass->wanted[pass->order[k]])
      tsn_backward_node (&pass->state, pass->order[k]);
}

/**
 * tsn_pass_evaluate:
 *
 * Runs forward in evaluation mode: batch norms take their running statistics, which stay as they
 * are.
 */
void
tsn_pass_evaluate (TsnPass *pass)
{
  set_code (pass);
  for (guint k = 0; k < pass->n_order; k++)
    if (!is_given (node_at (pass, pass->order[k])))
      tsn_backward_judge_node (&pass->state, pass->order[k]);
}
