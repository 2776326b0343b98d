/* Messages at the foot of a window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TsnToaster:
 * @toast: (private): weak: the newest message, as long as it is there
 * @time: (private): since when it is there
 *
 * Shows one message at a time, the newest.  A struct inside a window's, zero at first.
 */
typedef struct
{
  AdwToast *toast;
  gint64 time;
} TsnToaster;

void tsn_toaster_say (TsnToaster *self,
                      AdwToastOverlay *overlay,
                      const char *text,
                      const char *button,
                      const char *action);
void tsn_toaster_clear (TsnToaster *self);

G_END_DECLS
