/* Aligned memory, and arenas whose layout is planned by lifetime before anything runs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void *tsn_aligned_alloc (size_t bytes);
void *tsn_aligned_alloc0 (size_t bytes);
void tsn_aligned_free (void *block);

/**
 * TsnBlock:
 * @bytes: size, rounded up to the alignment by the planner
 * @first: the first step at which the block holds something
 * @last: the last step that reads it
 * @offset: (out): where the planner put it
 *
 * A block of memory that is alive from step @first to step @last, both included.
 */
typedef struct
{
  size_t bytes;
  guint first;
  guint last;
  size_t offset;
} TsnBlock;

size_t tsn_arena_plan (TsnBlock *blocks, guint n_blocks);

G_END_DECLS
