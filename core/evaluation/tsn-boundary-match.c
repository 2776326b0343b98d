#include "core/evaluation/tsn-boundary-match.h"

#include <math.h>
#include <string.h>

/* The benchmark's solver takes integers. */
#define COST_PER_PIXEL 100

/* Cost of a pixel left alone, in radii. */
#define OUTLIER_COST 100

struct _TsnBoundaryMatch
{
  TsnBitmap *predicted;  /* of the last update; only pixels that are vertices */
  TsnBitmap *candidates; /* predicted pixels, of any update, with truth in reach */
  guint *rank;           /* per word of candidates, the index of its first pixel */
  guint *pixels;         /* per candidate, y * width + x */
  guint n_candidates;
  TsnAssignment *assignment;
};

/* The disc of offsets within the radius, and what each of them costs. */
typedef struct
{
  int reach;    /* the largest offset */
  int *width;   /* per row of the disc, the largest offset to either side */
  gint32 *cost; /* per row and column of the disc's square */
} Disc;

static void
disc_clear (Disc *disc)
{
  g_free (disc->width);
  g_free (disc->cost);
}

static void
disc_init (Disc *disc, double radius)
{
  int r = (int)ceil (radius), side = 2 * r + 1;

  disc->reach = r;
  disc->width = g_new (int, side);
  disc->cost = g_new0 (gint32, (size_t)side * side);
  for (int v = -r; v <= r; v++)
    {
      disc->width[v + r] = -1;
      for (int u = -r; u <= r; u++)
        if ((double)u * u + (double)v * v <= radius * radius)
          {
            disc->width[v + r] = MAX (disc->width[v + r], u);
            disc->cost[(v + r) * side + u + r] =
                (gint32)rint (sqrt ((double)u * u + (double)v * v) * COST_PER_PIXEL);
          }
    }
}

static guint *
make_rank (const TsnBitmap *bitmap, guint *total)
{
  size_t n = tsn_bitmap_get_length (bitmap);
  guint *rank = g_new (guint, n);
  guint count = 0;

  for (size_t i = 0; i < n; i++)
    {
      rank[i] = count;
      count += __builtin_popcountll (bitmap->words[i]);
    }
  *total = count;
  return rank;
}

/* The index of pixel @bit of word @i among the set pixels. */
static inline guint
get_rank (const TsnBitmap *bitmap, const guint *rank, size_t i, guint bit)
{
  guint64 before = bitmap->words[i] & ((G_GUINT64_CONSTANT (1) << bit) - 1);

  return rank[i] + __builtin_popcountll (before);
}

/* Where edges of the graph are gathered. */
typedef struct
{
  const Disc *disc;
  const TsnBitmap *truth;
  const guint *truth_rank;
  TsnAssignmentEdge *edges;
  size_t n_edges;
  size_t room;
} Gather;

static inline void
add_edge (Gather *gather, TsnAssignmentEdge edge)
{
  if (gather->n_edges == gather->room)
    {
      gather->room = 2 * gather->room + 1024;
      gather->edges = g_renew (TsnAssignmentEdge, gather->edges, gather->room);
    }
  gather->edges[gather->n_edges++] = edge;
}

/* The truth pixels of row @y within @half columns of @x become edges of candidate @left. */
static void
gather_row (Gather *gather, guint left, int x, int y, int half, const gint32 *cost)
{
  const TsnBitmap *truth = gather->truth;
  int low = MAX (x - half, 0), high = MIN (x + half, (int)truth->width - 1);

  for (int w = low / 64; w <= high / 64; w++)
    {
      size_t i = y * truth->stride + w;
      guint64 bits = truth->words[i];

      if (w == low / 64)
        bits &= ~G_GUINT64_CONSTANT (0) << (low % 64);
      if (w == high / 64)
        bits &= ~G_GUINT64_CONSTANT (0) >> (63 - high % 64);
      if (bits == 0)
        continue;
      /* Pixels of one row next to each other in the map are so in rank. */
      for (guint right = get_rank (truth, gather->truth_rank, i, __builtin_ctzll (bits)); bits != 0;
           bits &= bits - 1, right++)
        add_edge (gather,
                  (TsnAssignmentEdge){ left, right, cost[w * 64 + __builtin_ctzll (bits) - x] });
    }
}

static gboolean
gather_pixel (Gather *gather, guint left, int x, int y)
{
  const Disc *disc = gather->disc;
  int r = disc->reach, side = 2 * r + 1;
  size_t before = gather->n_edges;

  for (int v = MAX (-r, -y); v <= MIN (r, (int)gather->truth->height - 1 - y); v++)
    if (disc->width[v + r] >= 0)
      gather_row (gather, left, x, y + v, disc->width[v + r], disc->cost + (v + r) * side + r);
  return gather->n_edges > before;
}

static void
gather_edges (TsnBoundaryMatch *self, Gather *gather, const TsnBitmap *all_predicted)
{
  const TsnBitmap *all = all_predicted;
  GArray *pixels = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint y = 0; y < all->height; y++)
    for (size_t w = 0; w < all->stride; w++)
      for (guint64 bits = all->words[y * all->stride + w]; bits != 0; bits &= bits - 1)
        {
          guint x = w * 64 + __builtin_ctzll (bits);
          guint pixel = y * all->width + x;

          if (!gather_pixel (gather, pixels->len, x, y))
            continue;
          tsn_bitmap_set (self->candidates, x, y);
          g_array_append_val (pixels, pixel);
        }
  self->pixels = (guint *)(void *)g_array_free (pixels, FALSE);
}

/**
 * tsn_boundary_match_new:
 * @all_predicted: every pixel that a predicted map will ever have set
 * @truth: the annotator's map, of the same size
 * @radius: the largest distance in pixels of a pair that may be matched
 *
 * Returns: (transfer full): the correspondence with an empty predicted map.
 */
TsnBoundaryMatch *
tsn_boundary_match_new (const TsnBitmap *all_predicted, const TsnBitmap *truth, double radius)
{
  TsnBoundaryMatch *self = g_new0 (TsnBoundaryMatch, 1);
  Gather gather = { .truth = truth };
  g_autofree guint *truth_rank = NULL;
  guint n_truth;
  Disc disc;

  disc_init (&disc, radius);
  truth_rank = make_rank (truth, &n_truth);
  gather.disc = &disc;
  gather.truth_rank = truth_rank;
  self->predicted = tsn_bitmap_new (truth->width, truth->height);
  self->candidates = tsn_bitmap_new (truth->width, truth->height);
  gather_edges (self, &gather, all_predicted);
  disc_clear (&disc);
  self->rank = make_rank (self->candidates, &self->n_candidates);
  self->assignment =
      tsn_assignment_new (self->n_candidates, n_truth, gather.edges, gather.n_edges,
                          MAX (1, (gint32)ceil (OUTLIER_COST * radius * COST_PER_PIXEL)));
  g_free (gather.edges);
  return self;
}

void
tsn_boundary_match_free (TsnBoundaryMatch *match)
{
  tsn_assignment_free (match->assignment);
  tsn_bitmap_free (match->predicted);
  tsn_bitmap_free (match->candidates);
  g_free (match->rank);
  g_free (match->pixels);
  g_free (match);
}

static void
change_word (TsnBoundaryMatch *self,
             size_t i,
             guint64 bits,
             void (*change) (TsnAssignment *assignment, guint left))
{
  for (; bits != 0; bits &= bits - 1)
    change (self->assignment, get_rank (self->candidates, self->rank, i, __builtin_ctzll (bits)));
}

/**
 * tsn_boundary_match_update:
 * @predicted: the predicted map from now on
 *
 * Finds the correspondence with @predicted.  The work is in proportion to what changed since the
 * last call.
 */
void
tsn_boundary_match_update (TsnBoundaryMatch *match, const TsnBitmap *predicted)
{
  size_t n = tsn_bitmap_get_length (predicted);
  guint64 *old = match->predicted->words;
  const guint64 *candidates = match->candidates->words;

  for (size_t i = 0; i < n; i++)
    change_word (match, i, old[i] & ~predicted->words[i], tsn_assignment_remove);
  for (size_t i = 0; i < n; i++)
    {
      guint64 now = predicted->words[i] & candidates[i];

      change_word (match, i, now & ~old[i], tsn_assignment_insert);
      old[i] = now;
    }
  tsn_assignment_solve (match->assignment);
}

/**
 * tsn_boundary_match_get_count:
 *
 * Returns: how many pixels of either map are matched.
 */
size_t
tsn_boundary_match_get_count (const TsnBoundaryMatch *match)
{
  return tsn_assignment_get_count (match->assignment);
}

/**
 * tsn_boundary_match_get_cost:
 *
 * Returns: the sum of the distances of the matched pairs, in hundredths of a pixel.
 */
gint64
tsn_boundary_match_get_cost (const TsnBoundaryMatch *match)
{
  return tsn_assignment_get_cost (match->assignment);
}

/**
 * tsn_boundary_match_mark:
 * @matched: (inout): a map of the same size
 *
 * Sets the predicted pixels that are matched.
 */
void
tsn_boundary_match_mark (const TsnBoundaryMatch *match, TsnBitmap *matched)
{
  guint width = matched->width;

  for (guint i = 0; i < match->n_candidates; i++)
    if (tsn_assignment_get_match (match->assignment, i) >= 0)
      tsn_bitmap_set (matched, match->pixels[i] % width, match->pixels[i] / width);
}
