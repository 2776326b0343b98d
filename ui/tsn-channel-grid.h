/* All channels of a feature map as small pictures. */
#pragma once

#include "ui/tsn-inspection-result.h"

G_BEGIN_DECLS

#define TSN_TYPE_CHANNEL_GRID (tsn_channel_grid_get_type ())
G_DECLARE_FINAL_TYPE (TsnChannelGrid, tsn_channel_grid, TSN, CHANNEL_GRID, GtkWidget)

/**
 * TsnChannelGrid:
 *
 * Draws the tiles that are in sight, with the numbers of their channels.  A click, or Enter on the
 * tile that the arrow keys chose, activates a channel.
 *
 * Signals: `channel-activated` (guint channel).
 */

TsnChannelGrid *tsn_channel_grid_new (void);
void tsn_channel_grid_set_result (TsnChannelGrid *self, TsnInspectionResult *result);
void tsn_channel_grid_set_channel (TsnChannelGrid *self, guint channel);
guint tsn_channel_grid_get_n_columns (TsnChannelGrid *self);

G_END_DECLS
