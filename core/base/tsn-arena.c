#include "core/base/tsn-arena.h"

#include "core/base/tsn-tensor.h"

#include <stdlib.h>
#include <string.h>

static size_t
round_up (size_t bytes)
{
  return (bytes + TSN_ALIGNMENT - 1) / TSN_ALIGNMENT * TSN_ALIGNMENT;
}

/**
 * tsn_aligned_alloc:
 *
 * Like g_malloc(), but aligned to %TSN_ALIGNMENT; free with tsn_aligned_free().
 */
void *
tsn_aligned_alloc (size_t bytes)
{
  void *block = aligned_alloc (TSN_ALIGNMENT, MAX (round_up (bytes), TSN_ALIGNMENT));

  if (block == NULL)
    g_error ("failed to allocate %zu bytes", bytes);
  return block;
}

void *
tsn_aligned_alloc0 (size_t bytes)
{
  return memset (tsn_aligned_alloc (bytes), 0, bytes);
}

void
tsn_aligned_free (void *block)
{
  free (block);
}

static int
compare_size_descending_cb (const void *a, const void *b)
{
  const TsnBlock *p = *(TsnBlock *const *) a, *q = *(TsnBlock *const *) b;

  if (p->bytes != q->bytes)
    return p->bytes < q->bytes ? 1 : -1;
  /* Blocks sit in one array: their addresses make the order, hence the layout, reproducible. */
  return p < q ? -1 : p > q;
}

static int
compare_offset_cb (const void *a, const void *b)
{
  const TsnBlock *p = *(TsnBlock *const *) a, *q = *(TsnBlock *const *) b;

  return p->offset < q->offset ? -1 : p->offset > q->offset;
}

/* The lowest gap between the placed blocks that are alive together with @block. */
static size_t
lowest_gap (const TsnBlock *block, TsnBlock **placed, guint n_placed)
{
  size_t at = 0;

  for (guint i = 0; i < n_placed; i++)
    {
      const TsnBlock *other = placed[i];

      if (other->last < block->first || other->first > block->last)
        continue;
      if (other->offset >= at + round_up (block->bytes))
        break;
      at = MAX (at, other->offset + round_up (other->bytes));
    }
  return at;
}

/**
 * tsn_arena_plan:
 * @blocks: (inout) (array length=n_blocks): offsets are filled in
 *
 * Places blocks in one arena so that those alive at the same step never overlap: greedy by size,
 * lowest fitting gap first (Pisarchyk and Lee, "Efficient memory management for deep neural net
 * inference", 2020).
 *
 * Returns: the size of the arena in bytes.
 */
size_t
tsn_arena_plan (TsnBlock *blocks, guint n_blocks)
{
  g_autofree TsnBlock **order = g_new (TsnBlock *, n_blocks);
  g_autofree TsnBlock **placed = g_new (TsnBlock *, n_blocks);
  size_t peak = 0;

  for (guint i = 0; i < n_blocks; i++)
    order[i] = &blocks[i];
  qsort (order, n_blocks, sizeof *order, compare_size_descending_cb);
  for (guint i = 0; i < n_blocks; i++)
    {
      order[i]->offset = lowest_gap (order[i], placed, i);
      peak = MAX (peak, order[i]->offset + round_up (order[i]->bytes));
      placed[i] = order[i];
      qsort (placed, i + 1, sizeof *placed, compare_offset_cb);
    }
  return peak;
}
