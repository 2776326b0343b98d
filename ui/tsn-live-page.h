/* What is in sight instead of panes while a camera or a video has no frame to show. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-live.h"

G_BEGIN_DECLS

#define TSN_TYPE_LIVE_PAGE (tsn_live_page_get_type ())
G_DECLARE_FINAL_TYPE (TsnLivePage, tsn_live_page, TSN, LIVE_PAGE, AdwBin)

void tsn_live_page_set_live (TsnLivePage *self, TsnLive *live);

G_END_DECLS
