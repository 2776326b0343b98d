#include "core/data/tsn-pascal-context.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-mat.h"
#include "core/data/tsn-thin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Number of classes in PASCAL-Context, counted from 1. */
#define N_CLASSES 459

/* The classes whose names NYU Depth v2 uses as well, and tvmonitor, which NYU calls television.
 * Their normals were distilled by a network that had seen such things. */
static const guint16 nyu_classes[] = {
  3,   4,   6,   9,   10,  11,  13,  15,  17,  18,  22,  23,  29,  30,  33,  34,  36,  37,  38,
  39,  41,  43,  46,  49,  50,  51,  53,  55,  56,  59,  61,  62,  65,  66,  68,  69,  72,  73,
  78,  83,  84,  85,  87,  88,  95,  96,  100, 104, 105, 107, 111, 113, 115, 122, 124, 135, 141,
  142, 143, 146, 150, 154, 157, 158, 159, 165, 172, 174, 182, 183, 184, 191, 193, 195, 197, 199,
  202, 213, 215, 216, 219, 220, 223, 225, 228, 230, 232, 233, 238, 239, 242, 243, 246, 250, 251,
  252, 255, 260, 261, 263, 269, 272, 273, 275, 281, 283, 284, 285, 286, 287, 288, 290, 291, 292,
  293, 295, 304, 307, 309, 310, 313, 314, 319, 323, 329, 330, 331, 336, 342, 345, 349, 350, 351,
  352, 355, 357, 368, 370, 371, 374, 379, 380, 383, 384, 397, 401, 403, 405, 407, 408, 411, 412,
  413, 414, 417, 419, 421, 423, 427, 429, 430, 432, 440, 441, 442, 443, 444, 446, 454, 457,
};

/* Mirrors a coordinate at the outermost pixels, which are not repeated. */
static size_t
mirror (gssize i, size_t n)
{
  if (n == 1)
    return 0;
  return i < 0 ? (size_t)-i : (size_t)i >= n ? 2 * n - 2 - (size_t)i : (size_t)i;
}

/* The Laplacian of class numbers, 4-connected. */
static float
laplacian (const TsnMatrix *map, size_t x, size_t y)
{
  size_t w = map->width, h = map->height;
  const float *v = map->values;

  return v[mirror ((gssize)y - 1, h) * w + x] + v[mirror ((gssize)y + 1, h) * w + x]
         + v[y * w + mirror ((gssize)x - 1, w)] + v[y * w + mirror ((gssize)x + 1, w)]
         - 4 * v[y * w + x];
}

/**
 * tsn_pascal_context_load_edges:
 * @path: of a MATLAB file with a matrix “LabelMap”
 * @error: set to %TSN_ERROR_IO or %TSN_ERROR_FORMAT
 *
 * Edges are where the Laplacian of the class map is not zero, thinned to one pixel.
 *
 * Returns: (transfer full): shares that are 0 or 1, or %NULL.
 */
TsnTruth *
tsn_pascal_context_load_edges (const char *path, GError **error)
{
  g_autoptr (TsnMatrix) map = tsn_matrix_load (path, "LabelMap", error);
  g_autoptr (TsnBitmap) edges = NULL;
  TsnTruth *truth;

  if (map == NULL)
    return NULL;
  edges = tsn_bitmap_new (map->width, map->height);
  for (guint y = 0; y < map->height; y++)
    for (guint x = 0; x < map->width; x++)
      if (laplacian (map, x, y) != 0)
        tsn_bitmap_set (edges, x, y);
  tsn_bitmap_thin (edges);
  truth = tsn_truth_new (TSN_TASK_EDGE, map->width, map->height);
  for (guint y = 0; y < map->height; y++)
    for (guint x = 0; x < map->width; x++)
      {
        truth->label->data[(size_t)y * map->width + x] = tsn_bitmap_get (edges, x, y);
        truth->valid->data[(size_t)y * map->width + x] = 1;
      }
  return truth;
}

static void
list_classes (gboolean in_nyu[N_CLASSES + 1])
{
  memset (in_nyu, 0, (N_CLASSES + 1) * sizeof *in_nyu);
  for (guint i = 0; i < G_N_ELEMENTS (nyu_classes); i++)
    in_nyu[nyu_classes[i]] = TRUE;
}

/**
 * tsn_pascal_context_mask_normals:
 * @normals: (inout): the normals of one photo
 * @path: of the photo's MATLAB file with a matrix “LabelMap”
 * @error: set to %TSN_ERROR_IO or %TSN_ERROR_FORMAT, also when the sizes differ
 *
 * Ignores the normals on classes that NYU Depth v2 does not have.
 */
gboolean
tsn_pascal_context_mask_normals (TsnTruth *normals, const char *path, GError **error)
{
  g_autoptr (TsnMatrix) map = tsn_matrix_load (path, "LabelMap", error);
  const size_t *dim = normals->valid->dim;
  gboolean in_nyu[N_CLASSES + 1];
  size_t plane = dim[2] * dim[3];

  if (map == NULL)
    return FALSE;
  if (map->width != dim[3] || map->height != dim[2])
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("The class map “%s” should be %zu x %zu pixels as the normals are, but it is "
                      "%u x %u."),
                   path, dim[3], dim[2], map->width, map->height);
      return FALSE;
    }
  list_classes (in_nyu);
  for (size_t i = 0; i < plane; i++)
    {
      float class = map->values[i];

      if (class >= 0 && class <= N_CLASSES && in_nyu[(guint) class])
        continue;
      normals->valid->data[i] = 0;
      for (int c = 0; c < 3; c++)
        normals->label->data[c * plane + i] = 0;
    }
  return TRUE;
}
