#include "app/cli/tsn-capture-library.h"

#include "core/base/tsn-error.h"

#include <dlfcn.h>

#define LIBRARY "libtsn-capture.so.0"

static const struct
{
  const char *name;
  size_t offset;
} symbols[] = {
  { "tsn_video_format_from_path", G_STRUCT_OFFSET (TsnCaptureLibrary, format_from_path) },
  { "tsn_video_format_check", G_STRUCT_OFFSET (TsnCaptureLibrary, format_check) },
  { "tsn_video_writer_new", G_STRUCT_OFFSET (TsnCaptureLibrary, writer_new) },
  { "tsn_video_writer_write", G_STRUCT_OFFSET (TsnCaptureLibrary, writer_write) },
  { "tsn_video_writer_finish", G_STRUCT_OFFSET (TsnCaptureLibrary, writer_finish) },
  { "tsn_video_writer_free", G_STRUCT_OFFSET (TsnCaptureLibrary, writer_free) },
};

/**
 * tsn_capture_library_load:
 * @library: (out): its functions, which stay loaded
 * @error: %TSN_ERROR_IO when it is missing
 */
gboolean
tsn_capture_library_load (TsnCaptureLibrary *library, GError **error)
{
  void *handle = dlopen (LIBRARY, RTLD_LAZY | RTLD_LOCAL);

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      gpointer symbol = handle != NULL ? dlsym (handle, symbols[i].name) : NULL;

      if (symbol == NULL)
        return tsn_error_set (error, TSN_ERROR_IO,
                              "Films need the library %s of TSN Studio, which cannot be loaded: %s",
                              LIBRARY, dlerror ());
      G_STRUCT_MEMBER (gpointer, library, symbols[i].offset) = symbol;
    }
  return TRUE;
}
