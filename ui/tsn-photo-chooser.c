#include "ui/tsn-photo-chooser.h"

#include "ui/tsn-gallery-photo.h"

/* Height of the list in logical pixels: some rows, and a half that says that there are more. */
#define HEIGHT 190

struct _TsnPhotoChooser
{
  GtkWidget parent_instance;

  GtkListView *list;
  GtkMultiSelection *marked;
};

G_DEFINE_FINAL_TYPE (TsnPhotoChooser, tsn_photo_chooser, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
toggled_cb (GtkListItem *item, GParamSpec *pspec, GtkCheckButton *check)
{
  GtkWidget *chooser = gtk_widget_get_ancestor (GTK_WIDGET (check), TSN_TYPE_PHOTO_CHOOSER);
  gboolean active = gtk_check_button_get_active (check);
  guint position = gtk_list_item_get_position (item);
  GtkSelectionModel *marked;

  if (chooser == NULL || position == GTK_INVALID_LIST_POSITION
      || active == gtk_list_item_get_selected (item))
    return;
  marked = GTK_SELECTION_MODEL (TSN_PHOTO_CHOOSER (chooser)->marked);
  if (active)
    gtk_selection_model_select_item (marked, position, FALSE);
  else
    gtk_selection_model_unselect_item (marked, position);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_list_item_set_child (item, check);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  g_object_bind_property (item, "selected", check, "active", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (toggled_cb), item,
                           G_CONNECT_SWAPPED);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_check_button_set_label (GTK_CHECK_BUTTON (gtk_list_item_get_child (item)),
                              tsn_gallery_photo_get_name (gtk_list_item_get_item (item)));
}

static void
tsn_photo_chooser_dispose (GObject *object)
{
  TsnPhotoChooser *self = TSN_PHOTO_CHOOSER (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->marked);
  G_OBJECT_CLASS (tsn_photo_chooser_parent_class)->dispose (object);
}

static void
tsn_photo_chooser_class_init (TsnPhotoChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_photo_chooser_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tsn_photo_chooser_init (TsnPhotoChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

static void
changed_cb (TsnPhotoChooser *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * tsn_photo_chooser_set_photos:
 * @photos: of #TsnGalleryPhoto; none is marked at first
 *
 * To be called once.
 */
void
tsn_photo_chooser_set_photos (TsnPhotoChooser *self, GListModel *photos)
{
  g_return_if_fail (self->marked == NULL);

  self->marked = gtk_multi_selection_new (g_object_ref (photos));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->marked));
  g_signal_connect_object (self->marked, "selection-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsn_photo_chooser_choose:
 *
 * Marks @n photos from @first on, or fewer where there are not so many, and no others.
 */
void
tsn_photo_chooser_choose (TsnPhotoChooser *self, guint first, guint n)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (self->marked));

  if (first < length)
    gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->marked), first,
                                      MIN (n, length - first), TRUE);
}

guint
tsn_photo_chooser_count (TsnPhotoChooser *self)
{
  g_autoptr (GtkBitset) marked
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->marked));

  return gtk_bitset_get_size (marked);
}

/**
 * tsn_photo_chooser_list_paths:
 * @most: so many at most
 *
 * Returns: (transfer full) (element-type filename): the marked photos, in the order of the list.
 */
GPtrArray *
tsn_photo_chooser_list_paths (TsnPhotoChooser *self, guint most)
{
  g_autoptr (GtkBitset) marked
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->marked));
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  guint n = MIN (gtk_bitset_get_size (marked), most);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsnGalleryPhoto) photo = g_list_model_get_item (
          G_LIST_MODEL (self->marked), gtk_bitset_get_nth (marked, i));
      char *path = g_file_get_path (tsn_gallery_photo_get_file (photo));

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}
