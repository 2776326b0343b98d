/* A network folded to its stages and modules, laid out for drawing. */
#pragma once

#include "core/model/tsn-graph.h"

G_BEGIN_DECLS

/**
 * TsnOutlineLink:
 * @from: a block
 * @skip: whether it crosses from the encoder to the decoder
 * @conditional: whether what comes along it depends on the task alone
 *
 * What a block reads.
 */
typedef struct
{
  guint from;
  gboolean skip;
  gboolean conditional;
} TsnOutlineLink;

/**
 * TsnOutlineBlock:
 * @node: the node whose value is the block's
 * @params: trained parameters of all its nodes
 * @links: (element-type TsnOutlineLink): the blocks it reads
 * @column: place from the left; of a read-out its number among them
 * @row: place from the top; 0 for read-outs
 * @readout: whether it is the read-out of a task
 * @knob_of: the block on whose border it sits (the coefficients of a module), or %TSN_NONE; it has
 *   the place of that block
 * @tap: whether its value is a map that a session can be asked for
 */
typedef struct
{
  guint node;
  guint64 params;
  GArray *links;
  guint column;
  guint row;
  gboolean readout;
  guint knob_of;
  gboolean tap;
} TsnOutlineBlock;

/**
 * TsnOutline:
 * @graph: (transfer none): the network
 * @blocks: (element-type TsnOutlineBlock): in the order of the graph
 * @n_columns: how many columns of blocks, besides the read-outs, which have a row of their own
 * @n_rows: how many rows
 *
 * A U: the encoder goes down on the left, the decoder up on the right, a row for every resolution.
 * Read-outs stand above, what depends on the task alone on the very right.  A block is the output
 * of a stage or module together with the nodes that only serve to compute it; every node of the
 * graph belongs to one.  Everything follows from what the nodes say, nothing from the kind of
 * network.
 */
typedef struct
{
  const TsnGraph *graph;
  GArray *blocks;
  guint n_columns;
  guint n_rows;
} TsnOutline;

TsnOutline *tsn_outline_new (const TsnGraph *graph);
void tsn_outline_free (TsnOutline *outline);

const TsnOutlineBlock *tsn_outline_get (const TsnOutline *outline, guint block);
guint tsn_outline_find (const TsnOutline *outline, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnOutline, tsn_outline_free)

G_END_DECLS
