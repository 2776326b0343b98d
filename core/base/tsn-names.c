#include "core/base/tsn-names.h"

/**
 * tsn_names_find:
 * @names: (array length=n_names): a word for each value
 * @name: (nullable): a word
 * @index: (out): the value that it stands for; left alone if there is none
 *
 * Returns: whether @name is one of @names.
 */
gboolean
tsn_names_find (const char *const *names, guint n_names, const char *name, guint *index)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}
