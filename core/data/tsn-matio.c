#include "core/data/tsn-matio.h"

#include "config.h"
#include "core/base/tsn-error.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  size_t offset;
} symbols[] = {
  { "Mat_Open", G_STRUCT_OFFSET (TsnMatio, open) },
  { "Mat_Close", G_STRUCT_OFFSET (TsnMatio, close) },
  { "Mat_VarRead", G_STRUCT_OFFSET (TsnMatio, read) },
  { "Mat_VarReadNext", G_STRUCT_OFFSET (TsnMatio, read_next) },
  { "Mat_VarFree", G_STRUCT_OFFSET (TsnMatio, free) },
  { "Mat_VarGetCell", G_STRUCT_OFFSET (TsnMatio, get_cell) },
  { "Mat_VarGetStructFieldByName", G_STRUCT_OFFSET (TsnMatio, get_field) },
  { "Mat_VarGetNumberOfFields", G_STRUCT_OFFSET (TsnMatio, count_fields) },
  { "Mat_VarGetStructFieldnames", G_STRUCT_OFFSET (TsnMatio, get_field_names) },
};

static gpointer
load_cb (gpointer data)
{
  void *library = dlopen (TSN_MATIO, RTLD_LAZY | RTLD_LOCAL);
  g_autofree TsnMatio *matio = g_new0 (TsnMatio, 1);

  if (library == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      gpointer symbol = dlsym (library, symbols[i].name);

      if (symbol == NULL)
        return NULL;
      G_STRUCT_MEMBER (gpointer, matio, symbols[i].offset) = symbol;
    }
  return g_steal_pointer (&matio);
}

/**
 * tsn_matio_get:
 * @error: set to %TSN_ERROR_IO when the library is missing
 *
 * Returns: (transfer none) (nullable): libmatio, which stays loaded.
 */
const TsnMatio *
tsn_matio_get (GError **error)
{
  static GOnce once = G_ONCE_INIT;
  const TsnMatio *matio = g_once (&once, load_cb, NULL);

  if (matio == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_IO,
                 _ ("MATLAB files need the library %s, which cannot be loaded."), TSN_MATIO);
  return matio;
}
