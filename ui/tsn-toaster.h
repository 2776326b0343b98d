/* Messages at the foot of a window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TsnToaster:
 * @toast: (private): weak: the newest message, as long as it is there
 * @overlay: (private): weak: where it slides in, until it has
 * @tick: (private): what counts the time of that, or 0
 * @start: (private): the time of its first frame, in microseconds, or 0
 *
 * Shows one message at a time, the newest.  A struct inside a window's, zero at first.
 */
typedef struct
{
  AdwToast *toast;
  AdwToastOverlay *overlay;
  guint tick;
  gint64 start;
} TsnToaster;

void tsn_toaster_say (TsnToaster *self,
                      AdwToastOverlay *overlay,
                      const char *text,
                      const char *button,
                      const char *action);
void tsn_toaster_clear (TsnToaster *self);

G_END_DECLS
