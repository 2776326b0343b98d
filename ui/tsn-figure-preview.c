#include "ui/tsn-figure-preview.h"

#include <math.h>

/* Around the figure, in logical pixels, and how much of that is paper. */
#define MARGIN 24
#define PAPER 10

/* What is asked for before there is a size, and at the least. */
#define MIN_SIDE 240

struct _TsnFigurePreview
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  gboolean paper;
};

G_DEFINE_FINAL_TYPE (TsnFigurePreview, tsn_figure_preview, GTK_TYPE_WIDGET)

enum
{
  RESIZED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tsn_figure_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnFigurePreview *self = TSN_FIGURE_PREVIEW (widget);
  double room_x = gtk_widget_get_width (widget) - 2 * MARGIN;
  double room_y = gtk_widget_get_height (widget) - 2 * MARGIN;
  double width, height, scale;
  graphene_rect_t figure;
  GskRoundedRect outline;

  if (self->texture == NULL || room_x <= 0 || room_y <= 0)
    return;
  width = gdk_texture_get_width (self->texture);
  height = gdk_texture_get_height (self->texture);
  scale = MIN (room_x / width, room_y / height);
  /* On whole pixels, so that letters stay crisp. */
  graphene_rect_init (&figure, MARGIN + floor ((room_x - width * scale) / 2),
                      MARGIN + floor ((room_y - height * scale) / 2), width * scale,
                      height * scale);
  gsk_rounded_rect_init_from_rect (&outline, &figure, 0);
  if (self->paper)
    gsk_rounded_rect_shrink (&outline, -PAPER, -PAPER, -PAPER, -PAPER);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.35f }, 0, 1, 0, 6);
  if (self->paper)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, &outline.bounds);
  gtk_snapshot_append_texture (snapshot, self->texture, &figure);
}

static void
tsn_figure_preview_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = MIN_SIDE;
}

static void
tsn_figure_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_signal_emit (widget, signals[RESIZED], 0);
}

static void
tsn_figure_preview_dispose (GObject *object)
{
  g_clear_object (&TSN_FIGURE_PREVIEW (object)->texture);
  G_OBJECT_CLASS (tsn_figure_preview_parent_class)->dispose (object);
}

static void
tsn_figure_preview_class_init (TsnFigurePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_figure_preview_dispose;
  widget_class->snapshot = tsn_figure_preview_snapshot;
  widget_class->measure = tsn_figure_preview_measure;
  widget_class->size_allocate = tsn_figure_preview_size_allocate;
  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsn_figure_preview_init (TsnFigurePreview *self)
{
  self->paper = TRUE;
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (gtk_widget_queue_resize), NULL);
}

/**
 * tsn_figure_preview_set_paper:
 * @paper: whether the picture lies on white paper, as at first
 */
void
tsn_figure_preview_set_paper (TsnFigurePreview *self, gboolean paper)
{
  self->paper = paper;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsn_figure_preview_get_texture:
 *
 * Returns: (transfer none) (nullable): what is shown.
 */
GdkTexture *
tsn_figure_preview_get_texture (TsnFigurePreview *self)
{
  return self->texture;
}

/**
 * tsn_figure_preview_set_texture:
 * @texture: (nullable): what to show
 */
void
tsn_figure_preview_set_texture (TsnFigurePreview *self, GdkTexture *texture)
{
  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsn_figure_preview_get_box:
 * @width: (out): in pixels of the screen
 * @height: (out): likewise
 *
 * Says how much room there is for the sheet.
 */
void
tsn_figure_preview_get_box (TsnFigurePreview *self, guint *width, guint *height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);

  *width = MAX (gtk_widget_get_width (widget) - 2 * MARGIN, MIN_SIDE) * scale;
  *height = MAX (gtk_widget_get_height (widget) - 2 * MARGIN, MIN_SIDE) * scale;
}
