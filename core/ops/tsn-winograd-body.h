/* Winograd's transforms (Lavin and Gray, 2016); a part of tsn-kernels-body.h.  The sizes of tiles
 * are constants wherever the functions are inlined. */

/* The most points a side, for F(6x6, 3x3). */
#define MAX_SIDE 8

/* B^T of F(6x6, 3x3), with the points 1/2 and -1/2 besides those of F(4x4, 3x3). */
INLINE void
transform_input_6 (const Vector *d, Vector *out, int step)
{
  Vector a = d[2] + d[6] - 4.25f * d[4], b = d[1] + d[5] - 4.25f * d[3];
  Vector e = d[6] + 0.25f * d[2] - 1.25f * d[4], f = 0.5f * d[1] - 2.5f * d[3] + 2 * d[5];
  Vector g = d[6] + 4 * d[2] - 5 * d[4], h = 2 * d[1] - 2.5f * d[3] + 0.5f * d[5];

  out[0] = d[0] - d[6] + 5.25f * (d[4] - d[2]);
  out[step] = a + b;
  out[2 * step] = a - b;
  out[3 * step] = e + f;
  out[4 * step] = e - f;
  out[5 * step] = g + h;
  out[6 * step] = g - h;
  out[7 * step] = d[7] - d[1] + 5.25f * (d[3] - d[5]);
}

INLINE void
transform_input (const int size, const Vector *d, Vector *out, int step)
{
  if (size == 4)
    transform_input_4 (d, 1, out, step);
  else
    transform_input_6 (d, out, step);
}

/* A^T of F(6x6, 3x3): eight vectors @step apart to six. */
INLINE void
transform_output_6 (const Vector *m, int step, Vector *out)
{
  Vector a = m[step] + m[2 * step], b = m[step] - m[2 * step];
  Vector e = m[3 * step] + m[4 * step], f = m[3 * step] - m[4 * step];
  Vector g = m[5 * step] + m[6 * step], h = m[5 * step] - m[6 * step];

  out[0] = m[0] + a + e + g;
  out[1] = b + 2 * f + 0.5f * h;
  out[2] = a + 4 * e + 0.25f * g;
  out[3] = b + 8 * f + 0.125f * h;
  out[4] = a + 16 * e + 0.0625f * g;
  out[5] = b + 32 * f + 0.03125f * h + m[7 * step];
}

INLINE void
transform_output (const int size, const Vector *m, int step, Vector *out)
{
  if (size == 4)
    transform_output_4 (m, step, out, 1);
  else
    transform_output_6 (m, step, out);
}

/* Where the pixels of a tile and those around it are; NULL outside the map. */
INLINE void
find_patch (const int size, const TsnTile *tile, const float **patch)
{
  const TsnMap *x = tile->map;

  for (int i = 0; i < size + 2; i++)
    for (int j = 0; j < size + 2; j++)
      {
        gssize row = (gssize) (size * tile->row) + i - 1;
        gssize column = (gssize) (size * tile->column) + j - 1;
        gboolean inside
            = row >= 0 && row < (gssize) x->height && column >= 0 && column < (gssize) x->width;

        patch[(size + 2) * i + j]
            = inside ? x->data + (row * x->width + column) * x->channels : NULL;
      }
}

/* Channels [c, c + LANES) of column @column of a patch. */
INLINE void
load_column (const int side,
             const float *const *column,
             size_t c,
             const TsnActivation *activation,
             Vector *d)
{
  if (activation->scale == NULL)
    {
#pragma GCC unroll 8
      for (int i = 0; i < side; i++)
        d[i] = column[i * side] != NULL ? load (column[i * side] + c) : splat (0);
      return;
    }
#pragma GCC unroll 8
  for (int i = 0; i < side; i++)
    d[i] = column[i * side] != NULL
               ? activate (load (column[i * side] + c), load (activation->scale + c),
                           load (activation->shift + c), splat (activation->slope))
               : splat (0);
}

INLINE void
input_tile (
    const int size, const TsnTile *tile, const TsnActivation *activation, float *v, size_t plane)
{
  const int side = size + 2;
  const float *patch[MAX_SIDE * MAX_SIDE];

  find_patch (size, tile, patch);
  for (size_t c = 0; c < tile->map->channels; c += LANES)
    {
      Vector t[MAX_SIDE * MAX_SIDE], d[MAX_SIDE], row[MAX_SIDE];

#pragma GCC unroll 8
      for (int j = 0; j < side; j++)
        {
          load_column (side, patch + j, c, activation, d);
          transform_input (size, d, t + j, side);
        }
#pragma GCC unroll 8
      for (int i = 0; i < side; i++)
        {
          transform_input (size, t + side * i, row, 1);
#pragma GCC unroll 8
          for (int j = 0; j < side; j++)
            store (v + (side * i + j) * plane + c, row[j]);
        }
    }
}

static void
winograd_input (const TsnTile *tile, const TsnActivation *activation, float *v, size_t plane)
{
  if (tile->size == 4)
    input_tile (4, tile, activation, v, plane);
  else
    input_tile (6, tile, activation, v, plane);
}

/* Writes the pixels of one row of a tile. */
INLINE void
put_row (const TsnEpilogue *epilogue,
         const TsnMap *y,
         size_t at,
         size_t columns,
         size_t channel,
         const Vector *row)
{
  for (size_t j = 0; j < columns; j++, at += y->channels)
    store (y->data + at,
           apply_epilogue (epilogue, channel,
                           epilogue->residual != NULL ? epilogue->residual + at : NULL, row[j]));
}

INLINE void
output_tile (const int size,
             const float *m,
             size_t plane,
             const TsnEpilogue *epilogue,
             const TsnTile *tile,
             size_t channel)
{
  const int side = size + 2;
  const TsnMap *y = tile->map;
  size_t top = size * tile->row, left = size * tile->column;
  size_t rows = MIN ((size_t) size, y->height - top),
         columns = MIN ((size_t) size, y->width - left);
  size_t at = (top * y->width + left) * y->channels + channel;

  for (size_t c = 0; c < TSN_PANEL; c += LANES)
    {
      /* The columns first, which leaves the transposed tile. */
      Vector t[MAX_SIDE * MAX_SIDE], d[MAX_SIDE], row[MAX_SIDE];

#pragma GCC unroll 8
      for (int j = 0; j < side; j++)
        {
#pragma GCC unroll 8
          for (int i = 0; i < side; i++)
            d[i] = load (m + (side * i + j) * plane + c);
          transform_output (size, d, 1, t + size * j);
        }
      for (size_t i = 0; i < rows; i++)
        {
          transform_output (size, t + i, size, row);
          put_row (epilogue, y, at + i * y->width * y->channels + c, columns, channel + c, row);
        }
    }
}

static void
winograd_output (
    const float *m, size_t plane, const TsnEpilogue *epilogue, const TsnTile *tile, size_t channel)
{
  if (tile->size == 4)
    output_tile (4, m, plane, epilogue, tile, channel);
  else
    output_tile (6, m, plane, epilogue, tile, channel);
}
