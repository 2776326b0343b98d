/* How long each step of a pass takes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnProfileEntry:
 * @name: the node that the step makes
 * @method: how ("winograd", "direct", "upsampled", ...); static
 * @runs: how often it ran
 * @macs: multiply-accumulates of the plain algorithm in all runs: what they would cost without tricks
 * @seconds: of all runs
 */
typedef struct
{
  char *name;
  const char *method;
  guint64 macs;
  guint runs;
  double seconds;
} TsnProfileEntry;

/**
 * TsnProfile:
 *
 * A table of #TsnProfileEntry in the order in which steps first ran.
 */
typedef GPtrArray TsnProfile;

TsnProfile *tsn_profile_new (void);
void tsn_profile_add (
    TsnProfile *profile, const char *name, const char *method, guint64 macs, gint64 start);
const TsnProfileEntry *tsn_profile_get (const TsnProfile *profile, guint index);

G_END_DECLS
