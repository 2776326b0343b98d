#include "core/data/tsn-thin.h"

#include <string.h>

/* Three rows around the one being thinned, as they were before this pass, with a zero word on
 * either side so that the neighbours of the outermost pixels need no special case. */
typedef struct
{
  guint64 *above;
  guint64 *here;
  guint64 *below;
  size_t words;
} Rows;

/* One subiteration on one word: the pixels that stay.  The neighbours are numbered from the east
 * one, counter-clockwise; the rows' bit 0 is the westernmost pixel. */
static inline guint64
thin_word (const Rows *rows, size_t i, gboolean second)
{
  const guint64 *above = rows->above + i, *here = rows->here + i, *below = rows->below + i;
  guint64 x1 = here[0] >> 1 | here[1] << 63;
  guint64 x2 = above[0] >> 1 | above[1] << 63;
  guint64 x3 = above[0];
  guint64 x4 = above[0] << 1 | above[-1] >> 63;
  guint64 x5 = here[0] << 1 | here[-1] >> 63;
  guint64 x6 = below[0] << 1 | below[-1] >> 63;
  guint64 x7 = below[0];
  guint64 x8 = below[0] >> 1 | below[1] << 63;

  /* G1: exactly one run of neighbours, counted at the four corners. */
  guint64 b1 = ~x1 & (x2 | x3), b2 = ~x3 & (x4 | x5);
  guint64 b3 = ~x5 & (x6 | x7), b4 = ~x7 & (x8 | x1);
  guint64 g1 = (b1 ^ b2 ^ b3 ^ b4) & ~(b1 & b2) & ~(b3 & b4);

  /* G2: of the two ways to pair neighbours, the lesser count of non-empty pairs is 2 or 3. */
  guint64 p1 = x1 | x2, p2 = x3 | x4, p3 = x5 | x6, p4 = x7 | x8;
  guint64 q1 = x2 | x3, q2 = x4 | x5, q3 = x6 | x7, q4 = x8 | x1;
  guint64 two = ((p1 & p2) | (p3 & p4) | ((p1 | p2) & (p3 | p4)))
                & ((q1 & q2) | (q3 & q4) | ((q1 | q2) & (q3 | q4)));
  guint64 g2 = two & ~(p1 & p2 & p3 & p4 & q1 & q2 & q3 & q4);

  /* G3 keeps one side of the stroke in the first subiteration, the other in the second. */
  guint64 kept = second ? (x6 | x7 | ~x4) & x5 : (x2 | x3 | ~x8) & x1;

  return here[0] & ~(g1 & g2 & ~kept);
}

static gboolean
thin_row (const Rows *rows, guint64 *row, gboolean second)
{
  guint64 changed = 0;

  for (size_t i = 0; i < rows->words; i++)
    {
      guint64 kept = thin_word (rows, i, second);

      changed |= kept ^ row[i];
      row[i] = kept;
    }
  return changed != 0;
}

static void
load_row (guint64 *line, const TsnBitmap *bitmap, guint y)
{
  size_t bytes = bitmap->stride * sizeof (guint64);

  if (y < bitmap->height)
    memcpy (line, bitmap->words + y * bitmap->stride, bytes);
  else
    memset (line, 0, bytes);
}

/* One subiteration over the map.  @changed holds, per row and with a margin of one, the number of
 * the last pass that changed it: a row whose surroundings stayed the same since the same kind of
 * pass looked at it last needs no second look. */
static gboolean
thin_pass (TsnBitmap *bitmap, Rows *rows, guint *changed, guint pass)
{
  gboolean any = FALSE;
  guint loaded = G_MAXUINT; /* the row whose original is in rows->here */

  for (guint y = 0; y < bitmap->height; y++)
    {
      guint64 *row = bitmap->words + y * bitmap->stride;
      guint64 *swap;

      if (MAX (MAX (changed[y], changed[y + 1]), changed[y + 2]) + 2 < pass)
        continue;
      if (y > 0 && loaded == y - 1)
        {
          swap = rows->above;
          rows->above = rows->here;
          rows->here = rows->below;
          rows->below = swap;
        }
      else
        {
          /* The row above was skipped, so it still is what it was. */
          load_row (rows->above, bitmap, y - 1);
          load_row (rows->here, bitmap, y);
        }
      load_row (rows->below, bitmap, y + 1);
      loaded = y;
      if (thin_row (rows, row, pass % 2))
        {
          changed[y + 1] = pass;
          any = TRUE;
        }
    }
  return any;
}

/**
 * tsn_bitmap_thin:
 *
 * Thins strokes to the width of one pixel until nothing changes, without breaking or shortening
 * them away: the parallel algorithm with two subiterations of Lam, Lee and Suen ("Thinning
 * methodologies: a comprehensive survey", PAMI 1992, after Guo and Hall 1989), conditions G1, G2
 * and G3 or G3', which is what the Berkeley benchmark does with infinitely many iterations.
 * Pixels outside the map count as unset.
 */
void
tsn_bitmap_thin (TsnBitmap *bitmap)
{
  size_t line = bitmap->stride + 2;
  g_autofree guint64 *lines = g_new0 (guint64, 3 * line);
  g_autofree guint *changed = g_new (guint, (size_t)bitmap->height + 2);
  Rows rows = { lines + 1, lines + line + 1, lines + 2 * line + 1, bitmap->stride };

  for (guint y = 0; y < bitmap->height + 2; y++)
    changed[y] = 2;
  for (guint pass = 2;; pass += 2)
    {
      gboolean first = thin_pass (bitmap, &rows, changed, pass);
      gboolean second = thin_pass (bitmap, &rows, changed, pass + 1);

      if (!first && !second)
        return;
    }
}
