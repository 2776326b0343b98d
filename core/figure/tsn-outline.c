#include "core/figure/tsn-outline.h"

#include <string.h>

/* Columns: the encoder, then a pair for each decoder: what reads the encoder alone, and the rest.
 */
#define ENCODER_COLUMN 0
#define SKIP_COLUMN 1
#define DECODER_COLUMN 2
#define DECODER_COLUMNS 2

/* While a graph is folded. */
typedef struct
{
  TsnOutline *outline;
  guint *heads;  /* per node: its block if it is the value of one, else TSN_NONE */
  guint *owners; /* per node: the block it belongs to */
} Fold;

static void
clear_block_cb (gpointer data)
{
  g_array_unref (((TsnOutlineBlock *) data)->links);
}

static TsnOutlineBlock *
get_block (const TsnOutline *outline, guint block)
{
  return &g_array_index (outline->blocks, TsnOutlineBlock, block);
}

static gboolean
is_readout (const TsnGraph *graph, guint node)
{
  for (guint t = 0; t < graph->outputs->len; t++)
    if (tsn_graph_output (graph, t) == node)
      return TRUE;
  return FALSE;
}

static gboolean
is_norm (const TsnNode *node)
{
  return node->op == TSN_OP_ADAIN || node->op == TSN_OP_AFFINE;
}

/* Coefficients are what a conditional norm reads second. */
static gboolean
is_coefficients (const TsnGraph *graph, guint node)
{
  for (guint i = node + 1; i < graph->nodes->len; i++)
    if (is_norm (tsn_graph_node (graph, i)) && tsn_graph_node (graph, i)->inputs[1] == node)
      return TRUE;
  return FALSE;
}

static gboolean
is_module (const TsnNode *node)
{
  return node->stage == TSN_STAGE_DECODER && node->op == TSN_OP_ACTIVATION;
}

static gboolean
is_head (const TsnGraph *graph, guint index)
{
  const TsnNode *node = tsn_graph_node (graph, index);

  return strchr (node->name, '.') == NULL || is_module (node) || is_readout (graph, index)
         || is_coefficients (graph, index);
}

static gboolean
is_tap (const TsnGraph *graph, guint index)
{
  const TsnNode *node = tsn_graph_node (graph, index);

  return is_module (node) || is_readout (graph, index)
         || (node->stage == TSN_STAGE_ENCODER && index != graph->image);
}

static guint64
count_params (const TsnGraph *graph, const TsnNode *node)
{
  guint64 sum = 0;

  for (guint i = 0; i < node->n_params; i++)
    {
      const TsnParam *param = tsn_graph_param (graph, node->params + i);
      guint64 length = 1;

      for (guint d = 0; d < param->rank; d++)
        length *= param->dim[d];
      sum += param->trained ? length : 0;
    }
  return sum;
}

static void
find_blocks (Fold *fold)
{
  const TsnGraph *graph = fold->outline->graph;

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      TsnOutlineBlock block = { .node = i, .knob_of = TSN_NONE };

      fold->heads[i] = fold->owners[i] = TSN_NONE;
      if (!is_head (graph, i))
        continue;
      fold->heads[i] = fold->owners[i] = fold->outline->blocks->len;
      block.links = g_array_new (FALSE, FALSE, sizeof (TsnOutlineLink));
      block.readout = is_readout (graph, i);
      block.tap = is_tap (graph, i);
      g_array_append_val (fold->outline->blocks, block);
    }
}

static void
add_link (TsnOutline *outline, guint block, guint from)
{
  TsnOutlineBlock *self = get_block (outline, block);
  const TsnNode *source = tsn_graph_node (outline->graph, get_block (outline, from)->node);
  const TsnNode *target = tsn_graph_node (outline->graph, self->node);
  const TsnOutlineLink link
      = { .from = from,
          .skip = source->stage == TSN_STAGE_ENCODER && target->stage != TSN_STAGE_ENCODER,
          .conditional = source->stage == TSN_STAGE_EMBEDDING };

  for (guint i = 0; i < self->links->len; i++)
    if (g_array_index (self->links, TsnOutlineLink, i).from == from)
      return;
  g_array_append_val (self->links, link);
}

/* Nodes without a value of note belong to the block that reads them; the last reader decides. */
static void
assign_nodes (Fold *fold)
{
  TsnOutline *outline = fold->outline;

  for (guint i = outline->graph->nodes->len; i-- > 0;)
    {
      const TsnNode *node = tsn_graph_node (outline->graph, i);
      guint owner = fold->owners[i];

      if (owner == TSN_NONE)
        continue;
      get_block (outline, owner)->params += count_params (outline->graph, node);
      for (guint k = 0; k < node->n_inputs; k++)
        {
          guint input = node->inputs[k];

          if (fold->heads[input] != TSN_NONE)
            add_link (outline, owner, fold->heads[input]);
          else if (fold->owners[input] == TSN_NONE)
            fold->owners[input] = owner;
        }
      if (is_norm (node))
        get_block (outline, fold->heads[node->inputs[1]])->knob_of = owner;
    }
}

static gboolean
is_taken (const TsnOutline *outline, guint before, guint column, guint row)
{
  for (guint i = 0; i < before; i++)
    {
      const TsnOutlineBlock *block = get_block (outline, i);

      if (!block->readout && block->knob_of == TSN_NONE && block->column == column
          && block->row == row)
        return TRUE;
    }
  return FALSE;
}

/* What reads a map of its own size stands beside it; another decoder's module a pair further. */
static void
place_in_decoder (TsnOutline *outline, guint index)
{
  TsnOutlineBlock *block = get_block (outline, index);
  gboolean skips_only = TRUE;

  for (guint i = 0; i < block->links->len; i++)
    {
      const TsnOutlineLink *link = &g_array_index (block->links, TsnOutlineLink, i);
      const TsnOutlineBlock *from = get_block (outline, link->from);

      if (link->skip || link->conditional)
        continue;
      skips_only = FALSE;
      if (!is_module (tsn_graph_node (outline->graph, block->node)))
        block->column = from->column + 1;
    }
  if (block->column == 0)
    block->column = skips_only ? SKIP_COLUMN : DECODER_COLUMN;
  while (is_taken (outline, index, block->column, block->row))
    block->column += DECODER_COLUMNS;
}

static void
place_map (TsnOutline *outline, guint index, guint *n_readouts)
{
  TsnOutlineBlock *block = get_block (outline, index);
  const TsnNode *node = tsn_graph_node (outline->graph, block->node);

  block->row = block->readout ? 0 : 1 + node->level;
  if (block->readout)
    block->column = (*n_readouts)++;
  else if (node->stage == TSN_STAGE_ENCODER)
    block->column = ENCODER_COLUMN;
  else
    place_in_decoder (outline, index);
  if (!block->readout)
    outline->n_columns = MAX (outline->n_columns, block->column + 1);
  outline->n_rows = MAX (outline->n_rows, block->row + 1);
}

/* Vectors go up from the lowest row, in a column that no decoder needs. */
static void
place_vectors (TsnOutline *outline)
{
  guint column = DECODER_COLUMN, row = outline->n_rows;

  for (guint i = 0; i < outline->blocks->len; i++)
    if (is_module (tsn_graph_node (outline->graph, get_block (outline, i)->node)))
      column = MAX (column, get_block (outline, i)->column + 1);
  for (guint i = 0; i < outline->blocks->len; i++)
    {
      TsnOutlineBlock *block = get_block (outline, i);

      if (tsn_graph_node (outline->graph, block->node)->level != TSN_LEVEL_VECTOR)
        continue;
      if (block->knob_of != TSN_NONE)
        {
          block->column = get_block (outline, block->knob_of)->column;
          block->row = get_block (outline, block->knob_of)->row;
          continue;
        }
      block->column = column;
      block->row = --row;
      outline->n_columns = MAX (outline->n_columns, column + 1);
    }
}

/**
 * tsn_outline_new:
 * @graph: must outlive the outline
 *
 * Returns: (transfer full): the network's outline.
 */
TsnOutline *
tsn_outline_new (const TsnGraph *graph)
{
  TsnOutline *outline = g_new0 (TsnOutline, 1);
  g_autofree guint *heads = g_new (guint, graph->nodes->len);
  g_autofree guint *owners = g_new (guint, graph->nodes->len);
  Fold fold = { outline, heads, owners };
  guint n_readouts = 0;

  outline->graph = graph;
  outline->blocks = g_array_new (FALSE, TRUE, sizeof (TsnOutlineBlock));
  g_array_set_clear_func (outline->blocks, clear_block_cb);
  find_blocks (&fold);
  assign_nodes (&fold);
  for (guint i = 0; i < outline->blocks->len; i++)
    if (tsn_graph_node (graph, get_block (outline, i)->node)->level != TSN_LEVEL_VECTOR)
      place_map (outline, i, &n_readouts);
  place_vectors (outline);
  return outline;
}

void
tsn_outline_free (TsnOutline *outline)
{
  g_array_unref (outline->blocks);
  g_free (outline);
}

const TsnOutlineBlock *
tsn_outline_get (const TsnOutline *outline, guint block)
{
  g_return_val_if_fail (block < outline->blocks->len, NULL);

  return get_block (outline, block);
}

/**
 * tsn_outline_find:
 * @name: (nullable): of a node
 *
 * Returns: the block whose value that node is, or %TSN_NONE.
 */
guint
tsn_outline_find (const TsnOutline *outline, const char *name)
{
  for (guint i = 0; i < outline->blocks->len; i++)
    if (g_strcmp0 (tsn_graph_node (outline->graph, get_block (outline, i)->node)->name, name) == 0)
      return i;
  return TSN_NONE;
}
