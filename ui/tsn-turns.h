/* Work of widgets that waits for turns of the main loop of its own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnTurn:
 * @owner: whose work it is
 */
typedef void (*TsnTurn) (gpointer owner);

/* Main thread only.  Whoever adds work takes it back when it is disposed of. */
void tsn_turns_add (gpointer owner, TsnTurn work);
void tsn_turns_remove (gpointer owner);
gboolean tsn_turns_are_due (void);

G_END_DECLS
