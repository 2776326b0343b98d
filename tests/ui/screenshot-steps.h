/* What can be done to the window before it is drawn. */
#pragma once

#include "ui/tsn-window.h"

G_BEGIN_DECLS

/**
 * screenshot_take_step:
 * @step: an action with its parameter, as "win.layout('overlay')", or one of
 *   - shot FILE: draws what is in front
 *   - size WxH: of the window
 *   - light, dark: colours
 *   - probe X,Y: points at a pixel of the photo
 *   - node NAME: the inspector looks at a node
 *   - weights W,W,...: of the blend
 *   - press TEXT: the button in front with this label, name or tooltip (or the beginning of it)
 *   - choose N TEXT: item N of the drop-down that holds TEXT in its tooltip or name
 *   - scroll FRACTION: everything that scrolls upright in front
 *   - camera none|works|refused|busy|unplugged: plugs a camera in and opens it
 *   - second FILE: loads a second model
 *   - close: the dialog in front
 *   - pause SECONDS
 *
 * Returns: whether there was anything to do it to.
 */
gboolean screenshot_take_step (TsnWindow *window, const char *step);

void screenshot_wait (TsnDocument *document);
void screenshot_set_dark (gboolean dark);
void screenshot_point_at (TsnWindow *window, const char *place);
gboolean screenshot_save (TsnWindow *window, const char *path);

G_END_DECLS
