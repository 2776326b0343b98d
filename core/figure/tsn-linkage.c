#include "core/figure/tsn-linkage.h"

#include "core/figure/tsn-axis.h"

#include <math.h>

#define GAP 4.0

/* The clusters that are left, and the distances between them. */
typedef struct
{
  guint n;
  guint *cluster; /* per row: its number */
  guint *size;    /* per row: its items; 0 once it has been merged into another */
  double *distance;
} Clusters;

static void
find_closest (const Clusters *clusters, guint *first, guint *second)
{
  double best = INFINITY;

  for (guint i = 0; i < clusters->n; i++)
    for (guint j = i + 1; j < clusters->n; j++)
      if (clusters->size[i] > 0 && clusters->size[j] > 0
          && clusters->distance[i * clusters->n + j] < best)
        {
          best = clusters->distance[i * clusters->n + j];
          *first = i;
          *second = j;
        }
}

/* Row @second joins row @first: distances to the rest are means over items. */
static void
join (Clusters *clusters, guint first, guint second)
{
  guint n = clusters->n;
  double a = clusters->size[first], b = clusters->size[second];

  for (guint k = 0; k < n; k++)
    {
      double mean = (a * clusters->distance[first * n + k] + b * clusters->distance[second * n + k])
                    / (a + b);

      clusters->distance[first * n + k] = clusters->distance[k * n + first] = mean;
    }
  clusters->size[first] += clusters->size[second];
  clusters->size[second] = 0;
}

/**
 * tsn_linkage_average:
 * @distances: (array): @n x @n finite distances, symmetric
 * @n: items, at least 1
 *
 * Joins the two closest clusters again and again, where the distance of clusters is the mean over
 * pairs of their items (Sokal and Michener, 1958); of equals the first.
 *
 * Returns: (transfer full) (array): the @n - 1 merges, the heights ascending.
 */
TsnMerge *
tsn_linkage_average (const double *distances, guint n)
{
  TsnMerge *merges = g_new0 (TsnMerge, n);
  g_autofree guint *cluster = g_new (guint, n);
  g_autofree guint *size = g_new (guint, n);
  g_autofree double *copy = g_memdup2 (distances, (size_t) n * n * sizeof *distances);
  Clusters clusters = { n, cluster, size, copy };

  for (guint i = 0; i < n; i++)
    {
      cluster[i] = i;
      size[i] = 1;
    }
  for (guint m = 0; m + 1 < n; m++)
    {
      guint first = 0, second = 0;

      find_closest (&clusters, &first, &second);
      merges[m] = (TsnMerge){ cluster[first], cluster[second], copy[first * n + second],
                              size[first] + size[second] };
      join (&clusters, first, second);
      cluster[first] = n + m;
    }
  return merges;
}

static void
append_items (const TsnMerge *merges, guint n, guint cluster, guint *order, guint *count)
{
  if (cluster < n)
    {
      order[(*count)++] = cluster;
      return;
    }
  append_items (merges, n, merges[cluster - n].first, order, count);
  append_items (merges, n, merges[cluster - n].second, order, count);
}

/**
 * tsn_linkage_order:
 *
 * Returns: (transfer full) (array): the items in an order in which no branches cross.
 */
guint *
tsn_linkage_order (const TsnMerge *merges, guint n)
{
  guint *order = g_new (guint, n);
  guint count = 0;

  append_items (merges, n, n > 1 ? 2 * n - 2 : 0, order, &count);
  return order;
}

typedef struct
{
  const TsnMerge *merges;
  guint n;
  cairo_t *cr;
  TsnBox inner;
  TsnAxis axis;
  double *x; /* per cluster: where its branch begins */
  double *y;
} Stage;

static double
place (const Stage *stage, double height)
{
  return stage->inner.x + tsn_axis_place (&stage->axis, height) * stage->inner.width;
}

static void
draw_axis (const Stage *stage, const char *title)
{
  const TsnText style = { .size = TSN_INK_TEXT, .align_x = 0.5 };
  double bottom = stage->inner.y + stage->inner.height;

  cairo_set_line_width (stage->cr, TSN_INK_HAIR);
  for (guint i = 0; i < stage->axis.n_ticks; i++)
    {
      g_autofree char *label = tsn_axis_format (&stage->axis, stage->axis.ticks[i]);
      double x = place (stage, stage->axis.ticks[i]);

      tsn_ink_set_grey (stage->cr, 0.9);
      cairo_move_to (stage->cr, x, stage->inner.y);
      cairo_line_to (stage->cr, x, bottom);
      cairo_stroke (stage->cr);
      tsn_ink_set_grey (stage->cr, 0.2);
      tsn_ink_write (stage->cr, &style, x, bottom + GAP / 2, label);
    }
  cairo_move_to (stage->cr, stage->inner.x, bottom);
  cairo_rel_line_to (stage->cr, stage->inner.width, 0);
  cairo_stroke (stage->cr);
  tsn_ink_write (stage->cr, &style, stage->inner.x + stage->inner.width / 2,
                 bottom + GAP / 2 + 1.35 * TSN_INK_TEXT, title);
}

static void
draw_names (const Stage *stage, const char *const *names)
{
  const TsnText style = { .size = TSN_INK_TEXT, .align_x = 1, .align_y = 0.5 };
  g_autofree guint *order = tsn_linkage_order (stage->merges, stage->n);

  tsn_ink_set_grey (stage->cr, 0.1);
  for (guint i = 0; i < stage->n; i++)
    {
      stage->x[order[i]] = place (stage, 0);
      stage->y[order[i]] = stage->inner.y + (i + 0.5) * stage->inner.height / stage->n;
      tsn_ink_write (stage->cr, &style, stage->inner.x - GAP, stage->y[order[i]], names[order[i]]);
    }
}

static void
draw_branches (const Stage *stage)
{
  tsn_ink_set (stage->cr, 0);
  cairo_set_line_width (stage->cr, TSN_INK_LINE);
  cairo_set_line_join (stage->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (stage->cr, CAIRO_LINE_CAP_ROUND);
  for (guint m = 0; m + 1 < stage->n; m++)
    {
      const TsnMerge *merge = &stage->merges[m];
      double x = place (stage, merge->height);

      cairo_move_to (stage->cr, stage->x[merge->first], stage->y[merge->first]);
      cairo_line_to (stage->cr, x, stage->y[merge->first]);
      cairo_line_to (stage->cr, x, stage->y[merge->second]);
      cairo_line_to (stage->cr, stage->x[merge->second], stage->y[merge->second]);
      cairo_stroke (stage->cr);
      stage->x[stage->n + m] = x;
      stage->y[stage->n + m] = (stage->y[merge->first] + stage->y[merge->second]) / 2;
    }
}

/**
 * tsn_linkage_draw:
 * @merges: from tsn_linkage_average()
 * @names: (array length=n): of the items
 * @x_title: what the heights are
 * @box: where, names and axis included
 *
 * Draws the dendrogram, the items on the left.
 */
void
tsn_linkage_draw (const TsnMerge *merges,
                  const char *const *names,
                  guint n,
                  const char *x_title,
                  cairo_t *cr,
                  const TsnBox *box)
{
  const TsnText style = { .size = TSN_INK_TEXT };
  g_autofree double *x = g_new0 (double, 2 * n);
  g_autofree double *y = g_new0 (double, 2 * n);
  Stage stage = { .merges = merges, .n = n, .cr = cr, .x = x, .y = y };
  double left = 0, width, height;

  for (guint i = 0; i < n; i++)
    {
      tsn_ink_measure (cr, &style, names[i], &width, &height);
      left = MAX (left, width);
    }
  cairo_save (cr);
  tsn_axis_init (&stage.axis, 0, n > 1 ? merges[n - 2].height : 1, 5);
  stage.inner = (TsnBox){ box->x + left + GAP, box->y + 2, box->width - left - GAP - TSN_INK_TEXT,
                          box->height - 3.2 * TSN_INK_TEXT };
  draw_axis (&stage, x_title);
  draw_names (&stage, names);
  draw_branches (&stage);
  cairo_restore (cr);
}
