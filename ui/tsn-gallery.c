#include "ui/tsn-gallery.h"

#include "core/base/tsn-error.h"
#include "ui/tsn-gallery-listing.h"

#include <glib/gi18n.h>

/* A folder that changes is listed again after this time, so that a copy of many files is not
 * followed one by one. */
#define SETTLE_MS 300

struct _TsnGallery
{
  GObject parent_instance;

  GPtrArray *photos;  /* of TsnGalleryPhoto */
  GHashTable *places; /* from a photo's GFile to its position */
  GFile *folder;
  char *title;
  TsnDataset *dataset;
  GStrv splits;

  GFileMonitor *monitor;
  guint settle;
  GCancellable *listing; /* of what is being listed, or NULL */
  gboolean asked;        /* a person named it, rather than one of its photos */
};

enum
{
  OPENED,
  BUSY_CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a thread is to list. */
typedef struct
{
  GFile *place;
  gboolean around; /* whether place is a photo */
  gboolean again;  /* whether it is listed already, but changed */
  char *split;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->place);
  g_free (errand->split);
  g_free (errand);
}

static GType
get_item_type (GListModel *model)
{
  return TSN_TYPE_GALLERY_PHOTO;
}

static guint
get_n_items (GListModel *model)
{
  return TSN_GALLERY (model)->photos->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *photos = TSN_GALLERY (model)->photos;

  return position < photos->len ? g_object_ref (photos->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsnGallery,
                               tsn_gallery,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
index_places (TsnGallery *self)
{
  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < self->photos->len; i++)
    g_hash_table_insert (self->places, tsn_gallery_photo_get_file (self->photos->pdata[i]),
                         GUINT_TO_POINTER (i));
}

/* Photos that are the same keep the objects that the old list has for them. */
static void
keep_known (TsnGallery *self, GPtrArray *photos)
{
  for (guint i = 0; i < photos->len; i++)
    {
      TsnGalleryPhoto *known;
      guint place = tsn_gallery_find (self, tsn_gallery_photo_get_file (photos->pdata[i]));

      if (place == TSN_GALLERY_NOWHERE)
        continue;
      known = self->photos->pdata[place];
      if (!tsn_gallery_photo_equal (known, photos->pdata[i]))
        continue;
      g_object_unref (photos->pdata[i]);
      photos->pdata[i] = g_object_ref (known);
    }
}

/* Replaces the list, and reports only the part between what is the same at both ends. */
static void
replace_photos (TsnGallery *self, GPtrArray *photos)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->photos);
  guint start = 0, end = 0, shorter = MIN (old->len, photos->len);

  while (start < shorter && old->pdata[start] == photos->pdata[start])
    start++;
  while (end < shorter - start
         && old->pdata[old->len - 1 - end] == photos->pdata[photos->len - 1 - end])
    end++;
  self->photos = g_ptr_array_ref (photos);
  index_places (self);
  if (old->len - end > start || photos->len - end > start)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - end - start,
                                photos->len - end - start);
}

static void start (TsnGallery *self, Errand *errand);

static gboolean
settled_cb (gpointer data)
{
  TsnGallery *self = data;
  Errand *errand = g_new0 (Errand, 1);

  self->settle = 0;
  errand->place = g_object_ref (self->folder);
  errand->again = TRUE;
  start (self, errand);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (TsnGallery *self)
{
  if (self->settle == 0)
    self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
stop_watching (TsnGallery *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
}

/* The files of a data set are those that its lists name; other folders change under our eyes. */
static void
watch (TsnGallery *self)
{
  stop_watching (self);
  if (self->dataset != NULL || !g_file_is_native (self->folder))
    return;
  self->monitor = g_file_monitor_directory (self->folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (changed_cb), self);
}

static void
adopt (TsnGallery *self, TsnGalleryListing *listing)
{
  g_set_object (&self->folder, listing->folder);
  g_free (self->title);
  self->title = g_steal_pointer (&listing->title);
  g_clear_pointer (&self->dataset, tsn_dataset_unref);
  self->dataset = g_steal_pointer (&listing->dataset);
  g_strfreev (self->splits);
  self->splits = g_steal_pointer (&listing->splits);
}

static void
list_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Errand *errand = data;
  g_autoptr (GError) error = NULL;
  TsnGalleryListing *listing
      = errand->around
            ? tsn_gallery_listing_read_around (errand->place, cancellable, &error)
            : tsn_gallery_listing_read (errand->place, errand->split, cancellable, &error);

  if (listing != NULL)
    g_task_return_pointer (task, listing, (GDestroyNotify) tsn_gallery_listing_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Somebody who asks for a folder wants photos; one around a photo is only an offer. */
static gboolean
is_worth_it (const Errand *errand, const TsnGalleryListing *listing, GError **error)
{
  if (errand->around || errand->again || listing->photos->len > 0)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("The folder “%s” holds no photos."),
               listing->title);
  return FALSE;
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnGallery *self = TSN_GALLERY (object);
  const Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnGalleryListing) listing = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->listing == NULL || g_task_get_cancellable (G_TASK (result)) != self->listing)
    return;
  g_clear_object (&self->listing);
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
  if (listing == NULL || !is_worth_it (errand, listing, &error))
    {
      if (errand->again)
        tsn_gallery_close (self);
      if (!errand->around)
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  keep_known (self, listing->photos);
  adopt (self, listing);
  replace_photos (self, listing->photos);
  if (errand->again)
    return;
  watch (self);
  g_signal_emit (self, signals[OPENED], 0, !errand->around);
}

static void
stop_listing (TsnGallery *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
}

/**
 * tsn_gallery_cancel:
 *
 * Gives up what is being listed; what is there stays.
 */
void
tsn_gallery_cancel (TsnGallery *self)
{
  stop_listing (self);
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

/**
 * tsn_gallery_cancel_asked:
 *
 * Gives up the folder or split that a person named, if it is being listed, because something else
 * was asked for since.
 */
void
tsn_gallery_cancel_asked (TsnGallery *self)
{
  if (self->listing != NULL && self->asked)
    tsn_gallery_cancel (self);
}

static void
start (TsnGallery *self, Errand *errand)
{
  g_autoptr (GTask) task = NULL;

  stop_listing (self);
  self->listing = g_cancellable_new ();
  self->asked = !errand->around && !errand->again;
  task = g_task_new (self, self->listing, listed_cb, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  g_task_run_in_thread (task, list_thread);
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

static void
tsn_gallery_dispose (GObject *object)
{
  TsnGallery *self = TSN_GALLERY (object);

  stop_listing (self);
  stop_watching (self);
  g_clear_pointer (&self->dataset, tsn_dataset_unref);
  G_OBJECT_CLASS (tsn_gallery_parent_class)->dispose (object);
}

static void
tsn_gallery_finalize (GObject *object)
{
  TsnGallery *self = TSN_GALLERY (object);

  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->photos);
  g_clear_object (&self->folder);
  g_free (self->title);
  g_strfreev (self->splits);
  G_OBJECT_CLASS (tsn_gallery_parent_class)->finalize (object);
}

static void
tsn_gallery_class_init (TsnGalleryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsn_gallery_dispose;
  object_class->finalize = tsn_gallery_finalize;
  signals[OPENED] = g_signal_new ("opened", TSN_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[BUSY_CHANGED] = g_signal_new ("busy-changed", TSN_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", TSN_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tsn_gallery_init (TsnGallery *self)
{
  self->photos = g_ptr_array_new_with_free_func (g_object_unref);
  self->places = g_hash_table_new (g_file_hash, (GEqualFunc) g_file_equal);
}

/**
 * tsn_gallery_new:
 *
 * Returns: (transfer full): an empty gallery.
 */
TsnGallery *
tsn_gallery_new (void)
{
  return g_object_new (TSN_TYPE_GALLERY, NULL);
}

/**
 * tsn_gallery_open:
 * @folder: of photos or of a data set
 *
 * Lists another folder, in place of the one that is being listed, if any.
 */
void
tsn_gallery_open (TsnGallery *self, GFile *folder)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->place = g_object_ref (folder);
  start (self, errand);
}

/**
 * tsn_gallery_open_around:
 * @photo: a file
 *
 * Lists the photos among which @photo lies, unless they are listed already.
 */
void
tsn_gallery_open_around (TsnGallery *self, GFile *photo)
{
  Errand *errand;

  if (tsn_gallery_find (self, photo) != TSN_GALLERY_NOWHERE)
    return;
  errand = g_new0 (Errand, 1);
  errand->place = g_object_ref (photo);
  errand->around = TRUE;
  start (self, errand);
}

/**
 * tsn_gallery_choose_split:
 * @split: one of tsn_gallery_get_splits()
 *
 * Lists another split of the data set.
 */
void
tsn_gallery_choose_split (TsnGallery *self, const char *split)
{
  Errand *errand;

  g_return_if_fail (self->dataset != NULL);

  if (g_strcmp0 (split, tsn_dataset_get_split (self->dataset)) == 0)
    return;
  errand = g_new0 (Errand, 1);
  errand->place = g_object_ref (self->folder);
  errand->split = g_strdup (split);
  start (self, errand);
}

/**
 * tsn_gallery_close:
 *
 * Empties the gallery.
 */
void
tsn_gallery_close (TsnGallery *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_object_unref);

  stop_listing (self);
  stop_watching (self);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->dataset, tsn_dataset_unref);
  g_clear_pointer (&self->splits, g_strfreev);
  replace_photos (self, none);
}

gboolean
tsn_gallery_is_listing (TsnGallery *self)
{
  return self->listing != NULL;
}

guint
tsn_gallery_get_length (TsnGallery *self)
{
  return self->photos->len;
}

/**
 * tsn_gallery_get_photo:
 *
 * Returns: (transfer none) (nullable): the photo at @position, %NULL beyond the end.
 */
TsnGalleryPhoto *
tsn_gallery_get_photo (TsnGallery *self, guint position)
{
  return position < self->photos->len ? self->photos->pdata[position] : NULL;
}

/**
 * tsn_gallery_find:
 *
 * Returns: the position of a file, or %TSN_GALLERY_NOWHERE.
 */
guint
tsn_gallery_find (TsnGallery *self, GFile *file)
{
  gpointer place;

  if (!g_hash_table_lookup_extended (self->places, file, NULL, &place))
    return TSN_GALLERY_NOWHERE;
  return GPOINTER_TO_UINT (place);
}

/**
 * tsn_gallery_get_folder:
 *
 * Returns: (transfer none) (nullable): the folder, or the data set's; %NULL while nothing is open.
 */
GFile *
tsn_gallery_get_folder (TsnGallery *self)
{
  return self->folder;
}

/**
 * tsn_gallery_get_title:
 *
 * Returns: (nullable): the folder's name; %NULL while nothing is open.
 */
const char *
tsn_gallery_get_title (TsnGallery *self)
{
  return self->title;
}

/**
 * tsn_gallery_get_dataset:
 *
 * Returns: (transfer none) (nullable): the data set, whose n-th photo is at position n; %NULL for a
 *   plain folder.
 */
TsnDataset *
tsn_gallery_get_dataset (TsnGallery *self)
{
  return self->dataset;
}

/**
 * tsn_gallery_get_splits:
 *
 * Returns: (transfer none) (nullable): names of the data set's splits; %NULL for a plain folder.
 */
const char *const *
tsn_gallery_get_splits (TsnGallery *self)
{
  return (const char *const *) self->splits;
}
