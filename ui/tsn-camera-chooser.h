/* Which camera gives the pictures, to be chosen by a person. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-live.h"

G_BEGIN_DECLS

#define TSN_TYPE_CAMERA_CHOOSER (tsn_camera_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TsnCameraChooser, tsn_camera_chooser, TSN, CAMERA_CHOOSER, AdwBin)

/**
 * TsnCameraChooser:
 *
 * A button that says which camera is in use, with a menu of those that are connected.  It is a menu
 * because a drop-down selects by itself what a list begins with, or the neighbour of what went, as
 * if somebody had chosen it.
 */

void tsn_camera_chooser_set_live (TsnCameraChooser *self, TsnLive *live);

G_END_DECLS
