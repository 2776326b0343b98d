#include "ui/tsn-filmstrip.h"

#include "ui/tsn-resources.h"
#include "ui/tsn-thumbnail.h"
#include "ui/tsn-thumbnailer.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

/* Longest side of a thumbnail, enough for a screen of twice the density. */
#define THUMBNAIL_SIDE (2 * TSN_THUMBNAIL_WIDTH)

struct _TsnFilmstrip
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *place;
  GtkWidget *of_dataset;
  GtkDropDown *split;
  GtkListView *list;

  TsnDocument *document;
  TsnThumbnailer *thumbnailer;
  GtkSingleSelection *selection;
  TsnGalleryPhoto *chosen; /* what the document shows; borrowed, only to be compared */
};

G_DEFINE_FINAL_TYPE (TsnFilmstrip, tsn_filmstrip, GTK_TYPE_BOX)

static void
setup_cb (TsnFilmstrip *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, tsn_thumbnail_new ());
}

static void
bind_cb (TsnFilmstrip *self, GtkListItem *item)
{
  TsnGalleryPhoto *photo = gtk_list_item_get_item (item);

  tsn_thumbnail_set_photo (TSN_THUMBNAIL (gtk_list_item_get_child (item)), photo);
  tsn_thumbnailer_want (self->thumbnailer, photo);
}

static void
unbind_cb (TsnFilmstrip *self, GtkListItem *item)
{
  tsn_thumbnail_set_photo (TSN_THUMBNAIL (gtk_list_item_get_child (item)), NULL);
  tsn_thumbnailer_release (self->thumbnailer, gtk_list_item_get_item (item));
}

static void
update_place (TsnFilmstrip *self)
{
  guint n = tsn_gallery_get_length (tsn_document_get_gallery (self->document));
  guint position = tsn_document_get_position (self->document);
  g_autofree char *text = NULL;

  if (position == TSN_GALLERY_NOWHERE)
    /* Translators: how many photos a folder holds. */
    text = g_strdup_printf (ngettext ("%u photo", "%u photos", n), n);
  else
    /* Translators: which photo of how many. */
    text = g_strdup_printf (_ ("%u of %u"), position + 1, n);
  gtk_label_set_text (self->place, text);
}

static void
position_cb (TsnFilmstrip *self)
{
  guint position = tsn_document_get_position (self->document);

  self->chosen = tsn_gallery_get_photo (tsn_document_get_gallery (self->document), position);
  gtk_single_selection_set_selected (
      self->selection, position == TSN_GALLERY_NOWHERE ? GTK_INVALID_LIST_POSITION : position);
  if (position != TSN_GALLERY_NOWHERE)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  update_place (self);
}

/* Also when the selected photo only moves, because others came or went before it. */
static void
selected_cb (TsnFilmstrip *self)
{
  gpointer photo = gtk_single_selection_get_selected_item (self->selection);

  if (photo != NULL && photo != self->chosen)
    tsn_document_open_position (self->document,
                                gtk_single_selection_get_selected (self->selection));
}

static void
split_cb (TsnFilmstrip *self)
{
  TsnGallery *gallery = tsn_document_get_gallery (self->document);
  const char *const *splits = tsn_gallery_get_splits (gallery);
  guint selected = gtk_drop_down_get_selected (self->split);

  if (splits != NULL && selected < g_strv_length ((GStrv) splits))
    tsn_gallery_choose_split (gallery, splits[selected]);
}

static void
update_splits (TsnFilmstrip *self)
{
  TsnGallery *gallery = tsn_document_get_gallery (self->document);
  const char *const *splits = tsn_gallery_get_splits (gallery);
  TsnDataset *dataset = tsn_gallery_get_dataset (gallery);

  gtk_widget_set_visible (self->of_dataset, dataset != NULL);
  g_signal_handlers_block_by_func (self->split, split_cb, self);
  if (dataset != NULL)
    {
      g_autoptr (GtkStringList) names = gtk_string_list_new (splits);
      guint chosen = 0;

      while (splits[chosen] != NULL
             && g_strcmp0 (splits[chosen], tsn_dataset_get_split (dataset)) != 0)
        chosen++;
      gtk_drop_down_set_model (self->split, G_LIST_MODEL (names));
      gtk_drop_down_set_selected (self->split, chosen);
    }
  g_signal_handlers_unblock_by_func (self->split, split_cb, self);
}

static void
opened_cb (TsnFilmstrip *self)
{
  const char *title = tsn_gallery_get_title (tsn_document_get_gallery (self->document));

  gtk_label_set_text (self->title, title);
  tsn_tip_set (GTK_WIDGET (self->title), title);
  update_splits (self);
  position_cb (self);
}

static void
tsn_filmstrip_dispose (GObject *object)
{
  TsnFilmstrip *self = TSN_FILMSTRIP (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_filmstrip_parent_class)->dispose (object);
}

static void
tsn_filmstrip_class_init (TsnFilmstripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_filmstrip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-filmstrip.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnFilmstrip, title);
  gtk_widget_class_bind_template_child (widget_class, TsnFilmstrip, place);
  gtk_widget_class_bind_template_child (widget_class, TsnFilmstrip, of_dataset);
  gtk_widget_class_bind_template_child (widget_class, TsnFilmstrip, split);
  gtk_widget_class_bind_template_child (widget_class, TsnFilmstrip, list);
}

static void
tsn_filmstrip_init (TsnFilmstrip *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->thumbnailer = tsn_thumbnailer_new (THUMBNAIL_SIDE);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_object (self->split, "notify::selected", G_CALLBACK (split_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The list may select nothing: the photo that is shown need not be among those of the folder. */
static void
make_selection (TsnFilmstrip *self, TsnGallery *gallery)
{
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (gallery));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsn_filmstrip_set_document:
 *
 * Says whose gallery to show; to be called once.
 */
void
tsn_filmstrip_set_document (TsnFilmstrip *self, TsnDocument *document)
{
  TsnGallery *gallery = tsn_document_get_gallery (document);

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  make_selection (self, gallery);
  g_signal_connect_object (document, "notify::position", G_CALLBACK (position_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "items-changed", G_CALLBACK (position_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_place (self);
}
