#include "core/inference/tsn-conditioner.h"

#include "core/model/tsn-forward.h"

#include <string.h>

/* Embeddings whose coefficients are kept: more than there are tasks, few enough to search. */
#define MAX_ENTRIES 24

typedef struct
{
  TsnTensor *embedding;
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
  tsn_tensor_unref (entry->embedding);
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

static Entry *
find_entry (TsnConditioner *conditioner, const TsnTensor *embedding)
{
  size_t bytes = tsn_tensor_length (embedding) * sizeof (float);

  for (GList *link = conditioner->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (memcmp (entry->embedding->data, embedding->data, bytes) == 0)
        {
          g_queue_unlink (&conditioner->entries, link);
          g_queue_push_head_link (&conditioner->entries, link);
          return entry;
        }
    }
  return NULL;
}

static Entry *
make_entry (TsnConditioner *conditioner, const TsnTensor *embedding)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->embedding = tsn_tensor_copy (embedding);
  entry->key = ++conditioner->next_key;
  entry->coefficients = g_new (TsnTensor *, conditioner->modules->len);
  set_value (conditioner, conditioner->embedding, embedding);
  run_nodes (conditioner, conditioner->embedding + 1, conditioner->model->graph->nodes->len - 1);
  for (guint i = 0; i < conditioner->modules->len; i++)
    entry->coefficients[i]
        = tsn_tensor_copy (conditioner->values[get_module (conditioner, i)->coefficients]);
  g_queue_push_head (&conditioner->entries, entry);
  if (conditioner->entries.length > MAX_ENTRIES)
    free_entry (conditioner, g_queue_pop_tail (&conditioner->entries));
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

  entry = find_entry (conditioner, embedding);
  if (entry == NULL)
    entry = make_entry (conditioner, embedding);
  *key = entry->key;
  return tsn_tensor_ref (entry->coefficients[module]);
}
