/* How the pad of a blend looks. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-blend.h"
#include "ui/tsn-pad-layout.h"

G_BEGIN_DECLS

/**
 * TsnPadTitles:
 *
 * The tasks' titles in the font of a widget, on one line and on two.
 */
typedef struct _TsnPadTitles TsnPadTitles;

TsnPadTitles *tsn_pad_titles_new (GtkWidget *widget, TsnBlend *blend);
void tsn_pad_titles_free (TsnPadTitles *titles);
const TsnPadLabel *tsn_pad_titles_get_labels (const TsnPadTitles *titles);

void tsn_blend_pad_draw (GtkWidget *widget,
                         GtkSnapshot *snapshot,
                         TsnBlend *blend,
                         const TsnPadLayout *layout,
                         const TsnPadTitles *titles);

G_END_DECLS
