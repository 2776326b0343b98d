/* What to ask of a camera that offers several sizes and rates. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GstCaps *tsn_camera_caps_choose (GstCaps *offered);

G_END_DECLS
