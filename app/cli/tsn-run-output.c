#include "app/cli/tsn-run-output.h"

#include "core/figure/tsn-colour-map.h"
#include "core/figure/tsn-render.h"
#include "core/io/tsn-npy.h"
#include "core/io/tsn-png.h"

/* Rows that are drawn, and then written, at a time. */
#define STRIP 64

static gboolean
write_colours (const TsnResult *result, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (TsnPngWriter) png =
      tsn_png_writer_new (path, result->width, result->height, TSN_PNG_RGB8, error);
  g_autofree guint8 *strip = g_malloc_n (3 * (size_t)result->width, STRIP);
  guint n;

  if (png == NULL)
    return FALSE;
  for (guint y = 0; y < result->height; y += n)
    {
      n = MIN (STRIP, result->height - y);
      tsn_render_rows (result, NULL, y, n, strip);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !tsn_png_writer_write (png, strip, n, error))
        return FALSE;
    }
  return tsn_png_writer_finish (png, error);
}
