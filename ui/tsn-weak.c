#include "ui/tsn-weak.h"

/**
 * tsn_weak_new:
 * @object: a #GObject
 *
 * Returns: (transfer full): what a callback is given that comes once, to be asked with
 *   tsn_weak_take().  A window that a callback kept could outlive the window that it belongs to.
 */
gpointer
tsn_weak_new (gpointer object)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

/**
 * tsn_weak_take:
 * @weak: (transfer full): as by tsn_weak_new()
 *
 * Returns: (transfer full) (nullable): the object, if it is still there.
 */
gpointer
tsn_weak_take (gpointer weak)
{
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return object;
}
