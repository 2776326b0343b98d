/* Undo and redo of what a person chose: properties of objects, as they were. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TSN_TYPE_HISTORY (tsn_history_get_type ())
G_DECLARE_FINAL_TYPE (TsnHistory, tsn_history, TSN, HISTORY, GObject)

/**
 * TsnHistory:
 *
 * Notes how tracked properties change.  What changes at once is one step, and so is what goes on
 * changing little by little, as while something is dragged (numbers with a fraction, boxed values).  A step is set, there and back, property by property in
 * the order in which they were tracked: those that others depend on come first.
 *
 * Signals: `changed` () when something else can be undone or redone.
 */

/** So many steps are remembered. */
#define TSN_HISTORY_STEPS 200

TsnHistory *tsn_history_new (void);
void tsn_history_track (TsnHistory *self, gpointer object, const char *property);
void tsn_history_forget (TsnHistory *self);

gboolean tsn_history_can_undo (TsnHistory *self);
gboolean tsn_history_can_redo (TsnHistory *self);
void tsn_history_undo (TsnHistory *self);
void tsn_history_redo (TsnHistory *self);

G_END_DECLS
