/* The boundaries that annotators drew into one photo. */
#pragma once

#include "core/data/tsn-bitmap.h"

G_BEGIN_DECLS

/**
 * TsnBoundaryTruth:
 * @width: in pixels
 * @height: in pixels
 * @n_annotators: how many maps there are, at least 1
 * @annotators: (array length=n_annotators): the map of each, all of the same size
 *
 * Reference-counted and immutable.
 */
typedef struct _TsnBoundaryTruth TsnBoundaryTruth;

struct _TsnBoundaryTruth
{
  guint width;
  guint height;
  guint n_annotators;
  TsnBitmap **annotators;

  /*< private >*/
  gatomicrefcount ref_count;
};

TsnBoundaryTruth *tsn_boundary_truth_new (TsnBitmap **annotators, guint n_annotators);
TsnBoundaryTruth *tsn_boundary_truth_load (const char *folder, const char *id, GError **error);
TsnBoundaryTruth *tsn_boundary_truth_load_mean (const char *path, GError **error);
TsnBoundaryTruth *
tsn_boundary_truth_load_annotators (const char *folder, const char *id, GError **error);
TsnBoundaryTruth *tsn_boundary_truth_load_mat (const char *path, GError **error);
TsnBoundaryTruth *tsn_boundary_truth_ref (TsnBoundaryTruth *truth);
void tsn_boundary_truth_unref (TsnBoundaryTruth *truth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnBoundaryTruth, tsn_boundary_truth_unref)

G_END_DECLS
