#include "core/inference/tsn-result-rows.h"

#include "core/inference/tsn-result-pixel.h"

#include <string.h>

/* The interpolation between two rows of the read-out is shared by a whole row of the photo; what
 * is left per pixel is one step along x.  Columns are worked on in blocks of a fixed length,
 * which compilers vectorise and whose planes stay in the first-level cache. */

#define BLOCK 128

struct _TsnResultRows
{
  const TsnResult *result;
  size_t channels;
  size_t samples; /* columns of the read-out */
  gint32 *column; /* [width in whole blocks] the sample left of each pixel */
  float *weight;  /* the same: how far the pixel lies toward the next sample */
  float *level;   /* [channels][samples] the read-out at the current row of the photo */
  float *rise;    /* [channels][samples] from each sample of level to the next */
  float *planes;  /* [channels][BLOCK] raw numbers of the current block */
};

/**
 * tsn_result_rows_new:
 * @result: what to read; it must outlive the reader
 *
 * Returns: (transfer full): a reader of rows.
 */
TsnResultRows *
tsn_result_rows_new (const TsnResult *result)
{
  TsnResultRows *rows = g_new (TsnResultRows, 1);
  size_t width = ((size_t) result->width + BLOCK - 1) / BLOCK * BLOCK;

  rows->result = result;
  rows->channels = result->output->dim[1];
  rows->samples = result->output->dim[3];
  rows->column = g_new0 (gint32, width);
  rows->weight = g_new0 (float, width);
  rows->level = g_new (float, rows->channels * rows->samples);
  rows->rise = g_new (float, rows->channels * rows->samples);
  rows->planes = g_new (float, rows->channels *(size_t) BLOCK);
  for (guint x = 0; x < result->width; x++)
    {
      TsnResultPosition across = tsn_result_locate (x, result->width, rows->samples);

      rows->column[x] = across.first;
      rows->weight[x] = across.weight;
    }
  return rows;
}

void
tsn_result_rows_free (TsnResultRows *rows)
{
  g_free (rows->column);
  g_free (rows->weight);
  g_free (rows->level);
  g_free (rows->rise);
  g_free (rows->planes);
  g_free (rows);
}

static void
read_level (TsnResultRows *rows, guint y)
{
  const TsnTensor *output = rows->result->output;
  size_t samples = rows->samples;
  TsnResultPosition down = tsn_result_locate (y, rows->result->height, output->dim[2]);

  for (size_t c = 0; c < rows->channels; c++)
    {
      const float *plane = output->data + c * output->dim[2] * samples;
      const float *above = plane + down.first * samples;
      const float *below = plane + down.second * samples;
      float *level = rows->level + c * samples;
      float *rise = rows->rise + c * samples;

      for (size_t i = 0; i < samples; i++)
        level[i] = above[i] + down.weight * (below[i] - above[i]);
      for (size_t i = 0; i + 1 < samples; i++)
        rise[i] = level[i + 1] - level[i];
      rise[samples - 1] = 0;
    }
}

/* The raw numbers of channel c at BLOCK pixels from column x on. */
static void
read_block (const TsnResultRows *rows, size_t c, size_t x, float *restrict plane)
{
  const float *level = rows->level + c * rows->samples;
  const float *rise = rows->rise + c * rows->samples;
  const gint32 *column = rows->column + x;
  const float *weight = rows->weight + x;

  for (guint i = 0; i < BLOCK; i++)
    plane[i] = level[column[i]] + weight[i] * rise[column[i]];
}

/**
 * tsn_result_rows_read:
 * @y: row of the photo, below its height
 * @row: (out): width x tsn_result_row_channels() numbers, the channels of one pixel side by side:
 *   class probabilities (softmax), a probability (sigmoid) for edge and saliency, a unit vector
 *   for normals (zero where the network gave none), metres of at least 0 for depth
 */
void
tsn_result_rows_read (TsnResultRows *rows, guint y, float *row)
{
  const TsnResult *result = rows->result;
  size_t channels = rows->channels;

  g_return_if_fail (y < result->height);

  read_level (rows, y);
  for (size_t x = 0; x < result->width; x += BLOCK)
    {
      size_t n = MIN (BLOCK, result->width - x);

      for (size_t c = 0; c < channels; c++)
        read_block (rows, c, x, rows->planes + c * BLOCK);
      for (size_t i = 0; i < n; i++, row += channels)
        {
          for (size_t c = 0; c < channels; c++)
            row[c] = rows->planes[c * BLOCK + i];
          tsn_result_activate (result->task, row);
        }
    }
}

static void
take_larger (float *restrict best, gint32 *restrict winner, const float *restrict plane, gint32 c)
{
  for (guint i = 0; i < BLOCK; i++)
    {
      winner[i] = plane[i] > best[i] ? c : winner[i];
      best[i] = plane[i] > best[i] ? plane[i] : best[i];
    }
}

/**
 * tsn_result_rows_read_classes:
 * @y: row of the photo, below its height
 * @row: (out): width class indices: the largest logit, the first of equal ones
 *
 * For %TSN_TASK_CLASSES only.
 */
void
tsn_result_rows_read_classes (TsnResultRows *rows, guint y, guint8 *row)
{
  const TsnResult *result = rows->result;
  float best[BLOCK];
  gint32 winner[BLOCK];

  g_return_if_fail (y < result->height);
  g_return_if_fail (result->task->kind == TSN_TASK_CLASSES);

  read_level (rows, y);
  for (size_t x = 0; x < result->width; x += BLOCK)
    {
      size_t n = MIN (BLOCK, result->width - x);

      read_block (rows, 0, x, best);
      memset (winner, 0, sizeof winner);
      for (size_t c = 1; c < rows->channels; c++)
        {
          read_block (rows, c, x, rows->planes);
          take_larger (best, winner, rows->planes, c);
        }
      for (size_t i = 0; i < n; i++)
        row[x + i] = winner[i];
    }
}
