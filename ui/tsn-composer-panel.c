#include "ui/tsn-composer-panel.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-document-study.h"
#include "ui/tsn-photo-chooser.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* How many photos are marked at first. */
#define FIRST_PHOTOS 4

/* More pictures of one photo than these stand in several lines at first. */
#define LINE 4

/* Items of the rows, in their order. */
enum
{
  CONTENT_VIEW,
  CONTENT_COMPARISON,
};

enum
{
  PART_ALL,
  PART_VIEW,
  PART_LARGER,
};

enum
{
  PHOTOS_THIS,
  PHOTOS_SEVERAL,
};

static const struct
{
  TsnFigureForm form;
  TsnFigureFormat format;
  const char *suffix;
} formats[] = {
  { TSN_FIGURE_FORM_FILE, TSN_FIGURE_PDF, ".pdf" },
  { TSN_FIGURE_FORM_FILE, TSN_FIGURE_SVG, ".svg" },
  { TSN_FIGURE_FORM_FILE, TSN_FIGURE_PNG, ".png" },
  { TSN_FIGURE_FORM_LATEX, TSN_FIGURE_PDF, ".tex" },
};

struct _TsnComposerPanel
{
  GtkBox parent_instance;

  AdwComboRow *content;
  AdwExpanderRow *tasks;
  GtkWidget *second_row;
  GtkSwitch *second;
  GtkWidget *truth_row;
  GtkSwitch *truth;
  AdwComboRow *photos;
  TsnPhotoChooser *chooser;
  AdwComboRow *part;
  AdwComboRow *width;
  GtkAdjustment *font_size;
  GtkAdjustment *wrap;
  GtkAdjustment *gap;
  GtkSwitch *transposed;
  GtkSwitch *labels;
  GtkSwitch *letters;
  GtkSwitch *legends;
  AdwComboRow *format;
  GtkWidget *dpi_row;
  GtkAdjustment *dpi;
  GtkSwitch *raw;

  TsnDocument *document;
  TsnView *view;
  GPtrArray *checks; /* of the tasks; the rows own them */
};

G_DEFINE_FINAL_TYPE (TsnComposerPanel, tsn_composer_panel, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_comparison (TsnComposerPanel *self)
{
  return adw_combo_row_get_selected (self->content) == CONTENT_COMPARISON;
}

static gboolean
has_several (TsnComposerPanel *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->photos))
         && adw_combo_row_get_selected (self->photos) == PHOTOS_SEVERAL;
}

static void
changed_cb (TsnComposerPanel *self)
{
  if (self->document != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
update_rows (TsnComposerPanel *self)
{
  gboolean comparison = is_comparison (self);
  TsnCompare *compare = tsn_document_get_compare (self->document);
  gboolean dataset = tsn_gallery_get_dataset (tsn_document_get_gallery (self->document)) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->tasks), comparison);
  gtk_widget_set_visible (self->second_row,
                          comparison && tsn_compare_get_model_path (compare) != NULL);
  gtk_widget_set_visible (self->truth_row, comparison && dataset);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), has_several (self));
}

/* What of the photo the view shows; nothing to choose while it shows all. */
static gboolean
get_part (TsnComposerPanel *self, TsnFigurePart *part)
{
  return tsn_view_get_part (self->view, &part->x, &part->y, &part->width, &part->height);
}

static void
view_cb (TsnComposerPanel *self)
{
  TsnFigurePart part;
  gboolean any = get_part (self, &part);

  gtk_widget_set_sensitive (GTK_WIDGET (self->part), any);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->part),
                               any ? "" : _ ("Zoom into the photo to choose one."));
  if (adw_combo_row_get_selected (self->part) != PART_ALL)
    changed_cb (self);
}

/* How many pictures of a photo the figure shows, about. */
static guint
count_pictures (TsnComposerPanel *self)
{
  TsnDisplay *display = tsn_document_get_display (self->document);
  guint n
      = tsn_document_count_shown (self->document) + tsn_document_get_show_photo (self->document);

  return tsn_display_get_layout (display) == TSN_LAYOUT_GRID ? n : LINE;
}

/* Lines of about the same length; tasks that are compared and photos below one another stay in
 * columns. */
static void
propose_wrap (TsnComposerPanel *self)
{
  guint n = count_pictures (self);
  guint lines = (n + LINE - 1) / LINE;
  gboolean wrap = !is_comparison (self) && !has_several (self) && lines > 1;

  gtk_adjustment_set_value (self->wrap, wrap ? (n + lines - 1) / lines : 0);
}

static void
content_cb (TsnComposerPanel *self)
{
  if (self->document == NULL)
    return;
  update_rows (self);
  propose_wrap (self);
  changed_cb (self);
}

static void
width_cb (TsnComposerPanel *self)
{
  gtk_adjustment_set_value (
      self->font_size, tsn_figure_width_get_font_size (adw_combo_row_get_selected (self->width)));
  changed_cb (self);
}

/* Only pixels have a density. */
static void
format_cb (TsnComposerPanel *self)
{
  guint selected = adw_combo_row_get_selected (self->format);

  gtk_widget_set_sensitive (self->dpi_row, formats[selected].format == TSN_FIGURE_PNG);
}

static void
tsn_composer_panel_dispose (GObject *object)
{
  TsnComposerPanel *self = TSN_COMPOSER_PANEL (object);

  g_clear_object (&self->document);
  g_clear_object (&self->view);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (tsn_composer_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, content);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, tasks);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, second_row);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, second);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, truth_row);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, truth);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, photos);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, chooser);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, part);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, width);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, font_size);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, wrap);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, gap);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, transposed);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, labels);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, letters);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, legends);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, format);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, dpi);
  gtk_widget_class_bind_template_child (widget_class, TsnComposerPanel, raw);
}

static void
tsn_composer_panel_class_init (TsnComposerPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_PHOTO_CHOOSER);
  G_OBJECT_CLASS (klass)->dispose = tsn_composer_panel_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-composer-panel.ui");
  bind_children (widget_class);
}

static void
follow (TsnComposerPanel *self, gpointer control, const char *signal, GCallback callback)
{
  g_signal_connect_object (control, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
tsn_composer_panel_init (TsnComposerPanel *self)
{
  GCallback changed = G_CALLBACK (changed_cb);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->checks = g_ptr_array_new ();
  follow (self, self->content, "notify::selected", G_CALLBACK (content_cb));
  follow (self, self->photos, "notify::selected", G_CALLBACK (content_cb));
  follow (self, self->second, "notify::active", changed);
  follow (self, self->truth, "notify::active", changed);
  follow (self, self->chooser, "changed", changed);
  follow (self, self->part, "notify::selected", changed);
  follow (self, self->width, "notify::selected", G_CALLBACK (width_cb));
  follow (self, self->font_size, "value-changed", changed);
  follow (self, self->wrap, "value-changed", changed);
  follow (self, self->gap, "value-changed", changed);
  follow (self, self->transposed, "notify::active", changed);
  follow (self, self->labels, "notify::active", changed);
  follow (self, self->letters, "notify::active", changed);
  follow (self, self->legends, "notify::active", changed);
  follow (self, self->format, "notify::selected", G_CALLBACK (format_cb));
  format_cb (self);
}

static void
add_task (TsnComposerPanel *self, guint task)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (row),
      tsn_task_text_title (tsn_document_get_task (self->document, task)));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (self->tasks, row);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               tsn_document_is_shown (self->document, task));
  g_ptr_array_add (self->checks, check);
  follow (self, check, "notify::active", G_CALLBACK (changed_cb));
}

static void
offer_photos (TsnComposerPanel *self)
{
  TsnGallery *gallery = tsn_document_get_gallery (self->document);
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  guint position = photo != NULL && photo->file != NULL ? tsn_gallery_find (gallery, photo->file)
                                                        : TSN_GALLERY_NOWHERE;

  tsn_photo_chooser_set_photos (self->chooser, G_LIST_MODEL (gallery));
  gtk_widget_set_visible (GTK_WIDGET (self->photos),
                          position != TSN_GALLERY_NOWHERE && tsn_gallery_get_length (gallery) > 1);
  if (position != TSN_GALLERY_NOWHERE)
    tsn_photo_chooser_choose (self->chooser, position, FIRST_PHOTOS);
}

/**
 * tsn_composer_panel_set_document:
 * @view: where everybody looks at it
 *
 * Says of what to make figures; to be called once.
 */
void
tsn_composer_panel_set_document (TsnComposerPanel *self, TsnDocument *document, TsnView *view)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->view = g_object_ref (view);
  follow (self, view, "changed", G_CALLBACK (view_cb));
  view_cb (self);
  for (guint task = 0; task < tsn_document_get_n_tasks (document); task++)
    add_task (self, task);
  offer_photos (self);
  update_rows (self);
  propose_wrap (self);
}

static char **
list_tasks (TsnComposerPanel *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_strv_builder_add (names, tsn_document_get_task (self->document, i)->name);
  return g_strv_builder_end (names);
}

static void
add_look (TsnComposerPanel *self, TsnFigurePlan *plan)
{
  plan->width = adw_combo_row_get_selected (self->width);
  plan->font_size = gtk_adjustment_get_value (self->font_size);
  plan->gap = gtk_adjustment_get_value (self->gap);
  plan->wrap = gtk_adjustment_get_value (self->wrap);
  plan->transposed = gtk_switch_get_active (self->transposed);
  plan->labels = gtk_switch_get_active (self->labels);
  plan->letters = gtk_switch_get_active (self->letters);
  plan->legends = gtk_switch_get_active (self->legends);
  plan->dpi = gtk_adjustment_get_value (self->dpi);
}

/* Away from the part itself. */
static TsnFigureCorner
choose_corner (const TsnFigurePart *part)
{
  gboolean left = part->x + part->width / 2 > 0.5;

  if (part->y + part->height / 2 > 0.5)
    return left ? TSN_FIGURE_TOP_LEFT : TSN_FIGURE_TOP_RIGHT;
  return left ? TSN_FIGURE_BOTTOM_LEFT : TSN_FIGURE_BOTTOM_RIGHT;
}

/* The same part of every photo.  A plan without photos is one of the photo that is shown, whole. */
static void
add_part (TsnComposerPanel *self, TsnFigurePlan *plan)
{
  const TsnPhoto *shown = tsn_document_get_photo (self->document);
  guint choice = adw_combo_row_get_selected (self->part);
  TsnFigurePart part;

  if (choice == PART_ALL || !get_part (self, &part))
    return;
  if (plan->photos->len == 0 && shown != NULL && shown->file != NULL)
    tsn_figure_plan_add_photo (plan, g_file_peek_path (shown->file));
  for (guint i = 0; i < plan->photos->len; i++)
    {
      TsnFigurePhoto *photo = plan->photos->pdata[i];

      if (choice == PART_VIEW)
        photo->crop = part;
      else
        tsn_figure_photo_add_inset (photo, &part, choose_corner (&part));
    }
}

static void
add_photos (TsnComposerPanel *self, TsnFigurePlan *plan)
{
  g_autoptr (GPtrArray) paths
      = tsn_photo_chooser_list_paths (self->chooser, TSN_COMPOSER_MAX_PHOTOS);

  for (guint i = 0; i < paths->len; i++)
    tsn_figure_plan_add_photo (plan, paths->pdata[i]);
}

/**
 * tsn_composer_panel_make_wish:
 *
 * Returns: (transfer full): the figure that is chosen.
 */
TsnFigureWish *
tsn_composer_panel_make_wish (TsnComposerPanel *self)
{
  TsnFigureWish *wish = tsn_figure_wish_new ();
  TsnBlend *blend = tsn_document_get_blend (self->document);

  tsn_document_get_study (self->document, &wish->study);
  wish->study.show_truth = tsn_document_get_show_truth (self->document);
  /* A read-out that follows the weights is that of the weights of now. */
  if (wish->study.blend.readout == NULL && tsn_blend_get_n_tasks (blend) > 0)
    wish->study.blend.readout
        = g_strdup (tsn_blend_get_task (blend, tsn_blend_get_readout (blend))->name);
  add_look (self, &wish->study.figure);
  if (has_several (self))
    add_photos (self, &wish->study.figure);
  add_part (self, &wish->study.figure);
  wish->comparison = is_comparison (self);
  if (!wish->comparison)
    return wish;
  wish->tasks = list_tasks (self);
  wish->truth = gtk_widget_get_visible (self->truth_row) && gtk_switch_get_active (self->truth);
  if (!gtk_switch_get_active (self->second))
    g_clear_pointer (&wish->study.second.path, g_free);
  return wish;
}

/**
 * tsn_composer_panel_make_order:
 *
 * Returns: (transfer full): the chosen figure as a file of the chosen format, of no place yet.
 */
TsnFigureOrder *
tsn_composer_panel_make_order (TsnComposerPanel *self)
{
  guint format = adw_combo_row_get_selected (self->format);
  TsnFigureOrder *order
      = tsn_figure_order_new (tsn_composer_panel_make_wish (self), formats[format].form);

  order->format = formats[format].format;
  order->raw = gtk_switch_get_active (self->raw);
  return order;
}

/**
 * tsn_composer_panel_get_suffix:
 *
 * Returns: (transfer none): the ending of files of the chosen format, with the dot.
 */
const char *
tsn_composer_panel_get_suffix (TsnComposerPanel *self)
{
  return formats[adw_combo_row_get_selected (self->format)].suffix;
}
