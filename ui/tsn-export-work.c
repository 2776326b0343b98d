#include "ui/tsn-export-work.h"

typedef struct
{
  GMutex lock; /* of the pool and of what kinds of export keep: orders wait for one another */
  TsnPool *pool;
} TsnExportWorkPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TsnExportWork, tsn_export_work, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * tsn_export_order_clear:
 *
 * Frees what the order points to.
 */
void
tsn_export_order_clear (TsnExportOrder *order)
{
  g_clear_pointer (&order->path, g_free);
  g_clear_object (&order->texture);
  g_clear_pointer (&order->note, g_free);
}

typedef struct
{
  TsnExportWork *work;
  guint done;
  guint total;
  char *photo;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_object_unref (report->work);
  g_free (report->photo);
  g_free (report);
}

static gboolean
report_cb (gpointer data)
{
  const Report *report = data;

  g_signal_emit (report->work, signals[PROGRESS], 0, report->done, report->total, report->photo);
  return G_SOURCE_REMOVE;
}

/**
 * tsn_export_work_tell_progress:
 * @done: how many pieces are done
 * @photo: (nullable): a text for the next piece
 *
 * Tells how far an order is; from its thread.
 */
void
tsn_export_work_tell_progress (TsnExportWork *self, guint done, guint total, const char *photo)
{
  Report *report = g_new (Report, 1);

  *report = (Report){ g_object_ref (self), done, total, g_strdup (photo) };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, report_cb, report, report_free);
}

/**
 * tsn_export_work_get_pool:
 *
 * Threads that the orders share; to be asked for from the thread of an order.
 *
 * Returns: (transfer none): the pool, which lives as long as the work.
 */
TsnPool *
tsn_export_work_get_pool (TsnExportWork *self)
{
  TsnExportWorkPrivate *priv = tsn_export_work_get_instance_private (self);

  if (priv->pool == NULL)
    priv->pool = tsn_pool_new (0);
  return priv->pool;
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  TsnExportWork *self = object;
  TsnExportWorkPrivate *priv = tsn_export_work_get_instance_private (self);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_mutex_lock (&priv->lock);
  ok = !g_cancellable_set_error_if_cancelled (cancellable, &error)
       && TSN_EXPORT_WORK_GET_CLASS (self)->fulfil (self, data, cancellable, &error);
  g_mutex_unlock (&priv->lock);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * tsn_export_work_run:
 * @order: (transfer full): what to make, as the kind of export has it
 * @cancellable: (nullable): ends the work; files that are not complete yet are removed
 * @callback: called when it is done
 *
 * Fulfils an order, once those that were given before are fulfilled.
 */
void
tsn_export_work_run (TsnExportWork *self,
                     TsnExportOrder *order,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, order, (GDestroyNotify) TSN_EXPORT_WORK_GET_CLASS (self)->free_order);
  /* Whoever cancelled learns of files that were complete before. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_thread);
}

/**
 * tsn_export_work_finish:
 * @error: as the kind of export has them; %G_IO_ERROR_CANCELLED if somebody ended the work
 *
 * Returns: (transfer none) (nullable): the order with what was found for it, as long as @result is
 *   there.
 */
const TsnExportOrder *
tsn_export_work_finish (GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

static void
tsn_export_work_finalize (GObject *object)
{
  TsnExportWorkPrivate *priv = tsn_export_work_get_instance_private (TSN_EXPORT_WORK (object));

  g_clear_pointer (&priv->pool, tsn_pool_free);
  g_mutex_clear (&priv->lock);
  G_OBJECT_CLASS (tsn_export_work_parent_class)->finalize (object);
}

static void
tsn_export_work_class_init (TsnExportWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_export_work_finalize;
  signals[PROGRESS]
      = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
}

static void
tsn_export_work_init (TsnExportWork *self)
{
  TsnExportWorkPrivate *priv = tsn_export_work_get_instance_private (self);

  g_mutex_init (&priv->lock);
}
