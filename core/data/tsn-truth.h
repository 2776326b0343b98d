/* Ground truth: what a task should predict at every pixel of one photo. */
#pragma once

#include "core/base/tsn-tensor.h"
#include "core/data/tsn-label.h"
#include "core/io/tsn-image.h"
#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnTruth:
 * @label: [1, C, H, W], C being 3 for normals and else 1:
 *   classes: class index, %TSN_IGNORED_CLASS where ignored;
 *   edge: share of annotators who drew a boundary there, 0 to 1;
 *   saliency: 0 or 1;
 *   normals: unit vectors (x right, y up, z toward the viewer), 0 where ignored;
 *   depth: metres, 0 where ignored
 * @valid: [1, 1, H, W], 1 where the pixel counts, 0 where it is ignored
 *
 * The label of one photo at the photo's own size.
 */
typedef struct
{
  TsnTensor *label;
  TsnTensor *valid;
} TsnTruth;

/** An edge label counts from this share of annotators on. */
#define TSN_EDGE_SHARE 0.3f

TsnTruth *tsn_truth_new (TsnTaskKind kind, guint width, guint height);
void tsn_truth_free (TsnTruth *truth);

TsnTruth *
tsn_truth_from_classes (const TsnLabel *label, guint n_classes, const char *path, GError **error);
TsnTruth *tsn_truth_from_shares (const TsnLabel *label);
TsnTruth *tsn_truth_from_mask (const TsnLabel *label);
TsnTruth *tsn_truth_from_millimetres (const TsnLabel *label, const char *path, GError **error);
TsnTruth *tsn_truth_from_normals (const TsnImage *image);

TsnTruth *tsn_truth_load (const TsnTask *task, const char *path, GError **error);
gboolean tsn_truth_check_size (const TsnTruth *truth,
                               const TsnImage *photo,
                               const char *path,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTruth, tsn_truth_free)

G_END_DECLS
