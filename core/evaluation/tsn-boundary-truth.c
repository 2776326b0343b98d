#include "core/evaluation/tsn-boundary-truth.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-label.h"

#include <glib/gi18n-lib.h>

/* In a map of the share of annotators, a pixel counts as a boundary from this share on. */
#define MIN_SHARE 0.3

/**
 * tsn_boundary_truth_new:
 * @annotators: (transfer full) (array length=n_annotators): their maps, all of one size, in an
 *   array from g_malloc()
 * @n_annotators: at least 1
 *
 * Returns: (transfer full): the ground truth of one photo.
 */
TsnBoundaryTruth *
tsn_boundary_truth_new (TsnBitmap **annotators, guint n_annotators)
{
  TsnBoundaryTruth *truth = g_new (TsnBoundaryTruth, 1);

  *truth = (TsnBoundaryTruth){ .width = annotators[0]->width,
                               .height = annotators[0]->height,
                               .n_annotators = n_annotators,
                               .annotators = annotators };
  g_atomic_ref_count_init (&truth->ref_count);
  return truth;
}

TsnBoundaryTruth *
tsn_boundary_truth_ref (TsnBoundaryTruth *truth)
{
  g_atomic_ref_count_inc (&truth->ref_count);
  return truth;
}

void
tsn_boundary_truth_unref (TsnBoundaryTruth *truth)
{
  if (!g_atomic_ref_count_dec (&truth->ref_count))
    return;
  for (guint i = 0; i < truth->n_annotators; i++)
    tsn_bitmap_free (truth->annotators[i]);
  g_free (truth->annotators);
  g_free (truth);
}

static TsnBitmap *
label_to_bitmap (const TsnLabel *label, double min_share)
{
  TsnBitmap *bitmap = tsn_bitmap_new (label->width, label->height);
  double max = tsn_label_get_max (label);
  const guint16 *value = label->values;

  for (guint y = 0; y < label->height; y++)
    for (guint x = 0; x < label->width; x++, value++)
      if (*value > 0 && *value / max >= min_share)
        tsn_bitmap_set (bitmap, x, y);
  return bitmap;
}

/**
 * tsn_boundary_truth_load_mean:
 * @path: of a PNG file that holds at each pixel the share of annotators who drew a boundary there
 * @error: set as by tsn_label_load()
 *
 * Pixels of which at least 0.3 of the annotators say so are taken as one annotator's boundaries.
 *
 * Returns: (transfer full): the ground truth, or %NULL.
 */
TsnBoundaryTruth *
tsn_boundary_truth_load_mean (const char *path, GError **error)
{
  g_autoptr (TsnLabel) label = tsn_label_load (path, error);
  TsnBitmap **annotators;

  if (label == NULL)
    return NULL;
  annotators = g_new (TsnBitmap *, 1);
  annotators[0] = label_to_bitmap (label, MIN_SHARE);
  return tsn_boundary_truth_new (annotators, 1);
}

static char *
build_annotator_path (const char *folder, const char *id, guint annotator)
{
  g_autofree char *file = g_strdup_printf ("%s.%u.png", id, annotator);

  return g_build_filename (folder, file, NULL);
}

static gboolean
load_annotator (const char *path, GPtrArray *annotators, GError **error)
{
  g_autoptr (TsnLabel) label = tsn_label_load (path, error);
  const TsnBitmap *first;

  if (label == NULL)
    return FALSE;
  g_ptr_array_add (annotators, label_to_bitmap (label, 0));
  first = g_ptr_array_index (annotators, 0);
  if (label->width == first->width && label->height == first->height)
    return TRUE;
  g_set_error (
      error, TSN_ERROR, TSN_ERROR_FORMAT,
      _ ("'%s' should be %u x %u pixels as the first annotator's map is, but it is %u x %u."), path,
      first->width, first->height, label->width, label->height);
  return FALSE;
}

/**
 * tsn_boundary_truth_load_annotators:
 * @folder: that holds ID.0.png, ID.1.png and so on
 * @id: of the photo
 * @error: set as by tsn_label_load(), and to %TSN_ERROR_FORMAT when the sizes differ
 *
 * Reads one PNG file per annotator; every pixel that is not 0 is a boundary.
 *
 * Returns: (transfer full): the ground truth, or %NULL.
 */
TsnBoundaryTruth *
tsn_boundary_truth_load_annotators (const char *folder, const char *id, GError **error)
{
  g_autoptr (GPtrArray) annotators =
      g_ptr_array_new_with_free_func ((GDestroyNotify)tsn_bitmap_free);
  size_t n;

  for (guint i = 0;; i++)
    {
      g_autofree char *path = build_annotator_path (folder, id, i);

      if (i > 0 && !g_file_test (path, G_FILE_TEST_EXISTS))
        break;
      if (!load_annotator (path, annotators, error))
        return NULL;
    }
  n = annotators->len;
  return tsn_boundary_truth_new ((TsnBitmap **)g_ptr_array_steal (annotators, NULL), n);
}

/**
 * tsn_boundary_truth_load:
 * @folder: that holds the boundaries of many photos
 * @id: of the photo
 * @error: set to %TSN_ERROR_IO when there is no such file, and as by the functions for each kind
 *
 * Reads ID.mat, else ID.0.png and its fellows, else ID.png.
 *
 * Returns: (transfer full): the ground truth, or %NULL.
 */
TsnBoundaryTruth *
tsn_boundary_truth_load (const char *folder, const char *id, GError **error)
{
  g_autofree char *base = g_build_filename (folder, id, NULL);
  g_autofree char *mat = g_strconcat (base, ".mat", NULL);
  g_autofree char *first = build_annotator_path (folder, id, 0);
  g_autofree char *mean = g_strconcat (base, ".png", NULL);

  if (g_file_test (mat, G_FILE_TEST_EXISTS))
    return tsn_boundary_truth_load_mat (mat, error);
  if (g_file_test (first, G_FILE_TEST_EXISTS))
    return tsn_boundary_truth_load_annotators (folder, id, error);
  if (g_file_test (mean, G_FILE_TEST_EXISTS))
    return tsn_boundary_truth_load_mean (mean, error);
  g_set_error (
      error, TSN_ERROR, TSN_ERROR_IO,
      _ ("'%s' should hold the boundaries of '%s' as %s.mat, %s.0.png or %s.png, but has none "
         "of them."),
      folder, id, id, id, id);
  return NULL;
}
