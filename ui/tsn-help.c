#include "ui/tsn-help.h"

#include "ui/tsn-resources.h"

struct _TsnHelp
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (TsnHelp, tsn_help, ADW_TYPE_WINDOW)

static void
tsn_help_class_init (TsnHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-help.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tsn_help_init (TsnHelp *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_help_new:
 *
 * Returns: (transfer none): the window.
 */
GtkWindow *
tsn_help_new (void)
{
  return g_object_new (TSN_TYPE_HELP, NULL);
}
