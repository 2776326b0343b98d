#include "ui/tsn-box-filler.h"

/* Ahead of layout and painting, which could leave no time for rows while something moves. */
#define BEFORE_PAINTING G_PRIORITY_HIGH_IDLE

typedef struct
{
  GtkBox *box; /* borrowed: it owns this */
  guint n_rows;
  guint done;
  TsnRowFunc make;
  gpointer data;
  guint idle;
} Filler;

static void
filler_free (Filler *filler)
{
  g_clear_handle_id (&filler->idle, g_source_remove);
  g_free (filler);
}

static gboolean
idle_cb (gpointer data)
{
  Filler *filler = data;

  if (filler->done < filler->n_rows)
    {
      gtk_box_append (filler->box, filler->make (filler->done, filler->data));
      filler->done++;
      return G_SOURCE_CONTINUE;
    }
  filler->idle = 0;
  return G_SOURCE_REMOVE;
}

static void
start_cb (Filler *filler)
{
  if (filler->idle == 0 && filler->done < filler->n_rows)
    filler->idle = g_idle_add_full (BEFORE_PAINTING, idle_cb, filler, NULL);
}

static void
stop_cb (Filler *filler)
{
  g_clear_handle_id (&filler->idle, g_source_remove);
}

static Filler *
get_filler (GtkBox *box)
{
  Filler *filler = g_object_get_data (G_OBJECT (box), "tsn-box-filler");

  if (filler != NULL)
    return filler;
  filler = g_new0 (Filler, 1);
  filler->box = box;
  g_object_set_data_full (G_OBJECT (box), "tsn-box-filler", filler, (GDestroyNotify) filler_free);
  g_signal_connect_swapped (box, "map", G_CALLBACK (start_cb), filler);
  g_signal_connect_swapped (box, "unmap", G_CALLBACK (stop_cb), filler);
  return filler;
}

/**
 * tsn_box_fill:
 * @n_rows: how many rows the box is to have, in place of what is in it
 * @make: makes each of them; called as long as the box lives and is not filled with others
 *
 * Fills the box once it is to be seen, a row in every turn of the main loop.
 */
void
tsn_box_fill (GtkBox *box, guint n_rows, TsnRowFunc make, gpointer data)
{
  Filler *filler = get_filler (box);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  filler->n_rows = n_rows;
  filler->done = 0;
  filler->make = make;
  filler->data = data;
  if (gtk_widget_get_mapped (GTK_WIDGET (box)))
    start_cb (filler);
}
