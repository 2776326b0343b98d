#include "ui/tsn-hash-cache.h"

#include "core/figure/tsn-figure-maker.h"

#include <glib/gstdio.h>
#include <string.h>

/* What is known of a file. */
typedef struct
{
  gint64 size;
  gint64 time;
  char *hash; /* NULL while it is computed, and for a file that cannot be read */
} Entry;

struct _TsnHashCache
{
  GObject parent_instance;

  GHashTable *entries; /* of path to Entry */
  guint n_running;
};

enum
{
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnHashCache, tsn_hash_cache, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->hash);
  g_free (entry);
}

static void
tsn_hash_cache_finalize (GObject *object)
{
  g_hash_table_unref (TSN_HASH_CACHE (object)->entries);
  G_OBJECT_CLASS (tsn_hash_cache_parent_class)->finalize (object);
}

static void
tsn_hash_cache_class_init (TsnHashCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_hash_cache_finalize;
  signals[SETTLED] = g_signal_new ("settled", TSN_TYPE_HASH_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tsn_hash_cache_init (TsnHashCache *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}

TsnHashCache *
tsn_hash_cache_new (void)
{
  return g_object_new (TSN_TYPE_HASH_CACHE, NULL);
}

static void
hash_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, tsn_study_hash_file (data, NULL), g_free);
}

static void
hashed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnHashCache *self = TSN_HASH_CACHE (object);
  const char *path = g_task_get_task_data (G_TASK (result));
  Entry *entry = g_hash_table_lookup (self->entries, path);

  g_free (entry->hash);
  entry->hash = g_task_propagate_pointer (G_TASK (result), NULL);
  if (--self->n_running == 0)
    g_signal_emit (self, signals[SETTLED], 0);
}

/* Whether the entry is of the file as it is now; if not, it is made so. */
static gboolean
is_fresh (TsnHashCache *self, const char *path)
{
  Entry *entry = g_hash_table_lookup (self->entries, path);
  GStatBuf info;
  gboolean fresh;

  if (g_stat (path, &info) != 0)
    memset (&info, 0, sizeof info);
  fresh = entry != NULL && entry->size == info.st_size && entry->time == info.st_mtime;
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (path), entry);
    }
  entry->size = info.st_size;
  entry->time = info.st_mtime;
  return fresh;
}

/**
 * tsn_hash_cache_ask:
 * @path: (nullable): a file
 *
 * Has a file's hash computed, unless it is known; `settled` tells when.
 */
void
tsn_hash_cache_ask (TsnHashCache *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  if (path == NULL || is_fresh (self, path))
    return;
  self->n_running++;
  task = g_task_new (self, NULL, hashed_cb, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, hash_thread);
}

gboolean
tsn_hash_cache_is_busy (TsnHashCache *self)
{
  return self->n_running > 0;
}

/**
 * tsn_hash_cache_get:
 * @path: (nullable): a file
 *
 * Returns: (transfer none) (nullable): its SHA-256 in lower case, if it is known.
 */
const char *
tsn_hash_cache_get (TsnHashCache *self, const char *path)
{
  const Entry *entry = path != NULL ? g_hash_table_lookup (self->entries, path) : NULL;

  return entry != NULL ? entry->hash : NULL;
}
