#include "ui/tsn-gallery-listing.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_NAME                                                                   \
      "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE                \
      "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN "," G_FILE_ATTRIBUTE_STANDARD_SIZE                   \
      "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

/* A photo and what it is sorted by. */
typedef struct
{
  char *key;
  TsnGalleryPhoto *photo;
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_clear_object (&entry->photo);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->key, ((const Entry *) b)->key);
}

void
tsn_gallery_listing_free (TsnGalleryListing *listing)
{
  g_clear_object (&listing->folder);
  g_free (listing->title);
  g_clear_pointer (&listing->photos, g_ptr_array_unref);
  g_clear_pointer (&listing->dataset, tsn_dataset_unref);
  g_strfreev (listing->splits);
  g_free (listing);
}

static TsnGalleryListing *
listing_new (GFile *folder)
{
  TsnGalleryListing *listing = g_new0 (TsnGalleryListing, 1);
  g_autofree char *base = g_file_get_basename (folder);

  listing->folder = g_object_ref (folder);
  listing->title = base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (folder);
  listing->photos = g_ptr_array_new_with_free_func (g_object_unref);
  return listing;
}

/* By the ends of names, because types would need a look into every file. */
static GHashTable *
list_suffixes (void)
{
  GHashTable *suffixes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GSList *formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto (GStrv) endings = gdk_pixbuf_format_get_extensions (l->data);

      for (guint i = 0; endings[i] != NULL; i++)
        g_hash_table_add (suffixes, g_strdup (endings[i]));
    }
  g_slist_free (formats);
  return suffixes;
}

static gboolean
is_photo (GFileInfo *info, GHashTable *suffixes)
{
  const char *dot = strrchr (g_file_info_get_name (info), '.');
  g_autofree char *suffix = NULL;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_is_hidden (info)
      || dot == NULL)
    return FALSE;
  suffix = g_ascii_strdown (dot + 1, -1);
  return g_hash_table_contains (suffixes, suffix);
}

static guint64
get_stamp (GFileInfo *info)
{
  guint64 seconds = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
  guint32 microseconds
      = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);

  return (seconds * G_USEC_PER_SEC + microseconds) ^ (guint64) g_file_info_get_size (info) << 40;
}

static void
add_entry (GArray *entries, GFileEnumerator *files, GFileInfo *info)
{
  const char *name = g_file_info_get_display_name (info);
  g_autoptr (GFile) file = g_file_enumerator_get_child (files, info);
  Entry entry = { g_utf8_collate_key_for_filename (name, -1),
                  tsn_gallery_photo_new (file, name, get_stamp (info)) };

  g_array_append_val (entries, entry);
}

static gboolean
list_folder (TsnGalleryListing *listing, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      listing->folder, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autoptr (GHashTable) suffixes = list_suffixes ();
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GFileInfo *info;

  if (files == NULL)
    return FALSE;
  g_array_set_clear_func (entries, entry_clear);
  while (g_file_enumerator_iterate (files, &info, NULL, cancellable, error))
    {
      if (info == NULL)
        {
          g_array_sort (entries, compare_entries);
          for (guint i = 0; i < entries->len; i++)
            g_ptr_array_add (listing->photos,
                             g_steal_pointer (&g_array_index (entries, Entry, i).photo));
          return TRUE;
        }
      if (is_photo (info, suffixes))
        add_entry (entries, files, info);
    }
  return FALSE;
}

static void
list_dataset (TsnGalleryListing *listing, TsnDataset *dataset)
{
  listing->dataset = tsn_dataset_ref (dataset);
  for (guint i = 0; i < tsn_dataset_get_length (dataset); i++)
    {
      g_autofree char *path = tsn_dataset_get_photo_path (dataset, i);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_ptr_array_add (listing->photos,
                       tsn_gallery_photo_new (file, tsn_dataset_get_id (dataset, i), 0));
    }
}

/* People look at what a network was not trained on. */
static const char *
choose_split (const char *const *splits, const char *split)
{
  if (split != NULL && g_strv_contains (splits, split))
    return split;
  return g_strv_contains (splits, "val") ? "val" : splits[0];
}

/**
 * tsn_gallery_listing_read:
 * @folder: a folder, or that of a data set
 * @split: (nullable): the split of a data set; %NULL for "val" or what there is
 * @error: from GIO, or by tsn_dataset_open()
 *
 * Lists the photos, which may be none.  Waits for the disk.
 *
 * Returns: (transfer full) (nullable): what there is.
 */
TsnGalleryListing *
tsn_gallery_listing_read (GFile *folder,
                          const char *split,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (TsnGalleryListing) listing = listing_new (folder);
  g_autofree char *path = g_file_get_path (folder);
  g_autoptr (TsnDataset) dataset = NULL;

  if (path != NULL)
    listing->splits = tsn_dataset_list_splits (path);
  if (listing->splits == NULL || listing->splits[0] == NULL)
    {
      g_clear_pointer (&listing->splits, g_strfreev);
      return list_folder (listing, cancellable, error) ? g_steal_pointer (&listing) : NULL;
    }
  dataset = tsn_dataset_open (path, NULL,
                              choose_split ((const char *const *) listing->splits, split), error);
  if (dataset == NULL)
    return NULL;
  list_dataset (listing, dataset);
  return g_steal_pointer (&listing);
}

static gboolean
holds (const TsnGalleryListing *listing, GFile *photo)
{
  for (guint i = 0; i < listing->photos->len; i++)
    if (g_file_equal (tsn_gallery_photo_get_file (listing->photos->pdata[i]), photo))
      return TRUE;
  return FALSE;
}

/* The data set that a photo belongs to, if it lies in one as photos do. */
static TsnGalleryListing *
read_dataset_around (GFile *folder, GFile *photo)
{
  g_autoptr (GFile) root = g_file_get_parent (folder);
  g_autofree char *path = root != NULL ? g_file_get_path (root) : NULL;
  g_auto (GStrv) splits = path != NULL ? tsn_dataset_list_splits (path) : NULL;

  for (guint i = 0; splits != NULL && splits[i] != NULL; i++)
    {
      g_autoptr (TsnGalleryListing) listing
          = tsn_gallery_listing_read (root, splits[i], NULL, NULL);

      if (listing != NULL && holds (listing, photo))
        return g_steal_pointer (&listing);
    }
  return NULL;
}

/**
 * tsn_gallery_listing_read_around:
 * @photo: a file
 * @error: from GIO
 *
 * Lists the photos among which @photo lies: those of its split when it belongs to a data set, else
 * those of its folder.  Waits for the disk.
 *
 * Returns: (transfer full) (nullable): what there is.
 */
TsnGalleryListing *
tsn_gallery_listing_read_around (GFile *photo, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (photo);
  TsnGalleryListing *listing;

  if (folder == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (photo);

      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("“%s” lies in no folder."), name);
      return NULL;
    }
  listing = read_dataset_around (folder, photo);
  return listing != NULL ? listing : tsn_gallery_listing_read (folder, NULL, cancellable, error);
}
