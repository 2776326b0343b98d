#include "ui/tsn-module-row.h"

#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

/* Width of the names, so that the choices stand in a column. */
#define NAME_CHARS 7

/* Stands for "the modules of a stage differ". */
#define SEVERAL (TSN_BLEND_PINNED - 1)

struct _TsnModuleRow
{
  GtkBox parent_instance;

  GtkDropDown *choice;

  TsnBlend *blend;
  gboolean is_stage;
  guint index; /* of the module or the stage */
};

G_DEFINE_FINAL_TYPE (TsnModuleRow, tsn_module_row, GTK_TYPE_BOX)

static int
get_stage (TsnModuleRow *self)
{
  int common = SEVERAL;
  gboolean first = TRUE;

  for (guint i = 0; i < tsn_blend_get_n_modules (self->blend); i++)
    if (tsn_blend_is_in_stage (self->blend, i, self->index))
      {
        int choice = tsn_blend_get_module (self->blend, i);

        if (!first && choice != common)
          return SEVERAL;
        common = choice;
        first = FALSE;
      }
  return common;
}

/* Items are: as the pad, the tasks, keep this mix; and for a stage, that its modules differ. */
static int
choice_of_item (TsnModuleRow *self, guint item)
{
  guint n = tsn_blend_get_n_tasks (self->blend);

  if (item == 0)
    return TSN_BLEND_AS_PAD;
  if (item <= n)
    return item - 1;
  return item == n + 1 ? TSN_BLEND_PINNED : SEVERAL;
}

static guint
item_of_choice (TsnModuleRow *self, int choice)
{
  switch (choice)
    {
    case SEVERAL:
      return tsn_blend_get_n_tasks (self->blend) + 2;
    case TSN_BLEND_PINNED:
      return tsn_blend_get_n_tasks (self->blend) + 1;
    default:
      return choice + 1;
    }
}

static void update (TsnModuleRow *self);

/* That modules differ is nothing that could be chosen. */
static void
selected_cb (TsnModuleRow *self)
{
  guint item = gtk_drop_down_get_selected (self->choice);
  int choice = item != GTK_INVALID_LIST_POSITION ? choice_of_item (self, item) : SEVERAL;

  if (choice == SEVERAL)
    update (self);
  else if (self->is_stage)
    tsn_blend_set_stage (self->blend, self->index, choice);
  else
    tsn_blend_set_module (self->blend, self->index, choice);
}

/* Shows the choice without asking for anything. */
static void
update (TsnModuleRow *self)
{
  int choice;

  /* A row of the model before this one is about to go. */
  if (!self->is_stage && self->index >= tsn_blend_get_n_modules (self->blend))
    return;
  choice = self->is_stage ? get_stage (self) : tsn_blend_get_module (self->blend, self->index);
  g_signal_handlers_block_by_func (self->choice, selected_cb, self);
  gtk_drop_down_set_selected (self->choice, item_of_choice (self, choice));
  g_signal_handlers_unblock_by_func (self->choice, selected_cb, self);
}

static void
tsn_module_row_dispose (GObject *object)
{
  g_clear_object (&TSN_MODULE_ROW (object)->blend);
  G_OBJECT_CLASS (tsn_module_row_parent_class)->dispose (object);
}

static void
tsn_module_row_class_init (TsnModuleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsn_module_row_dispose;
}

static void
tsn_module_row_init (TsnModuleRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static void
add_name (TsnModuleRow *self, const char *name, const char *explanation)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  tsn_tip_set (GTK_WIDGET (self), explanation);
  gtk_box_append (GTK_BOX (self), label);
}

static GListModel *
list_choices (TsnBlend *blend, gboolean is_stage)
{
  GtkStringList *choices = gtk_string_list_new (NULL);

  gtk_string_list_append (choices, _ ("As the pad"));
  for (guint i = 0; i < tsn_blend_get_n_tasks (blend); i++)
    gtk_string_list_append (choices, tsn_task_text_title (tsn_blend_get_task (blend, i)));
  gtk_string_list_append (choices, _ ("Keep this mix"));
  if (is_stage)
    /* Translators: modules that are chosen together do different things. */
    gtk_string_list_append (choices, _ ("Various"));
  return G_LIST_MODEL (choices);
}

static void
add_choice (TsnModuleRow *self, const char *name)
{
  /* The drop-down takes over the list. */
  self->choice
      = GTK_DROP_DOWN (gtk_drop_down_new (list_choices (self->blend, self->is_stage), NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->choice), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->choice), "compact");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->choice));
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (selected_cb), self);
}

static GtkWidget *
new_row (TsnBlend *blend, gboolean is_stage, guint index, const char *name, const char *explanation)
{
  TsnModuleRow *self = g_object_new (TSN_TYPE_MODULE_ROW, NULL);

  self->blend = g_object_ref (blend);
  self->is_stage = is_stage;
  self->index = index;
  add_name (self, name, explanation);
  add_choice (self, name);
  g_signal_connect_object (blend, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/* The digit of a module's name is the binary logarithm of its stride. */
static guint
get_level (const char *name)
{
  return g_ascii_isdigit (name[1]) ? g_ascii_digit_value (name[1]) : 0;
}

static char *
explain_module (const char *name)
{
  guint level = get_level (name);

  if (name[0] == 'S')
    return g_strdup_printf (
        _ ("The skip connection that passes on the encoder’s map at 1/%u of the "
           "size"),
        1u << level);
  if (level == 0)
    return g_strdup (_ ("The last module, at full size"));
  return g_strdup_printf (_ ("The decoder module at 1/%u of the size"), 1u << level);
}

/**
 * tsn_module_row_new:
 *
 * Returns: (transfer floating): a row for one module.
 */
GtkWidget *
tsn_module_row_new (TsnBlend *blend, guint module)
{
  const char *name = tsn_blend_get_module_name (blend, module);
  g_autofree char *explanation = explain_module (name);
  g_autofree char *title = g_strdup_printf ("%s 1/%u", name, 1u << get_level (name));

  return new_row (blend, FALSE, module, title, explanation);
}

/**
 * tsn_module_row_new_for_stage:
 *
 * Returns: (transfer floating): a row for several modules at once.
 */
GtkWidget *
tsn_module_row_new_for_stage (TsnBlend *blend, TsnBlendStage stage)
{
  switch (stage)
    {
    case TSN_BLEND_COARSE:
      return new_row (blend, TRUE, stage, _ ("Coarse"),
                      _ ("The first half of the decoder, which sees little but large things"));
    case TSN_BLEND_FINE:
      return new_row (blend, TRUE, stage, _ ("Fine"),
                      _ ("The second half of the decoder, which draws the details"));
    case TSN_BLEND_SKIPS:
    default:
      return new_row (blend, TRUE, stage, _ ("Skips"),
                      _ ("The modules that pass on the encoder’s finer maps, S4 to S1"));
    }
}
