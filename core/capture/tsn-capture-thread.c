#include "core/capture/tsn-capture-thread.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>

#include "core/base/tsn-error.h"

struct _TsnCaptureThread
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

static gpointer
thread_main (gpointer data)
{
  TsnCaptureThread *thread = data;

  g_main_context_push_thread_default (thread->context);
  tsn_capture_init (NULL);
  g_main_loop_run (thread->loop);
  /* What was cancelled last has its say: a dialogue that the portal shows must be closed. */
  while (g_main_context_iteration (thread->context, FALSE))
    ;
  g_main_context_pop_thread_default (thread->context);
  return NULL;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/**
 * tsn_capture_thread_new:
 * @name: of the thread, for debuggers
 *
 * Returns: (transfer full): a running thread.
 */
TsnCaptureThread *
tsn_capture_thread_new (const char *name)
{
  TsnCaptureThread *thread = g_new0 (TsnCaptureThread, 1);

  thread->context = g_main_context_new ();
  thread->loop = g_main_loop_new (thread->context, FALSE);
  thread->thread = g_thread_new (name, thread_main, thread);
  return thread;
}

/**
 * tsn_capture_thread_invoke:
 * @function: called once on the thread; returns %G_SOURCE_REMOVE
 * @destroy: (nullable): frees @data afterwards, on the thread
 */
void
tsn_capture_thread_invoke (TsnCaptureThread *thread,
                           GSourceFunc function,
                           gpointer data,
                           GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, thread->context);
}

/**
 * tsn_capture_thread_free:
 *
 * Waits until all that was given to the thread has run, then ends it.
 */
void
tsn_capture_thread_free (TsnCaptureThread *thread)
{
  tsn_capture_thread_invoke (thread, quit_cb, thread->loop, NULL);
  g_thread_join (thread->thread);
  g_main_loop_unref (thread->loop);
  g_main_context_unref (thread->context);
  g_free (thread);
}

/* A source is ready when its time has come: to wake the owner is to set that time. */
static gboolean
wake_dispatch (GSource *source, GSourceFunc wake, gpointer owner)
{
  g_source_set_ready_time (source, -1);
  return wake (owner);
}

static GSourceFuncs wake_funcs = { .dispatch = wake_dispatch };

/**
 * tsn_capture_wake_new:
 * @wake: called in @context, once for all wakes since it was called last; returns
 *   %G_SOURCE_CONTINUE
 *
 * Returns: (transfer full): a source with which other threads call on the owner of @context; to be
 *   destroyed there.
 */
GSource *
tsn_capture_wake_new (GMainContext *context, GSourceFunc wake, gpointer owner)
{
  GSource *source = g_source_new (&wake_funcs, sizeof (GSource));

  g_source_set_static_name (source, "tsn_capture_wake");
  g_source_set_callback (source, wake, owner, NULL);
  g_source_attach (source, context);
  return source;
}

/**
 * tsn_capture_wake:
 *
 * May be called on any thread.
 */
void
tsn_capture_wake (GSource *source)
{
  g_source_set_ready_time (source, 0);
}

/**
 * tsn_capture_init:
 * @error: %TSN_ERROR_IO
 *
 * Initialises GStreamer, which may read all its plugins the first time; so call it on a thread.
 * It may be called often and from any thread.
 */
gboolean
tsn_capture_init (GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (gst_init_check (NULL, NULL, &reason))
    return TRUE;
  return tsn_error_set (error, TSN_ERROR_IO, _ ("GStreamer cannot be started: %s"),
                        reason != NULL ? reason->message : _ ("no reason was given"));
}
