#include "ui/tsn-turns.h"

typedef struct
{
  gpointer owner;
  TsnTurn work;
} Entry;

/* In the order in which they were asked for. */
static GQueue queue = G_QUEUE_INIT;

static guint source;

static GList *
find (gpointer owner, TsnTurn work)
{
  for (GList *link = queue.head; link != NULL; link = link->next)
    {
      const Entry *entry = link->data;

      if (entry->owner == owner && (work == NULL || entry->work == work))
        return link;
    }
  return NULL;
}

static void
drop (GList *link)
{
  g_free (link->data);
  g_queue_delete_link (&queue, link);
}

static gboolean
turn_cb (gpointer data)
{
  Entry entry = *(Entry *) queue.head->data;

  drop (queue.head);
  entry.work (entry.owner);
  if (queue.head != NULL)
    return G_SOURCE_CONTINUE;
  source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * tsn_turns_add:
 * @owner: lives until it has had its turn or tsn_turns_remove()
 *
 * Has something done before the next frame, but not in this turn of the main loop, and not in one
 * with other such work; once, however often it is asked for until then.  What a widget does because
 * many things changed belongs here: a new model changes nearly everything, and each panel would
 * follow several times at once.  Ahead of painting, which could leave no time for it while
 * something moves.
 */
void
tsn_turns_add (gpointer owner, TsnTurn work)
{
  Entry entry = { owner, work };

  if (find (owner, work) != NULL)
    return;
  g_queue_push_tail (&queue, g_memdup2 (&entry, sizeof entry));
  if (source == 0)
    source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, turn_cb, NULL, NULL);
}

/**
 * tsn_turns_remove:
 *
 * Takes back all that is still to be done for an owner.
 */
void
tsn_turns_remove (gpointer owner)
{
  GList *link;

  while ((link = find (owner, NULL)) != NULL)
    drop (link);
  if (queue.head == NULL)
    g_clear_handle_id (&source, g_source_remove);
}

/**
 * tsn_turns_are_due:
 *
 * Returns: whether anything is still to be done.
 */
gboolean
tsn_turns_are_due (void)
{
  return queue.head != NULL;
}
