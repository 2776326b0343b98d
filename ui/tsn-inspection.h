/* What the inspector looks at. */
#pragma once

#include "core/figure/tsn-outline.h"
#include "core/figure/tsn-task-space.h"
#include "ui/tsn-document.h"
#include "ui/tsn-inspection-result.h"

G_BEGIN_DECLS

#define TSN_TYPE_INSPECT_MODE (tsn_inspect_mode_get_type ())
GType tsn_inspect_mode_get_type (void);

/**
 * TsnInspectTopic:
 * @TSN_INSPECT_TOPIC_LOOK: choosing a node and how to look at it
 * @TSN_INSPECT_TOPIC_NUMBERS: its statistics and coefficients
 * @TSN_INSPECT_TOPIC_CHANGES: what changes between two tasks
 *
 * What is explained beside the pictures.
 */
typedef enum
{
  TSN_INSPECT_TOPIC_LOOK,
  TSN_INSPECT_TOPIC_NUMBERS,
  TSN_INSPECT_TOPIC_CHANGES,
} TsnInspectTopic;

#define TSN_TYPE_INSPECT_TOPIC (tsn_inspect_topic_get_type ())
GType tsn_inspect_topic_get_type (void);

#define TSN_TYPE_INSPECTION (tsn_inspection_get_type ())
G_DECLARE_FINAL_TYPE (TsnInspection, tsn_inspection, TSN, INSPECTION, GObject)

/**
 * TsnInspection:
 *
 * The node of the network that is looked at, and how.  While it is active it asks the document's
 * predictor for that node's values under the shown tasks (or the two that are compared), draws
 * them on a thread, and does so again for every photo.  Of what arrives while it draws only the
 * newest is drawn.
 *
 * Properties: `node` (string, "" for none), `mode` (#TsnInspectMode), `topic` (#TsnInspectTopic),
 * `channel` (uint), `by-energy` (gboolean), `lock-basis` (gboolean: the colours of principal
 * components stay as they are), `first` and `second` (uint, the tasks that are compared), `active`
 * (gboolean).
 *
 * Signals: `outline-changed` () with the model, `updated` () when there is another result or none,
 * `busy-changed` () when drawing began, was given up or ended.
 */

TsnInspection *tsn_inspection_new (TsnDocument *document);

const TsnOutline *tsn_inspection_get_outline (TsnInspection *self);
const TsnOutlineBlock *tsn_inspection_get_block (TsnInspection *self);
const TsnTaskSpace *tsn_inspection_get_space (TsnInspection *self);
TsnInspectionResult *tsn_inspection_get_result (TsnInspection *self);
gboolean tsn_inspection_is_drawing (TsnInspection *self);
void tsn_inspection_cancel (TsnInspection *self);
gboolean tsn_inspection_is_waiting (TsnInspection *self);

const char *tsn_inspection_get_node (TsnInspection *self);
void tsn_inspection_set_node (TsnInspection *self, const char *node);
TsnInspectMode tsn_inspection_get_mode (TsnInspection *self);
void tsn_inspection_set_mode (TsnInspection *self, TsnInspectMode mode);
TsnInspectTopic tsn_inspection_get_topic (TsnInspection *self);
guint tsn_inspection_get_channel (TsnInspection *self);
void tsn_inspection_show_channel (TsnInspection *self, guint channel);
void tsn_inspection_step_channel (TsnInspection *self, int step);
gboolean tsn_inspection_get_by_energy (TsnInspection *self);
gboolean tsn_inspection_get_lock_basis (TsnInspection *self);
guint tsn_inspection_get_first (TsnInspection *self);
guint tsn_inspection_get_second (TsnInspection *self);
gboolean tsn_inspection_get_active (TsnInspection *self);
void tsn_inspection_set_active (TsnInspection *self, gboolean active);

GSimpleActionGroup *tsn_inspection_make_actions (TsnInspection *self);
void tsn_inspection_install_keys (GtkApplication *application);

G_END_DECLS
