/* A dense assignment solver to compare with: slow, short, of another kind than the one tested. */
#pragma once

#include <glib.h>

/* Fills a row-major n x n table of costs' optimal assignment (Kuhn 1955, in O(n^3)): the column of
 * each row.  Costs are any finite numbers. */
static inline void
brute_assign (const gint64 *cost, guint n, guint *column_of_row)
{
  g_autofree gint64 *u = g_new0 (gint64, n + 1), *v = g_new0 (gint64, n + 1);
  g_autofree guint *p = g_new0 (guint, n + 1), *way = g_new0 (guint, n + 1);
  g_autofree gint64 *least = g_new (gint64, n + 1);
  g_autofree gboolean *used = g_new (gboolean, n + 1);

  for (guint i = 1; i <= n; i++)
    {
      guint j0 = 0;

      p[0] = i;
      for (guint j = 0; j <= n; j++)
        {
          least[j] = G_MAXINT64 / 4;
          used[j] = FALSE;
        }
      do
        {
          guint i0 = p[j0], j1 = 0;
          gint64 delta = G_MAXINT64 / 4;

          used[j0] = TRUE;
          for (guint j = 1; j <= n; j++)
            if (!used[j])
              {
                gint64 slack = cost[(i0 - 1) * n + j - 1] - u[i0] - v[j];

                if (slack < least[j])
                  {
                    least[j] = slack;
                    way[j] = j0;
                  }
                if (least[j] < delta)
                  {
                    delta = least[j];
                    j1 = j;
                  }
              }
          for (guint j = 0; j <= n; j++)
            if (used[j])
              {
                u[p[j]] += delta;
                v[j] -= delta;
              }
            else
              least[j] -= delta;
          j0 = j1;
        }
      while (p[j0] != 0);
      do
        {
          guint j1 = way[j0];

          p[j0] = p[j1];
          j0 = j1;
        }
      while (j0 != 0);
    }
  for (guint j = 1; j <= n; j++)
    column_of_row[p[j] - 1] = j - 1;
}

/* The optimum of a left x right table of costs, where a negative cost forbids the pair and each
 * right vertex left alone costs @outlier: the number of pairs and their cost. */
static inline void
brute_match (
    const gint32 *table, guint n_left, guint n_right, gint32 outlier, size_t *count, gint64 *sum)
{
  guint n = n_left + n_right;
  g_autofree gint64 *cost = g_new0 (gint64, (size_t)n * n);
  g_autofree guint *column = g_new (guint, n);

  /* Rows: right vertices, then one spare per left vertex.  Columns: left vertices, then one spare
   * per right vertex. */
  for (guint r = 0; r < n_right; r++)
    for (guint c = 0; c < n; c++)
      {
        gint32 w = c < n_left ? table[c * n_right + r] : outlier;

        cost[(size_t)r * n + c] = w < 0 ? G_GINT64_CONSTANT (1) << 40 : w;
      }
  brute_assign (cost, n, column);
  *count = 0;
  *sum = 0;
  for (guint r = 0; r < n_right; r++)
    if (column[r] < n_left)
      {
        ++*count;
        *sum += table[column[r] * n_right + r];
      }
}

/* Tries every matching: the least sum of costs with @outlier for each right vertex left alone. */
static inline gint64
brute_enumerate (
    const gint32 *table, guint n_left, guint n_right, gint32 outlier, guint right, guint32 taken)
{
  gint64 best;

  if (right == n_right)
    return 0;
  best = outlier + brute_enumerate (table, n_left, n_right, outlier, right + 1, taken);
  for (guint left = 0; left < n_left; left++)
    {
      gint32 w = table[left * n_right + right];

      if (w >= 0 && (taken >> left & 1) == 0)
        best = MIN (
            best,
            w + brute_enumerate (table, n_left, n_right, outlier, right + 1, taken | 1u << left));
    }
  return best;
}
