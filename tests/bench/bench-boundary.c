/* Times the boundary benchmark on photos of 481 x 321 with five annotators.
 *
 * Annotators and predictions are made up: from the boundaries of a folder (ID.png, the share of
 * annotators), or from random closed curves.  Each annotator draws the boundaries displaced by a
 * smooth field of a pixel or two and leaves some out; the prediction is the blurred boundaries
 * over a smooth background of false ones.
 *
 *     bench-boundary [--images N] [--threads N] [--nms] [FOLDER]
 */
#include "core/base/tsn-random.h"
#include "core/data/tsn-label.h"
#include "core/evaluation/tsn-boundary.h"
#include "core/data/tsn-thin.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

#define ANNOTATORS 5

static int option_images = 200;
static int option_threads = 0;
static gboolean option_nms = FALSE;

static const GOptionEntry entries[] = {
  { "images", 0, 0, G_OPTION_ARG_INT, &option_images, "How many photos", "N" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &option_threads, "How many threads (0: all)", "N" },
  { "nms", 0, 0, G_OPTION_ARG_NONE, &option_nms, "Suppress non-maxima first", NULL },
  G_OPTION_ENTRY_NULL
};

/* Boundaries of a made-up photo: the share of annotators at each pixel. */
typedef struct
{
  guint width;
  guint height;
  double *share;
} Scene;

static void
draw_curve (Scene *scene, TsnRandom *random)
{
  double cx = tsn_random_uniform (random) * scene->width;
  double cy = tsn_random_uniform (random) * scene->height;
  double size = 15 + 90 * tsn_random_uniform (random);
  double phase = 6.3 * tsn_random_uniform (random), bend = 0.3 * tsn_random_uniform (random);
  double share = 0.2 + 0.8 * tsn_random_uniform (random);

  for (double t = 0; t < 2 * G_PI; t += 0.3 / size)
    {
      double r = size * (1 + bend * sin (3 * t + phase) + 0.4 * bend * sin (7 * t));
      int x = (int)lrint (cx + r * cos (t)), y = (int)lrint (cy + 0.7 * r * sin (t));

      if (x >= 0 && y >= 0 && x < (int)scene->width && y < (int)scene->height)
        scene->share[(size_t)y * scene->width + x] = share;
    }
}

static void
scene_draw (Scene *scene, TsnRandom *random)
{
  scene->width = 481;
  scene->height = 321;
  scene->share = g_new0 (double, (size_t)scene->width * scene->height);
  for (int i = 0; i < 25; i++)
    draw_curve (scene, random);
}

static gboolean
scene_load (Scene *scene, const char *path, GError **error)
{
  g_autoptr (TsnLabel) label = tsn_label_load (path, error);
  size_t n;

  if (label == NULL)
    return FALSE;
  n = (size_t)label->width * label->height;
  scene->width = label->width;
  scene->height = label->height;
  scene->share = g_new (double, n);
  for (size_t i = 0; i < n; i++)
    scene->share[i] = label->values[i] / (double)tsn_label_get_max (label);
  return TRUE;
}

/* What one annotator draws: all boundaries at least as clear as this annotator asks for, moved by
 * a smooth field, with gaps. */
static TsnBitmap *
draw_annotator (const Scene *scene, TsnRandom *random)
{
  TsnBitmap *bitmap = tsn_bitmap_new (scene->width, scene->height);
  double amplitude = 0.5 + 1.5 * tsn_random_uniform (random);
  double phase = 6.3 * tsn_random_uniform (random), demand = 0.7 * tsn_random_uniform (random);
  guint64 gaps = tsn_random_next (random);

  for (int y = 0; y < (int)scene->height; y++)
    for (int x = 0; x < (int)scene->width; x++)
      {
        double share = scene->share[(size_t)y * scene->width + x];
        int u = x + (int)lrint (amplitude * sin (y / 23.0 + phase));
        int v = y + (int)lrint (amplitude * cos (x / 31.0 + 2 * phase));
        gboolean gap = (gaps >> ((x / 32 * 7 + y / 32) % 64) & 7) == 0;

        if (share > 0 && share >= demand && !gap && u >= 0 && v >= 0 && u < (int)scene->width
            && v < (int)scene->height)
          tsn_bitmap_set (bitmap, u, v);
      }
  tsn_bitmap_thin (bitmap);
  return bitmap;
}

static void
blur_rows (double *map, guint width, guint height)
{
  g_autofree double *line = g_new (double, width);

  for (guint y = 0; y < height; y++)
    {
      double *row = map + (size_t)y * width;

      memcpy (line, row, width * sizeof (double));
      for (guint x = 2; x + 2 < width; x++)
        row[x] = (line[x - 2] + 2 * line[x - 1] + 3 * line[x] + 2 * line[x + 1] + line[x + 2]) / 9;
    }
}

static void
blur_columns (double *map, guint width, guint height)
{
  g_autofree double *copy = g_memdup2 (map, (size_t)width * height * sizeof (double));

  for (guint y = 2; y + 2 < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const double *p = copy + (size_t)y * width + x;
        size_t w = width;

        map[(size_t)y * width + x] =
            (*(p - 2 * w) + 2 * *(p - w) + 3 * p[0] + 2 * p[w] + p[2 * w]) / 9;
      }
}

static double *
draw_prediction (const Scene *scene, TsnRandom *random)
{
  size_t n = (size_t)scene->width * scene->height;
  double *map = g_memdup2 (scene->share, n * sizeof (double));
  g_autofree double *noise = g_new (double, n);

  for (size_t i = 0; i < n; i++)
    noise[i] = tsn_random_normal (random);
  for (int pass = 0; pass < 2; pass++)
    {
      blur_rows (map, scene->width, scene->height);
      blur_columns (map, scene->width, scene->height);
      blur_rows (noise, scene->width, scene->height);
      blur_columns (noise, scene->width, scene->height);
    }
  for (size_t i = 0; i < n; i++)
    map[i] = CLAMP (3 * map[i] + 0.5 * noise[i], 0, 1);
  return map;
}

static int
compare_paths_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
list_folder (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  GPtrArray *paths;
  const char *name;

  if (dir == NULL)
    return NULL;
  paths = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".png"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths_cb);
  return paths;
}

static gboolean
add_scene (TsnBoundary *boundary, const Scene *scene, TsnRandom *random, GError **error)
{
  g_autofree double *map = draw_prediction (scene, random);
  TsnBitmap **annotators = g_new (TsnBitmap *, ANNOTATORS);
  g_autoptr (TsnBoundaryTruth) truth = NULL;

  for (int i = 0; i < ANNOTATORS; i++)
    annotators[i] = draw_annotator (scene, random);
  truth = tsn_boundary_truth_new (annotators, ANNOTATORS);
  return tsn_boundary_add (boundary, map, scene->width, scene->height, truth, error);
}

static gboolean
add_scenes (TsnBoundary *boundary, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  TsnRandom random;

  if (folder != NULL && (paths = list_folder (folder, error)) == NULL)
    return FALSE;
  tsn_random_init (&random, 1);
  for (int i = 0; i < option_images; i++)
    {
      Scene scene;
      gboolean added;

      if (paths == NULL || paths->len == 0)
        scene_draw (&scene, &random);
      else if (!scene_load (&scene, g_ptr_array_index (paths, i % paths->len), error))
        return FALSE;
      added = add_scene (boundary, &scene, &random, error);
      g_free (scene.share);
      if (!added)
        return FALSE;
    }
  return TRUE;
}

static void
report (TsnBoundary *boundary, gint64 start)
{
  TsnBoundaryOptions defaults = TSN_BOUNDARY_OPTIONS_INIT;
  TsnBoundaryResult result;
  struct rusage usage;
  double seconds;

  tsn_boundary_result (boundary, &result);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%zu photos, %u thresholds, %d annotators: %.2f s (%.2f s of CPU), %.0f MB at most\n",
           result.images, defaults.thresholds, ANNOTATORS, seconds,
           usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6, usage.ru_maxrss / 1024.0);
  g_print ("%.1f us a matching; ODS %.4f at %.3f, OIS %.4f, AP %.4f, R50 %.4f\n",
           seconds * 1e6 / (result.images * (double)defaults.thresholds * ANNOTATORS), result.ods.f,
           result.ods.threshold, result.ois.f, result.average_precision, result.r50);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[FOLDER]");
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnPool) pool = NULL;
  g_autoptr (TsnBoundary) boundary = NULL;
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  gint64 start = g_get_monotonic_time ();

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  pool = tsn_pool_new (MAX (option_threads, 0));
  options.suppress = option_nms;
  boundary = tsn_boundary_new (&options, pool);
  if (!add_scenes (boundary, argc > 1 ? argv[1] : NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  report (boundary, start);
  return 0;
}
