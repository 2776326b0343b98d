#include "ui/tsn-reaper.h"

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Remains;

static void
free_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Remains *remains = data;

  remains->destroy (remains->data);
}

/**
 * tsn_reaper_take:
 * @destroy: may be called on any thread
 *
 * Frees something: on a thread if this is the main one, else at once.  To give back the 22 MB of
 * 21 classes at 512 x 512 takes the kernel more than ten milliseconds, which the main loop shall
 * not wait for.
 */
void
tsn_reaper_take (gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GTask) task = NULL;
  Remains *remains;

  if (!g_main_context_is_owner (g_main_context_default ()))
    {
      destroy (data);
      return;
    }
  remains = g_new (Remains, 1);
  *remains = (Remains){ data, destroy };
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, remains, g_free);
  g_task_run_in_thread (task, free_thread);
}
