/* What a task predicts and how its numbers are to be read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnTaskKind:
 * @TSN_TASK_CLASSES: logits of classes (semantic segmentation, human parts)
 * @TSN_TASK_EDGE: logit of being a boundary
 * @TSN_TASK_SALIENCY: logit of being salient
 * @TSN_TASK_NORMALS: a vector, x right, y up, z toward the viewer, of any length
 * @TSN_TASK_DEPTH: depth in metres
 *
 * How the channels of a task are read.  Everything that differs between tasks (colours, legends,
 * file formats, losses, metrics) follows from the kind, never from the task's name.
 */
typedef enum
{
  TSN_TASK_CLASSES,
  TSN_TASK_EDGE,
  TSN_TASK_SALIENCY,
  TSN_TASK_NORMALS,
  TSN_TASK_DEPTH,
} TsnTaskKind;

/** The most channels a task may have: class indices are stored in 8 bits, 255 means "ignored". */
#define TSN_MAX_CLASSES 255

/**
 * TsnTask:
 * @name: identifier, as in file names and options ("semseg")
 * @title: what people read ("Semantic segmentation")
 * @kind: how the channels are read
 * @channels: number of output channels; the number of classes for %TSN_TASK_CLASSES
 * @class_names: (nullable) (array length=channels): for %TSN_TASK_CLASSES
 * @colours: (nullable) (array length=channels): 0xRRGGBB per class, for %TSN_TASK_CLASSES
 * @unit: (nullable): unit of the values ("m")
 *
 * One task of a network.  Immutable once it belongs to a list.
 */
typedef struct
{
  char *name;
  char *title;
  TsnTaskKind kind;
  guint channels;
  char **class_names;
  guint32 *colours;
  char *unit;
} TsnTask;

TsnTask *tsn_task_new (const char *name, TsnTaskKind kind, guint channels);
TsnTask *tsn_task_new_classes (const char *name, const char *const *class_names);
TsnTask *tsn_task_copy (const TsnTask *task);
void tsn_task_free (TsnTask *task);

const char *tsn_task_kind_get_name (TsnTaskKind kind);
gboolean tsn_task_kind_from_name (const char *name, TsnTaskKind *kind);
gboolean tsn_task_guess (const char *name, guint channels, TsnTask **task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTask, tsn_task_free)

G_END_DECLS
