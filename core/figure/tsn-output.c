#include "core/figure/tsn-output.h"

#include "core/figure/tsn-colour-map.h"
#include "core/figure/tsn-render.h"
#include "core/inference/tsn-result-rows.h"
#include "core/io/tsn-npy.h"
#include "core/io/tsn-png.h"

/* Rows that are drawn, and then written, at a time. */
#define STRIP 64

static gboolean
write_colours (const TsnResult *result, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (TsnPngWriter) png
      = tsn_png_writer_new (path, result->width, result->height, TSN_PNG_RGB8, error);
  g_autofree guint8 *strip = g_malloc_n (3 * (size_t) result->width, MIN (STRIP, result->height));
  guint n;

  if (png == NULL)
    return FALSE;
  for (guint y = 0; y < result->height; y += n)
    {
      n = MIN (STRIP, result->height - y);
      tsn_render_rows (result, NULL, y, n, strip);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !tsn_png_writer_write_rows (png, strip, n, error))
        return FALSE;
    }
  return tsn_png_writer_finish (png, error);
}

static TsnPngFormat
raw_format (TsnTaskKind kind)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      return TSN_PNG_GREY8;
    case TSN_TASK_NORMALS:
      return TSN_PNG_RGB8;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_DEPTH:
    default:
      return TSN_PNG_GREY16;
    }
}

static void
quantise_row (const TsnResult *result, const float *values, void *row)
{
  guint8 *bytes = row;
  guint16 *words = row;
  float scale = result->task->kind == TSN_TASK_DEPTH ? 1000 : 65535;

  for (size_t x = 0; x < result->width; x++)
    if (result->task->kind == TSN_TASK_NORMALS)
      tsn_colour_map_normal (values + 3 * x, bytes + 3 * x);
    else
      words[x] = MIN (values[x] * scale + 0.5f, 65535);
}

static gboolean
write_raw (const TsnResult *result, const char *path, GCancellable *cancellable, GError **error)
{
  gboolean classes = result->task->kind == TSN_TASK_CLASSES;
  g_autoptr (TsnPngWriter) png = tsn_png_writer_new (path, result->width, result->height,
                                                     raw_format (result->task->kind), error);
  g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
  g_autofree float *values
      = g_malloc_n (result->width, tsn_result_row_channels (result) * sizeof (float));
  g_autofree void *row = g_malloc_n (result->width, 3);

  if (png == NULL)
    return FALSE;
  for (guint y = 0; y < result->height; y++)
    {
      if (classes)
        tsn_result_rows_read_classes (rows, y, row);
      else
        {
          tsn_result_rows_read (rows, y, values);
          quantise_row (result, values, row);
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !tsn_png_writer_write_rows (png, row, 1, error))
        return FALSE;
    }
  return tsn_png_writer_finish (png, error);
}

static gboolean
write_numbers (const TsnResult *result, const char *path, GCancellable *cancellable, GError **error)
{
  size_t channels = tsn_result_row_channels (result);
  const size_t dim[] = { result->height, result->width, channels };
  g_autoptr (TsnNpyWriter) npy = tsn_npy_writer_new (path, 3, dim, error);
  g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
  g_autofree float *values = g_malloc_n (result->width, channels * sizeof (float));

  if (npy == NULL)
    return FALSE;
  for (guint y = 0; y < result->height; y++)
    {
      tsn_result_rows_read (rows, y, values);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !tsn_npy_writer_write (npy, values, result->width * channels, error))
        return FALSE;
    }
  return tsn_npy_writer_finish (npy, error);
}

/**
 * tsn_output_new:
 * @result: (transfer full): what to write
 * @base: what its files are called, without their extensions
 *
 * Returns: (transfer full): an output of which nothing is written yet.
 */
TsnOutput *
tsn_output_new (TsnResult *result, const char *base)
{
  TsnOutput *output = g_new0 (TsnOutput, 1);

  output->result = result;
  output->base = g_strdup (base);
  output->written = g_ptr_array_new_with_free_func (g_free);
  return output;
}

void
tsn_output_free (TsnOutput *output)
{
  tsn_result_unref (output->result);
  g_free (output->base);
  g_ptr_array_unref (output->written);
  g_clear_error (&output->error);
  g_free (output);
}

/**
 * tsn_output_write:
 *
 * Writes BASE.png, the colours of tsn_render(); if @options ask for the numbers also BASE.raw.png
 * and BASE.npy.  Each file appears complete or not at all.  Several outputs may be written at the
 * same time by different threads.  What goes wrong is left in the output's error.
 */
void
tsn_output_write (TsnOutput *output, const TsnOutputOptions *options)
{
  static const struct
  {
    const char *extension;
    gboolean raw;
    gboolean (*write) (const TsnResult *, const char *, GCancellable *, GError **);
  } files[] = {
    { "png", FALSE, write_colours },
    { "raw.png", TRUE, write_raw },
    { "npy", TRUE, write_numbers },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files) && output->error == NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", output->base, files[i].extension);

      if (files[i].raw && !options->raw)
        continue;
      if (files[i].write (output->result, path, options->cancellable, &output->error))
        g_ptr_array_add (output->written, g_steal_pointer (&path));
    }
}
