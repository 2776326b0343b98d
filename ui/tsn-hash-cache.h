/* SHA-256 of model files, computed on threads and remembered. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TSN_TYPE_HASH_CACHE (tsn_hash_cache_get_type ())
G_DECLARE_FINAL_TYPE (TsnHashCache, tsn_hash_cache, TSN, HASH_CACHE, GObject)

/**
 * TsnHashCache:
 *
 * Knows files by path, size and time of change.
 *
 * Signals: `settled` () when all that was asked for is known, or known to be unreadable.
 */

TsnHashCache *tsn_hash_cache_new (void);
void tsn_hash_cache_ask (TsnHashCache *self, const char *path);
gboolean tsn_hash_cache_is_busy (TsnHashCache *self);
const char *tsn_hash_cache_get (TsnHashCache *self, const char *path);

G_END_DECLS
