/* Ten steps over five tasks on drawn rooms, from photos on disk to losses, are those of a run that
 * was stored: tests/golden/golden-run.csv, the log.csv of the run with the portable kernels. */
#include "core/data/tsn-scene-view.h"
#include "core/training/tsn-train-run.h"
#include "data-fixture.h"

#include <math.h>
#include <string.h>

#define N_SCENES 5
#define STEPS 10

/* Instruction sets add up in different orders.  Adam divides by the size of each gradient; the
 * epsilon below keeps that from making much of small ones' rounding errors, so that losses differ by
 * up to 4e-4 relative, where a wrong gradient or augmentation changes them by far more. */
#define TOLERANCE 1e-3

static const char config_text[] = "[network]\n"
                                  "tasks=everyday:semseg,edge,saliency,normals,depth\n"
                                  "width=0.125\n"
                                  "code-length=4\n"
                                  "[data]\n"
                                  "width=128\n"
                                  "height=128\n"
                                  "batch=2\n"
                                  "[source semseg]\n"
                                  "task=semseg\n"
                                  "folder=rooms\n"
                                  "[source edge]\n"
                                  "task=edge\n"
                                  "folder=rooms\n"
                                  "[source saliency]\n"
                                  "task=saliency\n"
                                  "folder=rooms\n"
                                  "[source normals]\n"
                                  "task=normals\n"
                                  "folder=rooms\n"
                                  "[source depth]\n"
                                  "task=depth\n"
                                  "folder=rooms\n"
                                  "[optimiser]\n"
                                  "kind=adam\n"
                                  "rate=3e-4\n"
                                  "epsilon=1e-3\n"
                                  "[training]\n"
                                  "steps=10\n"
                                  "switch=batch\n";

static void
draw_rooms (const char *root)
{
  g_autofree char *set = data_fixture_path (root, "rooms");
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (GString) train = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_SCENES; i++)
    {
      g_autoptr (TsnScene) scene = tsn_scene_new (1 + i);
      g_autoptr (TsnSceneView) view = tsn_scene_view_new (scene, 160, 144, 2, pool);
      g_autofree char *id = g_strdup_printf ("%u", i);

      tsn_scene_view_save (view, set, id, TRUE, &error);
      g_assert_no_error (error);
      if (i + 1 < N_SCENES)
        g_string_append_printf (train, "%u\n", i);
    }
  data_fixture_text (root, "rooms/splits/train.txt", train->str);
  data_fixture_text (root, "rooms/splits/val.txt", "4\n");
}

/* Returns: (transfer full): the log of a run with that many threads. */
static char *
train (const char *root, guint threads)
{
  g_autofree char *config_path = data_fixture_path (root, "config.ini");
  g_autofree char *name = g_strdup_printf ("run-%u", threads);
  g_autofree char *folder = data_fixture_path (root, name);
  g_autofree char *log_path = g_build_filename (folder, "log.csv", NULL);
  g_autofree char *override = g_strconcat ("data.root=", root, NULL);
  const char *const overrides[] = { override, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTrainConfig) config = tsn_train_config_load (config_path, overrides, &error);
  g_autoptr (TsnPool) pool = tsn_pool_new (threads);
  char *log = NULL;

  g_assert_no_error (error);
  tsn_train_run (&(TsnTrainOptions){ .config = config, .folder = folder, .pool = pool }, &error);
  g_assert_no_error (error);
  g_file_get_contents (log_path, &log, NULL, &error);
  g_assert_no_error (error);
  return log;
}

/* Fields of a line: step, round, kind, task, loss, gradient, rate. */
static void
compare_line (const char *found, const char *expected)
{
  g_auto (GStrv) a = g_strsplit (found, ",", 0);
  g_auto (GStrv) b = g_strsplit (expected, ",", 0);
  double loss, wanted;

  g_assert_cmpuint (g_strv_length (a), ==, 7);
  g_assert_cmpuint (g_strv_length (b), ==, 7);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
  loss = g_ascii_strtod (a[4], NULL);
  wanted = g_ascii_strtod (b[4], NULL);
  g_test_message ("%s %s %s: %g, off by %.1e", a[0], a[2], a[3], loss, loss / wanted - 1);
  g_assert_cmpfloat_with_epsilon (loss, wanted, TOLERANCE * fabs (wanted));
}

static guint
compare_logs (const char *found, const char *expected)
{
  g_auto (GStrv) a = g_strsplit (found, "\n", 0);
  g_auto (GStrv) b = g_strsplit (expected, "\n", 0);
  guint steps = 0;

  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
  g_assert_cmpstr (a[0], ==, b[0]);
  for (guint i = 1; a[i] != NULL && *a[i] != '\0'; i++)
    {
      compare_line (a[i], b[i]);
      steps += strstr (a[i], ",train,") != NULL;
    }
  return steps;
}

static void
test_golden_run (void)
{
  char *root = data_fixture_new ();
  g_autofree char *golden_path
      = g_test_build_filename (G_TEST_DIST, "golden", "golden-run.csv", NULL);
  g_autofree char *golden = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr (GError) error = NULL;

  draw_rooms (root);
  data_fixture_text (root, "config.ini", config_text);
  one = train (root, 1);
  two = train (root, 2);
  g_assert_cmpstr (one, ==, two);
  g_test_message ("%s", one);
  g_file_get_contents (golden_path, &golden, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (compare_logs (one, golden), ==, STEPS);
  data_fixture_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/golden/run", test_golden_run);
  return g_test_run ();
}
