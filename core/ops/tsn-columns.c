#include "core/ops/tsn-columns.h"

#include "core/ops/tsn-product.h"

#include <string.h>

/* Where one tap of one output row lies in the input: output pixels [first, last) fall on
 * plane[row + ox stride + shift], the others into the padding. */
typedef struct
{
  size_t first;
  size_t last;
  gssize start; /* offset in the plane of output pixel 0 */
} Tap;

static Tap
find_tap (const TsnConv *conv, size_t oy, size_t ky, size_t kx)
{
  size_t width = tsn_conv_out_width (conv), s = conv->stride;
  gssize pad = conv->kernel / 2, shift = (gssize) kx - pad;
  gssize y = (gssize) (oy * s + ky) - pad;
  Tap tap = { 0, 0, y * (gssize) conv->width + shift };

  if (y < 0 || y >= (gssize) conv->height || shift >= (gssize) conv->width)
    return tap;
  /* A 7x7 kernel may be wider than the picture. */
  tap.first = MIN (shift < 0 ? ((size_t) -shift + s - 1) / s : 0, width);
  tap.last = MIN ((size_t) ((gssize) conv->width - 1 - shift) / s + 1, width);
  tap.last = MAX (tap.first, tap.last);
  return tap;
}

static void
gather_row (const TsnConv *conv, const float *plane, const Tap *tap, float *out)
{
  size_t width = tsn_conv_out_width (conv);

  memset (out, 0, tap->first * sizeof (float));
  if (conv->stride == 1 && tap->last > tap->first)
    memcpy (out + tap->first, plane + (tap->start + (gssize) tap->first),
            (tap->last - tap->first) * sizeof (float));
  else
    for (size_t ox = tap->first; ox < tap->last; ox++)
      out[ox] = plane[tap->start + (gssize) (ox * conv->stride)];
  memset (out + tap->last, 0, (width - tap->last) * sizeof (float));
}

/**
 * tsn_columns_gather:
 * @x: [channels, H, W]
 * @columns: (out): [channels k k, rows, OW]; zero where a tap falls into the padding
 */
void
tsn_columns_gather (const TsnColumns *block, const float *x, float *columns)
{
  const TsnConv *conv = block->conv;
  size_t width = tsn_conv_out_width (conv);

  for (size_t c = 0; c < block->channels; c++)
    for (size_t ky = 0; ky < conv->kernel; ky++)
      for (size_t kx = 0; kx < conv->kernel; kx++)
        for (size_t oy = block->first; oy < block->last; oy++, columns += width)
          {
            Tap tap = find_tap (conv, oy, ky, kx);

            gather_row (conv, x + c * conv->height * conv->width, &tap, columns);
          }
}

/* Copies a row of one tap into panels, from matrix column @at on. */
static void
pack_row (const float *row, size_t n, size_t length, size_t tap, size_t at, float *panels)
{
  while (n > 0)
    {
      size_t piece = MIN (n, TSN_PANEL - at % TSN_PANEL);

      memcpy (tsn_product_place (panels, length, tap, at), row, piece * sizeof (float));
      row += piece;
      at += piece;
      n -= piece;
    }
}

static void
pack_zeros (size_t n, size_t length, size_t tap, size_t at, float *panels)
{
  for (size_t i = at; i < at + n; i++)
    *tsn_product_place (panels, length, tap, i) = 0;
}

static void
gather_row_packed (const TsnConv *conv,
                   const float *plane,
                   const Tap *tap,
                   size_t length,
                   size_t index,
                   size_t at,
                   float *panels)
{
  size_t width = tsn_conv_out_width (conv);

  pack_zeros (tap->first, length, index, at, panels);
  if (conv->stride == 1 && tap->last > tap->first)
    pack_row (plane + (tap->start + (gssize) tap->first), tap->last - tap->first, length, index,
              at + tap->first, panels);
  else
    for (size_t ox = tap->first; ox < tap->last; ox++)
      *tsn_product_place (panels, length, index, at + ox)
          = plane[tap->start + (gssize) (ox * conv->stride)];
  pack_zeros (width - tap->last, length, index, at + tap->last, panels);
}

/**
 * tsn_columns_gather_packed:
 * @x: [channels, H, W]
 * @panels: (out): the same matrix as tsn_columns_gather() makes, in panels of columns; the last
 *   one is filled up with zeros
 */
void
tsn_columns_gather_packed (const TsnColumns *block, const float *x, float *panels)
{
  const TsnConv *conv = block->conv;
  size_t width = tsn_conv_out_width (conv), n = (block->last - block->first) * width;
  size_t taps = conv->kernel * conv->kernel, length = block->channels * taps;

  for (size_t index = 0; index < length; index++)
    {
      const float *plane = x + index / taps * conv->height * conv->width;
      size_t ky = index % taps / conv->kernel, kx = index % conv->kernel;

      for (size_t oy = block->first; oy < block->last; oy++)
        {
          Tap tap = find_tap (conv, oy, ky, kx);

          gather_row_packed (conv, plane, &tap, length, index, (oy - block->first) * width, panels);
        }
      pack_zeros (TSN_PADDED (n) - n, length, index, n, panels);
    }
}

/**
 * tsn_columns_scatter:
 * @columns: [channels k k, rows, OW]
 * @x: (inout): [channels, H, W]; every column element is added where it was gathered from
 *
 * The adjoint of tsn_columns_gather().
 */
void
tsn_columns_scatter (const TsnColumns *block, const float *columns, float *x)
{
  const TsnConv *conv = block->conv;
  size_t width = tsn_conv_out_width (conv);

  for (size_t c = 0; c < block->channels; c++)
    for (size_t ky = 0; ky < conv->kernel; ky++)
      for (size_t kx = 0; kx < conv->kernel; kx++)
        for (size_t oy = block->first; oy < block->last; oy++, columns += width)
          {
            Tap tap = find_tap (conv, oy, ky, kx);
            float *plane = x + c * conv->height * conv->width;

            for (size_t ox = tap.first; ox < tap.last; ox++)
              plane[tap.start + (gssize) (ox * conv->stride)] += columns[ox];
          }
}
