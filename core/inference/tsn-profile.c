#include "core/inference/tsn-profile.h"

static void
free_entry_cb (gpointer data)
{
  TsnProfileEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

TsnProfile *
tsn_profile_new (void)
{
  return g_ptr_array_new_with_free_func (free_entry_cb);
}

static TsnProfileEntry *
find_entry (TsnProfile *profile, const char *name, const char *method)
{
  for (guint i = 0; i < profile->len; i++)
    {
      TsnProfileEntry *entry = g_ptr_array_index (profile, i);

      if (g_str_equal (entry->name, name) && entry->method == method)
        return entry;
    }
  return NULL;
}

/**
 * tsn_profile_add:
 * @profile: (nullable): %NULL does nothing
 * @method: a static string
 * @start: g_get_monotonic_time() when the step began; it ends now
 */
void
tsn_profile_add (
    TsnProfile *profile, const char *name, const char *method, guint64 macs, gint64 start)
{
  gint64 now = g_get_monotonic_time ();
  TsnProfileEntry *entry;

  if (profile == NULL)
    return;
  entry = find_entry (profile, name, method);
  if (entry == NULL)
    {
      entry = g_new0 (TsnProfileEntry, 1);
      entry->name = g_strdup (name);
      entry->method = method;
      g_ptr_array_add (profile, entry);
    }
  entry->runs++;
  entry->macs += macs;
  entry->seconds += (now - start) / (double) G_USEC_PER_SEC;
}

const TsnProfileEntry *
tsn_profile_get (const TsnProfile *profile, guint index)
{
  return g_ptr_array_index ((GPtrArray *) profile, index);
}
