#include "ui/tsn-bar-list.h"

#define NAME_CHARACTERS 5

struct _TsnBarList
{
  GtkBox parent_instance;

  GtkListBox *list;
  GArray *rows; /* of Row */
};

typedef struct
{
  guint id;
  GtkWidget *row;
  GtkLabel *name;
  GtkLevelBar *bar;
  GtkLabel *value;
} Row;

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnBarList, tsn_bar_list, GTK_TYPE_BOX)

static Row *
get_row (TsnBarList *self, guint index)
{
  return &g_array_index (self->rows, Row, index);
}

static void
row_activated_cb (TsnBarList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[ACTIVATED], 0, get_row (self, gtk_list_box_row_get_index (row))->id);
}

static void
tsn_bar_list_finalize (GObject *object)
{
  g_array_unref (TSN_BAR_LIST (object)->rows);
  G_OBJECT_CLASS (tsn_bar_list_parent_class)->finalize (object);
}

static void
tsn_bar_list_class_init (TsnBarListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_bar_list_finalize;
  signals[ACTIVATED] = g_signal_new ("activated", TSN_TYPE_BAR_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
tsn_bar_list_init (TsnBarList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->list = GTK_LIST_BOX (list);
  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "bars");
  gtk_box_append (GTK_BOX (self), list);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

TsnBarList *
tsn_bar_list_new (void)
{
  return g_object_new (TSN_TYPE_BAR_LIST, NULL);
}

static void
add_row (TsnBarList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (NULL), *value = gtk_label_new (NULL);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 1);
  Row row = { 0, NULL, GTK_LABEL (name), GTK_LEVEL_BAR (bar), GTK_LABEL (value) };

  gtk_label_set_xalign (row.name, 0);
  gtk_label_set_width_chars (row.name, NAME_CHARACTERS);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  /* Plain bars: a distance is neither low nor full. */
  gtk_level_bar_remove_offset_value (row.bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (row.bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (row.bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "caption");
  gtk_label_set_width_chars (row.value, 4);
  gtk_label_set_xalign (row.value, 1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_append (self->list, box);
  row.row = gtk_widget_get_parent (box);
  g_array_append_val (self->rows, row);
}

/**
 * tsn_bar_list_set_bars:
 * @bars: (array length=n): what to show, from the top
 *
 * Rows that there are already only change, so that focus and place stay.
 */
void
tsn_bar_list_set_bars (TsnBarList *self, const TsnBar *bars, guint n)
{
  double largest = 0;

  for (guint i = 0; i < n; i++)
    largest = MAX (largest, bars[i].value);
  while (self->rows->len < n)
    add_row (self);
  while (self->rows->len > n)
    {
      gtk_list_box_remove (self->list, get_row (self, self->rows->len - 1)->row);
      g_array_set_size (self->rows, self->rows->len - 1);
    }
  for (guint i = 0; i < n; i++)
    {
      Row *row = get_row (self, i);
      g_autofree char *value = g_strdup_printf ("%.2f", bars[i].value);
      g_autofree char *label = g_strdup_printf ("%s %s", bars[i].name, value);

      row->id = bars[i].id;
      gtk_label_set_text (row->name, bars[i].name);
      gtk_label_set_text (row->value, value);
      gtk_level_bar_set_value (row->bar, largest > 0 ? bars[i].value / largest : 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, -1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
}

guint
tsn_bar_list_get_n_bars (TsnBarList *self)
{
  return self->rows->len;
}

/**
 * tsn_bar_list_select:
 *
 * Marks the bar of an id, if there is one, as the one that is looked at.
 */
void
tsn_bar_list_select (TsnBarList *self, guint id)
{
  gtk_list_box_unselect_all (self->list);
  for (guint i = 0; i < self->rows->len; i++)
    if (get_row (self, i)->id == id)
      gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (get_row (self, i)->row));
}
