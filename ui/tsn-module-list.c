#include "ui/tsn-module-list.h"

#include "ui/tsn-box-filler.h"
#include "ui/tsn-module-row.h"
#include "ui/tsn-resources.h"

struct _TsnModuleList
{
  GtkBox parent_instance;

  GtkBox *stages;
  GtkBox *modules;

  TsnBlend *blend;
};

G_DEFINE_FINAL_TYPE (TsnModuleList, tsn_module_list, GTK_TYPE_BOX)

static GtkWidget *
make_stage (guint row, gpointer data)
{
  return tsn_module_row_new_for_stage (data, row);
}

static GtkWidget *
make_module (guint row, gpointer data)
{
  return tsn_module_row_new (data, row);
}

static void
rebuild (TsnModuleList *self)
{
  guint n = tsn_blend_get_n_modules (self->blend);

  tsn_box_fill (self->stages, n > 0 ? TSN_BLEND_N_STAGES : 0, make_stage, self->blend);
  tsn_box_fill (self->modules, n, make_module, self->blend);
}

static void
tsn_module_list_dispose (GObject *object)
{
  g_clear_object (&TSN_MODULE_LIST (object)->blend);
  G_OBJECT_CLASS (tsn_module_list_parent_class)->dispose (object);
}

static void
tsn_module_list_class_init (TsnModuleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_module_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-module-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnModuleList, stages);
  gtk_widget_class_bind_template_child (widget_class, TsnModuleList, modules);
}

static void
tsn_module_list_init (TsnModuleList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_module_list_set_blend:
 *
 * Says whose modules to list; to be called once.
 */
void
tsn_module_list_set_blend (TsnModuleList *self, TsnBlend *blend)
{
  g_return_if_fail (self->blend == NULL);

  self->blend = g_object_ref (blend);
  g_signal_connect_object (blend, "model-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
}
