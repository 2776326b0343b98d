#include "ui/tsn-composer.h"

#include "ui/tsn-composer-panel.h"
#include "ui/tsn-figure-work.h"
#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

struct _TsnComposer
{
  TsnExportWindow parent_instance;

  TsnComposerPanel *panel;
};

G_DEFINE_FINAL_TYPE (TsnComposer, tsn_composer, TSN_TYPE_EXPORT_WINDOW)

enum
{
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const TsnExportKind kind = {
  .ending = "-figure",
  .paper = TRUE,
  .preview = N_ ("Preview of the figure"),
  .no_preview = N_ ("No Figure"),
  .making = N_ ("Making the figure…"),
  .again = N_ ("Ma_ke the Figure"),
  .write_tip = N_ ("Write the figure into a file (Ctrl+S)"),
  .stop_tip = N_ ("Stop making the figure"),
  .chooser = N_ ("Export Figure"),
  .only_here = N_ ("Figures can only be saved on this computer."),
};

static TsnExportOrder *
make_preview (TsnExportWindow *window, guint width, guint height)
{
  TsnComposer *self = TSN_COMPOSER (window);
  TsnFigureOrder *order
      = tsn_figure_order_new (tsn_composer_panel_make_wish (self->panel), TSN_FIGURE_FORM_SCREEN);

  order->width = width;
  order->height = height;
  return &order->base;
}

static TsnExportOrder *
make_export (TsnExportWindow *window)
{
  return &tsn_composer_panel_make_order (TSN_COMPOSER (window)->panel)->base;
}

static const char *
get_suffix (TsnExportWindow *window)
{
  return tsn_composer_panel_get_suffix (TSN_COMPOSER (window)->panel);
}

static char *
describe_progress (guint done, guint total, const char *photo)
{
  /* Translators: which photo of how many is looked at, and its name. */
  return g_strdup_printf (_ ("Photo %u of %u: %s"), done + 1, total, photo);
}

static char *
describe_result (const TsnExportOrder *base)
{
  guint n_beside = ((const TsnFigureOrder *) base)->written->len - 1;
  g_autofree char *name = NULL;

  if (n_beside == 0)
    return TSN_EXPORT_WINDOW_CLASS (tsn_composer_parent_class)->describe_result (base);
  name = g_filename_display_basename (base->path);
  return g_strdup_printf (
      /* Translators: %s is the name of a file. */
      ngettext ("Exported “%s” and %u file beside it", "Exported “%s” and %u files beside it",
                n_beside),
      name, n_beside);
}

static void
finished (TsnExportWindow *window, const TsnExportOrder *base)
{
  const TsnFigureOrder *order = (const TsnFigureOrder *) base;

  if (order->form != TSN_FIGURE_FORM_CLIPBOARD)
    {
      TSN_EXPORT_WINDOW_CLASS (tsn_composer_parent_class)->finished (window, base);
      return;
    }
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (window)), order->content);
  tsn_export_window_say (window, _ ("Figure copied"));
  g_signal_emit (window, signals[COPIED], 0);
}

static void
update (TsnExportWindow *window, gboolean writing)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "composer.copy", !writing);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnExportWindow *window = TSN_EXPORT_WINDOW (widget);
  TsnFigureWish *wish;

  if (tsn_export_window_is_writing (window))
    return;
  wish = tsn_composer_panel_make_wish (TSN_COMPOSER (widget)->panel);
  tsn_export_window_run (window, &tsn_figure_order_new (wish, TSN_FIGURE_FORM_CLIPBOARD)->base,
                         _ ("Copying the figure…"));
}

static void
fill_class (TsnExportWindowClass *export_class)
{
  export_class->kind = &kind;
  export_class->work_type = TSN_TYPE_FIGURE_WORK;
  export_class->make_preview = make_preview;
  export_class->make_export = make_export;
  export_class->get_suffix = get_suffix;
  export_class->describe_progress = describe_progress;
  export_class->describe_result = describe_result;
  export_class->finished = finished;
  export_class->update = update;
}

static void
tsn_composer_class_init (TsnComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_COMPOSER_PANEL);
  fill_class (TSN_EXPORT_WINDOW_CLASS (klass));
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "composer.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "composer.copy",
                                       NULL);
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, panel);
}

static void
tsn_composer_init (TsnComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->panel, "changed", G_CALLBACK (tsn_export_window_refresh), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsn_composer_new:
 * @document: what figures are made of
 * @view: where everybody looks at it
 *
 * Returns: (transfer none): a window.
 */
GtkWindow *
tsn_composer_new (TsnDocument *document, TsnView *view)
{
  TsnComposer *self = g_object_new (TSN_TYPE_COMPOSER, NULL);

  tsn_composer_panel_set_document (self->panel, document, view);
  tsn_export_window_start (TSN_EXPORT_WINDOW (self), document);
  return GTK_WINDOW (self);
}
