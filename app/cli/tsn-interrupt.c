#include "app/cli/tsn-interrupt.h"

#include <glib-unix.h>

struct _TsnInterrupt
{
  GCancellable *cancellable;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

static gboolean
signal_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE; /* gives the signal its usual meaning back */
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Hardly anything may be done inside a signal handler; a thread with a main loop may do all. */
static gpointer
wait_for_signals (gpointer data)
{
  TsnInterrupt *interrupt = data;

  g_main_context_push_thread_default (interrupt->context);
  g_main_loop_run (interrupt->loop);
  g_main_context_pop_thread_default (interrupt->context);
  return NULL;
}

static void
watch (TsnInterrupt *interrupt, int number)
{
  g_autoptr (GSource) source = g_unix_signal_source_new (number);

  g_source_set_callback (source, signal_cb, g_object_ref (interrupt->cancellable), g_object_unref);
  g_source_attach (source, interrupt->context);
}

/**
 * tsn_interrupt_new:
 * @cancellable: what a signal cancels
 *
 * Returns: (transfer full): a watch that ends when it is freed.
 */
TsnInterrupt *
tsn_interrupt_new (GCancellable *cancellable)
{
  TsnInterrupt *interrupt = g_new (TsnInterrupt, 1);

  interrupt->cancellable = g_object_ref (cancellable);
  interrupt->context = g_main_context_new ();
  interrupt->loop = g_main_loop_new (interrupt->context, FALSE);
  watch (interrupt, SIGINT);
  watch (interrupt, SIGTERM);
  interrupt->thread = g_thread_new ("tsn-interrupt", wait_for_signals, interrupt);
  return interrupt;
}

void
tsn_interrupt_free (TsnInterrupt *interrupt)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  /* Asked from inside the loop, which may not have begun to run yet. */
  g_source_set_callback (quit, quit_cb, interrupt->loop, NULL);
  g_source_attach (quit, interrupt->context);
  g_thread_join (interrupt->thread);
  g_main_loop_unref (interrupt->loop);
  g_main_context_unref (interrupt->context);
  g_object_unref (interrupt->cancellable);
  g_free (interrupt);
}
