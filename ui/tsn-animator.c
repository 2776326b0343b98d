#include "ui/tsn-animator.h"

#include "ui/tsn-document-study.h"
#include "ui/tsn-film-work.h"
#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

struct _TsnAnimator
{
  TsnExportWindow parent_instance;

  GtkAdjustment *time;
  AdwComboRow *format;
  GtkLabel *format_problem;
  AdwComboRow *side;
  GtkSpinButton *fps;
  GtkSpinButton *seconds;
  GtkSwitch *loop;
  GtkSwitch *photo;
  GtkSwitch *captions;
  GtkLabel *extent;
};

G_DEFINE_FINAL_TYPE (TsnAnimator, tsn_animator, TSN_TYPE_EXPORT_WINDOW)

static const TsnExportKind kind = {
  .ending = "-tasks",
  .quick = TRUE,
  .preview = N_ ("A frame of the animation"),
  .no_preview = N_ ("No Animation"),
  .write_tip = N_ ("Write the animation into a file (Ctrl+S)"),
  .stop_tip = N_ ("Stop writing the animation"),
  .chooser = N_ ("Export Animation"),
  .only_here = N_ ("Animations can only be saved on this computer."),
};

/* As the rows of the window list them. */
static const struct
{
  TsnVideoFormat format;
  const char *suffix;
} formats[] = {
  { TSN_VIDEO_WEBM, ".webm" },
  { TSN_VIDEO_MP4, ".mp4" },
  { TSN_VIDEO_GIF, ".gif" },
  { TSN_VIDEO_PNG, "" },
};

static const guint sides[] = { 480, 640, 960, 1280, 1920, 3840 };

static TsnFilmOrder *
make_order (TsnAnimator *self)
{
  TsnFilmOrder *order = tsn_film_order_new ();
  TsnStudyFilm *film = &order->study.film;

  tsn_document_get_study (tsn_export_window_get_document (TSN_EXPORT_WINDOW (self)), &order->study);
  order->study.blend.path.loop = gtk_switch_get_active (self->loop);
  film->side = sides[adw_combo_row_get_selected (self->side)];
  film->fps = gtk_spin_button_get_value_as_int (self->fps);
  film->photo = gtk_switch_get_active (self->photo);
  film->captions = gtk_switch_get_active (self->captions);
  order->format = formats[adw_combo_row_get_selected (self->format)].format;
  order->time = gtk_adjustment_get_value (self->time);
  return order;
}

static TsnExportOrder *
make_preview (TsnExportWindow *window, guint width, guint height)
{
  TsnFilmOrder *order = make_order (TSN_ANIMATOR (window));
  TsnStudyFilm *film = &order->study.film;

  film->side = CLAMP (MAX (width, height), TSN_STUDY_FILM_MIN_SIDE, film->side);
  return &order->base;
}

static TsnExportOrder *
make_export (TsnExportWindow *window)
{
  return &make_order (TSN_ANIMATOR (window))->base;
}

static const char *
get_suffix (TsnExportWindow *window)
{
  return formats[adw_combo_row_get_selected (TSN_ANIMATOR (window)->format)].suffix;
}

static char *
describe_progress (guint done, guint total, const char *photo)
{
  /* Translators: which frame of how many is drawn. */
  return g_strdup_printf (_ ("Frame %u of %u"), done + 1, total);
}

/* How much there will be, and whether it can be. */
static void
previewed (TsnExportWindow *window, const TsnExportOrder *base)
{
  TsnAnimator *self = TSN_ANIMATOR (window);
  const TsnFilmOrder *order = (const TsnFilmOrder *) base;
  gboolean possible = order != NULL && order->problem == NULL;
  g_autofree char *text = NULL;

  tsn_export_window_set_possible (window, possible);
  if (order == NULL)
    return;
  /* Translators: how many frames a film has. */
  text = g_strdup_printf (ngettext ("%u frame", "%u frames", order->n_frames), order->n_frames);
  gtk_label_set_text (self->extent, text);
  gtk_label_set_text (self->format_problem, possible ? "" : order->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->format_problem), !possible);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, time);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, format);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, format_problem);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, side);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, fps);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, seconds);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, loop);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, photo);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, captions);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, extent);
}

static void
tsn_animator_class_init (TsnAnimatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TsnExportWindowClass *export_class = TSN_EXPORT_WINDOW_CLASS (klass);

  export_class->kind = &kind;
  export_class->work_type = TSN_TYPE_FILM_WORK;
  export_class->make_preview = make_preview;
  export_class->make_export = make_export;
  export_class->get_suffix = get_suffix;
  export_class->describe_progress = describe_progress;
  export_class->previewed = previewed;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-animator.ui");
  bind_children (widget_class);
}

static void
follow (TsnAnimator *self, gpointer object, const char *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (tsn_export_window_refresh), self,
                           G_CONNECT_SWAPPED);
}

static void
tsn_animator_init (TsnAnimator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  follow (self, self->time, "value-changed");
  follow (self, self->format, "notify::selected");
  follow (self, self->fps, "value-changed");
  follow (self, self->photo, "notify::active");
  follow (self, self->captions, "notify::active");
}

/**
 * tsn_animator_new:
 * @document: whose path is shown
 *
 * Returns: (transfer none): a window.
 */
GtkWindow *
tsn_animator_new (TsnDocument *document)
{
  TsnAnimator *self = g_object_new (TSN_TYPE_ANIMATOR, NULL);
  TsnBlendPath *path = tsn_blend_get_path (tsn_document_get_blend (document));

  tsn_blend_path_set_playing (path, FALSE);
  gtk_adjustment_set_value (self->time, tsn_blend_path_get_time (path));
  gtk_spin_button_set_range (self->seconds, TSN_BLEND_PATH_SHORTEST, TSN_BLEND_PATH_LONGEST);
  g_object_bind_property (path, "duration", self->seconds, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (path, "loop", self->loop, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  follow (self, self->seconds, "value-changed");
  follow (self, self->loop, "notify::active");
  /* Until it is known whether films can be written here. */
  tsn_export_window_set_possible (TSN_EXPORT_WINDOW (self), FALSE);
  tsn_export_window_start (TSN_EXPORT_WINDOW (self), document);
  return GTK_WINDOW (self);
}
