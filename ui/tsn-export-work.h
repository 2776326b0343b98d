/* Exports, made on a thread one after the other. */
#pragma once

#include <gtk/gtk.h>

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

/**
 * TsnExportOrder:
 * @path: (nullable): the file or folder to make or to replace; %NULL if there is to be none
 *
 * @texture: (nullable): what is shown instead of a file
 * @note: (nullable): what whoever gets the export has to know
 *
 * What an order of every kind begins with.  What stands first is asked for, the rest is found.  An
 * order owns all that it points to.
 */
typedef struct
{
  char *path;

  GdkTexture *texture;
  char *note;
} TsnExportOrder;

void tsn_export_order_clear (TsnExportOrder *order);

#define TSN_TYPE_EXPORT_WORK (tsn_export_work_get_type ())
G_DECLARE_DERIVABLE_TYPE (TsnExportWork, tsn_export_work, TSN, EXPORT_WORK, GObject)

/**
 * TsnExportWorkClass:
 * @fulfil: does what an order asks for, on a thread.  Never called twice at a time, so that it may
 *   keep in @self what the next order needs again.
 * @free_order: frees an order
 *
 * What a kind of export is to know.
 */
struct _TsnExportWorkClass
{
  GObjectClass parent_class;

  gboolean (*fulfil) (TsnExportWork *self,
                      TsnExportOrder *order,
                      GCancellable *cancellable,
                      GError **error);
  void (*free_order) (TsnExportOrder *order);
};

/**
 * TsnExportWork:
 *
 * Fulfils one order after the other on a thread.
 *
 * Signals: `progress` (guint done, guint total, const char *photo) before the next of several
 * pieces is begun, on the main thread; @photo is %NULL where a piece is no photo.
 */

TsnPool *tsn_export_work_get_pool (TsnExportWork *self);
void
tsn_export_work_tell_progress (TsnExportWork *self, guint done, guint total, const char *photo);
void tsn_export_work_run (TsnExportWork *self,
                          TsnExportOrder *order,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
const TsnExportOrder *tsn_export_work_finish (GAsyncResult *result, GError **error);

G_END_DECLS
