#include "core/inference/tsn-conditioner.h"

#include "core/model/tsn-forward.h"

#include <string.h>

/* Embeddings whose coefficients are kept: more than there are tasks, few enough to search. */
#define MAX_ENTRIES 24

typedef struct
{
  gboolean mixed; /* the vector holds the tasks' weights, else an embedding */
  TsnTensor *vector;
  TsnTensor **coefficients; /* per module */
  guint64 key;              /* unlike that of any other content */
} Entry;

typedef struct
{
  char *name;
  guint norm;         /* the node that applies the coefficients */
  guint coefficients; /* the node that makes them */
} Module;

struct _TsnConditioner
{
  TsnModel *model;
  TsnPool *pool;
  GArray *modules;    /* of Module */
  guint embedding;    /* the node that all coefficients are made from */
  TsnTensor **values; /* of the embedding stage's nodes */
  GQueue entries;     /* of Entry, the most recent first */
  guint64 next_key;
};

static void
clear_module_cb (gpointer data)
{
  g_free (((Module *) data)->name);
}

static void
free_entry (TsnConditioner *conditioner, Entry *entry)
{
  for (guint i = 0; i < conditioner->modules->len; i++)
    tsn_tensor_unref (entry->coefficients[i]);
  g_free (entry->coefficients);
  tsn_tensor_unref (entry->vector);
  g_free (entry);
}

static void
find_modules (TsnConditioner *conditioner)
{
  const TsnGraph *graph = conditioner->model->graph;

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const TsnNode *node = tsn_graph_node (graph, i);
      Module module = { .norm = i };

      if (node->op != TSN_OP_ADAIN && node->op != TSN_OP_AFFINE)
        continue;
      module.coefficients = node->inputs[1];
      module.name = g_strndup (node->name, strcspn (node->name, "."));
      conditioner->embedding = tsn_graph_node (graph, module.coefficients)->inputs[0];
      g_array_append_val (conditioner->modules, module);
    }
}

static void
allocate_values (TsnConditioner *conditioner)
{
  const TsnGraph *graph = conditioner->model->graph;

  conditioner->values = g_new0 (TsnTensor *, graph->nodes->len);
  for (guint i = 0; i < graph->nodes->len; i++)
    if (tsn_graph_node (graph, i)->stage == TSN_STAGE_EMBEDDING)
      conditioner->values[i] = tsn_tensor_new_vector (tsn_graph_node (graph, i)->channels);
}

TsnConditioner *
tsn_conditioner_new (TsnModel *model, TsnPool *pool)
{
  TsnConditioner *conditioner = g_new0 (TsnConditioner, 1);

  conditioner->model = tsn_model_ref (model);
  conditioner->pool = pool;
  conditioner->modules = g_array_new (FALSE, FALSE, sizeof (Module));
  g_array_set_clear_func (conditioner->modules, clear_module_cb);
  g_queue_init (&conditioner->entries);
  find_modules (conditioner);
  allocate_values (conditioner);
  return conditioner;
}

void
tsn_conditioner_free (TsnConditioner *conditioner)
{
  Entry *entry;

  while ((entry = g_queue_pop_head (&conditioner->entries)) != NULL)
    free_entry (conditioner, entry);
  for (guint i = 0; i < conditioner->model->graph->nodes->len; i++)
    g_clear_pointer (&conditioner->values[i], tsn_tensor_unref);
  g_free (conditioner->values);
  g_array_unref (conditioner->modules);
  tsn_model_unref (conditioner->model);
  g_free (conditioner);
}

guint
tsn_conditioner_get_n_modules (TsnConditioner *conditioner)
{
  return conditioner->modules->len;
}

static const Module *
get_module (TsnConditioner *conditioner, guint module)
{
  return &g_array_index (conditioner->modules, Module, module);
}

const char *
tsn_conditioner_get_module_name (TsnConditioner *conditioner, guint module)
{
  g_return_val_if_fail (module < conditioner->modules->len, NULL);

  return get_module (conditioner, module)->name;
}

/**
 * tsn_conditioner_get_module_node:
 *
 * Returns: the node that applies the module's coefficients.
 */
guint
tsn_conditioner_get_module_node (TsnConditioner *conditioner, guint module)
{
  g_return_val_if_fail (module < conditioner->modules->len, TSN_NONE);

  return get_module (conditioner, module)->norm;
}

/**
 * tsn_conditioner_get_dimensions:
 *
 * Returns: the length of an embedding.
 */
guint
tsn_conditioner_get_dimensions (TsnConditioner *conditioner)
{
  return tsn_graph_node (conditioner->model->graph, conditioner->embedding)->channels;
}

/* Runs the embedding stage's nodes in [first, last]. */
static void
run_nodes (TsnConditioner *conditioner, guint first, guint last)
{
  const TsnGraph *graph = conditioner->model->graph;
  g_autofree float **values = g_new0 (float *, graph->nodes->len);
  TsnForward forward
      = { .model = conditioner->model, .n = 1, .values = values, .pool = conditioner->pool };

  for (guint i = 0; i < graph->nodes->len; i++)
    values[i] = conditioner->values[i] != NULL ? conditioner->values[i]->data : NULL;
  for (guint i = first; i <= last; i++)
    if (values[i] != NULL && tsn_graph_node (graph, i)->op != TSN_OP_CODE)
      tsn_forward_node (&forward, i);
}

static void
set_value (TsnConditioner *conditioner, guint node, const TsnTensor *vector)
{
  memcpy (conditioner->values[node]->data, vector->data,
          tsn_tensor_length (vector) * sizeof (float));
}

/**
 * tsn_conditioner_embed:
 * @code: [D] a task code
 *
 * Returns: (transfer full): its embedding.
 */
TsnTensor *
tsn_conditioner_embed (TsnConditioner *conditioner, const TsnTensor *code)
{
  guint node = conditioner->model->graph->code;

  g_return_val_if_fail (tsn_tensor_length (code) == tsn_tensor_length (conditioner->values[node]),
                        NULL);

  set_value (conditioner, node, code);
  run_nodes (conditioner, node, conditioner->embedding);
  return tsn_tensor_copy (conditioner->values[conditioner->embedding]);
}

/**
 * tsn_conditioner_embed_task:
 *
 * Returns: (transfer full): the embedding of a task's own code.
 */
TsnTensor *
tsn_conditioner_embed_task (TsnConditioner *conditioner, guint task)
{
  const TsnModel *model = conditioner->model;
  size_t length = tsn_model_get_code_length (model);
  g_autoptr (TsnTensor) code = tsn_tensor_new_vector (length);

  g_return_val_if_fail (task < tsn_model_get_n_tasks (model), NULL);

  memcpy (code->data, model->codes->data + task * length, length * sizeof (float));
  return tsn_conditioner_embed (conditioner, code);
}

static Entry *
find_entry (TsnConditioner *conditioner, gboolean mixed, const TsnTensor *vector)
{
  size_t bytes = tsn_tensor_length (vector) * sizeof (float);

  for (GList *link = conditioner->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (entry->mixed == mixed && memcmp (entry->vector->data, vector->data, bytes) == 0)
        {
          g_queue_unlink (&conditioner->entries, link);
          g_queue_push_head_link (&conditioner->entries, link);
          return entry;
        }
    }
  return NULL;
}

static Entry *
add_entry (TsnConditioner *conditioner, gboolean mixed, const TsnTensor *vector)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->mixed = mixed;
  entry->vector = tsn_tensor_copy (vector);
  entry->key = ++conditioner->next_key;
  entry->coefficients = g_new0 (TsnTensor *, conditioner->modules->len);
  g_queue_push_head (&conditioner->entries, entry);
  if (conditioner->entries.length > MAX_ENTRIES)
    free_entry (conditioner, g_queue_pop_tail (&conditioner->entries));
  return entry;
}

static Entry *
find_or_make_entry (TsnConditioner *conditioner, const TsnTensor *embedding)
{
  Entry *entry = find_entry (conditioner, FALSE, embedding);

  if (entry != NULL)
    return entry;
  entry = add_entry (conditioner, FALSE, embedding);
  set_value (conditioner, conditioner->embedding, embedding);
  run_nodes (conditioner, conditioner->embedding + 1, conditioner->model->graph->nodes->len - 1);
  for (guint i = 0; i < conditioner->modules->len; i++)
    entry->coefficients[i]
        = tsn_tensor_copy (conditioner->values[get_module (conditioner, i)->coefficients]);
  return entry;
}

/**
 * tsn_conditioner_get_coefficients:
 * @embedding: a vector of tsn_conditioner_get_dimensions() numbers
 * @module: a module
 * @key: (out): a number that is the same for equal embeddings while they are kept, and is never
 *   used again for another
 *
 * Returns: (transfer full): the module's coefficients, first the scales (gamma), then the shifts
 *   (beta) of its channels.
 */
TsnTensor *
tsn_conditioner_get_coefficients (TsnConditioner *conditioner,
                                  TsnTensor *embedding,
                                  guint module,
                                  guint64 *key)
{
  Entry *entry;

  g_return_val_if_fail (
      tsn_tensor_length (embedding) == tsn_conditioner_get_dimensions (conditioner), NULL);

  entry = find_or_make_entry (conditioner, embedding);
  *key = entry->key;
  return tsn_tensor_ref (entry->coefficients[module]);
}

/* sum += weight x. */
static void
add_scaled (TsnTensor *sum, float weight, const float *x)
{
  size_t length = tsn_tensor_length (sum);

  for (size_t i = 0; i < length; i++)
    sum->data[i] += weight * x[i];
}

/* Tasks without weight are left out, so that a task by itself is exactly that task. */
static TsnTensor *
mix_embedding (TsnConditioner *conditioner, const TsnMixture *mixture, const float *weights)
{
  const TsnModel *model = conditioner->model;
  gboolean codes = mixture->space == TSN_MIX_CODES;
  size_t length
      = codes ? tsn_model_get_code_length (model) : tsn_conditioner_get_dimensions (conditioner);
  g_autoptr (TsnTensor) sum = tsn_tensor_new_vector (length);

  for (guint t = 0; t < mixture->n_tasks; t++)
    {
      g_autoptr (TsnTensor) embedding = NULL;

      if (weights[t] == 0)
        continue;
      if (!codes)
        embedding = tsn_conditioner_embed_task (conditioner, t);
      add_scaled (sum, weights[t], codes ? model->codes->data + t * length : embedding->data);
    }
  return codes ? tsn_conditioner_embed (conditioner, sum) : g_steal_pointer (&sum);
}

/* The coefficients of all modules, as one module's weights mix them. */
static Entry *
mix_entry (TsnConditioner *conditioner, const TsnMixture *mixture, const float *weights)
{
  g_autoptr (TsnTensor) vector = tsn_tensor_new_vector (mixture->n_tasks);
  g_autofree TsnTensor **sums = g_new0 (TsnTensor *, conditioner->modules->len);
  Entry *entry;

  memcpy (vector->data, weights, mixture->n_tasks * sizeof (float));
  entry = find_entry (conditioner, TRUE, vector);
  if (entry != NULL)
    return entry;
  for (guint t = 0; t < mixture->n_tasks; t++)
    {
      g_autoptr (TsnTensor) embedding = tsn_conditioner_embed_task (conditioner, t);
      const Entry *task = find_or_make_entry (conditioner, embedding);

      for (guint i = 0; i < conditioner->modules->len; i++)
        {
          if (sums[i] == NULL)
            sums[i] = tsn_tensor_new_vector (tsn_tensor_length (task->coefficients[i]));
          if (weights[t] != 0)
            add_scaled (sums[i], weights[t], task->coefficients[i]->data);
        }
    }
  entry = add_entry (conditioner, TRUE, vector);
  memcpy (entry->coefficients, sums, conditioner->modules->len * sizeof *sums);
  return entry;
}

/**
 * tsn_conditioner_get_mixed:
 * @mixture: of this model's tasks and modules
 * @module: a module
 * @key: (out): see tsn_conditioner_get_coefficients()
 *
 * Returns: (transfer full): the module's coefficients under a mixture.
 */
TsnTensor *
tsn_conditioner_get_mixed (TsnConditioner *conditioner,
                           const TsnMixture *mixture,
                           guint module,
                           guint64 *key)
{
  const float *weights = mixture->weights + module * mixture->n_tasks;
  g_autoptr (TsnTensor) embedding = NULL;
  Entry *entry;

  g_return_val_if_fail (mixture->n_tasks == tsn_model_get_n_tasks (conditioner->model), NULL);
  g_return_val_if_fail (mixture->n_modules == conditioner->modules->len, NULL);

  if (mixture->space != TSN_MIX_COEFFICIENTS)
    {
      embedding = mix_embedding (conditioner, mixture, weights);
      return tsn_conditioner_get_coefficients (conditioner, embedding, module, key);
    }
  entry = mix_entry (conditioner, mixture, weights);
  *key = entry->key;
  return tsn_tensor_ref (entry->coefficients[module]);
}
