/* What there is to say about a camera or a video, in the language of the person. */
#pragma once

#include "ui/tsn-live.h"

G_BEGIN_DECLS

const char *tsn_live_text_title (TsnLive *live);
char *tsn_live_text_description (TsnLive *live);
const char *tsn_live_text_camera (TsnCamera *camera);
char *tsn_live_text_time (gint64 nanoseconds);

G_END_DECLS
