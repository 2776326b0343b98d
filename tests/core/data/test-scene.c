#include "core/data/tsn-data-check.h"
#include "core/data/tsn-scene-view.h"
#include "tests/core/data/data-fixture.h"

#include <math.h>
#include <string.h>

/* Class indices of PASCAL VOC that scenes have besides background. */
static const guint8 classes[] = { 5, 9, 11, 12, 15, 16, 18, 20 };

static void
add_shape (TsnScene *scene, TsnShape shape)
{
  shape.axis[0] = tsn_vec3 (1, 0, 0);
  shape.axis[1] = tsn_vec3 (0, 1, 0);
  shape.axis[2] = tsn_vec3 (0, 0, 1);
  shape.material = tsn_scene_add_material (scene, &(TsnMaterial){ .colour = { 1, 1, 1 } });
  shape.segment = tsn_scene_add_segment (scene);
  tsn_scene_add_shape (scene, &shape);
  tsn_scene_end_thing (scene);
}

static gboolean
shoot (const TsnScene *scene, double x, double y, TsnHit *hit)
{
  TsnRay ray = tsn_ray (tsn_vec3 (x, y, 10), tsn_vec3 (0, 0, -1));

  return tsn_scene_trace (scene, &ray, TRUE, hit);
}

/* Rays that fall straight down on a ball meet it where its equation says. */
static void
test_ball (void)
{
  static const TsnShape balls[] = {
    { .kind = TSN_SHAPE_ELLIPSOID, .half = { 2, 2, 2 } },
    { .kind = TSN_SHAPE_BOX, .half = { 2, 2, 2 }, .round = 2 },
    /* A round cone whose balls coincide but for a hair. */
    { .kind = TSN_SHAPE_ROUND_CONE, .half = { 2, 2, 2 }, .low = 2, .high = 2, .length = 1e-9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (balls); i++)
    {
      g_autoptr (TsnScene) scene = tsn_scene_new_empty ();
      TsnHit hit;

      add_shape (scene, balls[i]);
      for (double x = -1.9; x < 1.9; x += 0.1)
        for (double y = -1.9; y < 1.9; y += 0.1)
          {
            double z = 4 - x * x - y * y;

            if (z < 0.01)
              continue;
            g_assert_true (shoot (scene, x, y, &hit));
            g_assert_cmpfloat_with_epsilon (hit.t, 10 - sqrt (z), 1e-3);
            g_assert_cmpfloat_with_epsilon (hit.normal.x, x / 2, 2e-3);
            g_assert_cmpfloat_with_epsilon (hit.normal.y, y / 2, 2e-3);
            g_assert_cmpfloat_with_epsilon (hit.normal.z, sqrt (z) / 2, 2e-3);
          }
      g_assert_false (shoot (scene, 1.5, 1.5, &hit));
    }
}

static void
test_cylinder_and_box (void)
{
  g_autoptr (TsnScene) scene = tsn_scene_new_empty ();
  TsnHit hit;

  add_shape (scene, (TsnShape){ .kind = TSN_SHAPE_CYLINDER, .half = { 1, 2, 1 } });
  add_shape (scene,
             (TsnShape){ .kind = TSN_SHAPE_BOX, .centre = { 5, 0, 0 }, .half = { 1, 2, 3 } });
  g_assert_true (shoot (scene, 0.6, 1.9, &hit));
  g_assert_cmpfloat_with_epsilon (hit.t, 10 - 0.8, 1e-4);
  g_assert_cmpfloat_with_epsilon (hit.normal.x, 0.6, 1e-3);
  g_assert_cmpfloat_with_epsilon (hit.normal.y, 0, 1e-3);
  g_assert_false (shoot (scene, 0.6, 2.1, &hit));
  g_assert_true (shoot (scene, 5.5, -1.5, &hit));
  g_assert_cmpfloat_with_epsilon (hit.t, 7, 1e-9);
  g_assert_cmpfloat (hit.normal.z, ==, 1);
  g_assert_cmpuint (hit.shape->segment, ==, 2);
}

/* The side of a limb touches both of its balls. */
static void
test_limb (void)
{
  g_autoptr (TsnScene) scene = tsn_scene_new_empty ();
  TsnHit hit;

  add_shape (
      scene,
      (TsnShape){
          .kind = TSN_SHAPE_ROUND_CONE, .half = { 1, 3, 1 }, .low = 1, .high = 0.5, .length = 4 });
  g_assert_true (shoot (scene, 0, -2.9, &hit)); /* the ball at the lower end */
  g_assert_cmpfloat_with_epsilon (hit.t, 10 - sqrt (1 - 0.81), 1e-3);
  g_assert_true (shoot (scene, 0, 2.4, &hit)); /* the one at the upper end */
  g_assert_cmpfloat_with_epsilon (hit.t, 10 - sqrt (0.25 - 0.16), 1e-3);
  g_assert_true (shoot (scene, 0, 0, &hit)); /* a straight line between them */
  g_assert_cmpfloat_with_epsilon (hit.t, 10 - 0.75 / sqrt (1 - 1 / 64.0), 1e-3);
  g_assert_cmpfloat_with_epsilon (hit.normal.y, 0.125, 1e-3);
}

/* A wall at a known distance, seen straight on, with a pane of glass in front. */
static void
test_wall (void)
{
  g_autoptr (TsnScene) scene = tsn_scene_new_empty ();
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnSceneView) view = NULL;
  TsnHit hit;
  TsnRay ahead = tsn_ray (tsn_vec3 (0, 0, 0), tsn_vec3 (0, 0, -1));

  add_shape (scene, (TsnShape){ .kind = TSN_SHAPE_BOX,
                                .centre = { 0, 0, -4 },
                                .half = { 9, 9, 0.5 },
                                .class_index = 7 });
  view = tsn_scene_view_new (scene, 32, 24, 1, pool);
  for (guint i = 0; i < 32 * 24; i++)
    {
      g_assert_cmpfloat_with_epsilon (view->depth[i], 3.5, 1e-6);
      g_assert_cmpfloat_with_epsilon (view->normals[2 * 32 * 24 + i], 1, 1e-6);
      g_assert_cmpuint (view->semseg[i], ==, 7);
      g_assert_cmpuint (view->edge[i], ==, 0);
    }
  add_shape (scene, (TsnShape){ .kind = TSN_SHAPE_BOX,
                                .centre = { 0, 0, -2 },
                                .half = { 1, 1, 0.01 },
                                .glass = TRUE });
  g_assert_true (tsn_scene_trace (scene, &ahead, TRUE, &hit));
  g_assert_cmpfloat_with_epsilon (hit.t, 1.99, 1e-6);
  g_assert_true (tsn_scene_trace (scene, &ahead, FALSE, &hit));
  g_assert_cmpfloat_with_epsilon (hit.t, 3.5, 1e-6);
  g_assert_false (tsn_scene_is_blocked (scene, &ahead, 3));
  g_assert_true (tsn_scene_is_blocked (scene, &ahead, 4));
}

/* Whatever room a seed makes, its labels agree with each other. */
static void
test_labels_agree (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  guint seen[256] = { 0 }, parts[7] = { 0 }, edges = 0, pixels = 0;

  for (guint64 seed = 0; seed < 12; seed++)
    {
      enum
      {
        width = 96,
        height = 72,
        plane = width * height,
      };
      g_autoptr (TsnScene) scene = tsn_scene_new (seed);
      g_autoptr (TsnSceneView) view = tsn_scene_view_new (scene, width, height, 1, pool);

      for (guint i = 0; i < plane; i++)
        {
          const float *n = view->normals + i;
          guint8 class = view->semseg[i];

          seen[class]++;
          g_assert_cmpuint (view->human_parts[i], <, 7);
          parts[view->human_parts[i]]++;
          g_assert_cmpint (view->human_parts[i] != 0, ==, class == 15);
          g_assert_cmpint (view->saliency[i], ==, class == 15 || class == 12);
          g_assert_cmpfloat (view->depth[i], >, 0.3);
          g_assert_cmpfloat (view->depth[i], <, 10);
          g_assert_cmpfloat_with_epsilon (
              n[0] * n[0] + n[plane] * n[plane] + n[2 * plane] * n[2 * plane], 1, 1e-5);
          edges += view->edge[i];
          pixels++;
        }
    }
  g_assert_cmpuint (seen[0], >, pixels / 3);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    g_assert_cmpuint (seen[classes[i]], >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_cmpuint (parts[i], >, 0);
  g_assert_cmpuint (edges, >, pixels / 50);
  g_assert_cmpuint (edges, <, pixels / 4);
}

/* Depth and normals fit together: on smooth surfaces, neighbouring points lie in the plane that
 * the normal tells. */
static void
test_depth_and_normals_agree (void)
{
  enum
  {
    width = 160,
    height = 120,
    plane = width * height,
  };
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnScene) scene = tsn_scene_new (3);
  g_autoptr (TsnSceneView) view = tsn_scene_view_new (scene, width, height, 1, pool);
  double step = 2 * scene->camera.tangent / height;
  guint close = 0, all = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x + 1 < width; x++)
      {
        guint i = y * width + x;
        double u = step * (x + 0.5 - width / 2.0), v = -step * (y + 0.5 - height / 2.0);
        double a = view->depth[i], b = view->depth[i + 1];
        double dx = (u + step) * b - u * a, dy = v * b - v * a, dz = a - b;
        double off = view->normals[i] * dx + view->normals[plane + i] * dy
                     + view->normals[2 * plane + i] * dz;

        if (view->segment[i] != view->segment[i + 1])
          continue;
        all++;
        close += fabs (off) < 0.15 * sqrt (dx * dx + dy * dy + dz * dz);
      }
  g_assert_cmpuint (all, >, plane / 2);
  g_assert_cmpuint (close, >, all * 9 / 10);
}

static void
test_reproducible (void)
{
  g_autoptr (TsnPool) one = tsn_pool_new (1);
  g_autoptr (TsnPool) three = tsn_pool_new (3);
  g_autoptr (TsnScene) a = tsn_scene_new (8);
  g_autoptr (TsnScene) b = tsn_scene_new (8);
  g_autoptr (TsnScene) c = tsn_scene_new (9);
  g_autoptr (TsnSceneView) x = tsn_scene_view_new (a, 48, 32, 2, one);
  g_autoptr (TsnSceneView) y = tsn_scene_view_new (b, 48, 32, 2, three);
  g_autoptr (TsnSceneView) z = tsn_scene_view_new (c, 48, 32, 2, three);
  size_t n = 48 * 32;

  g_assert_cmpmem (x->photo->pixels, 3 * n, y->photo->pixels, 3 * n);
  g_assert_cmpmem (x->segment, 2 * n, y->segment, 2 * n);
  g_assert_cmpmem (x->depth, 4 * n, y->depth, 4 * n);
  g_assert_cmpint (memcmp (x->photo->pixels, z->photo->pixels, 3 * n), !=, 0);
}

static void
assert_task (const TsnDataset *dataset,
             const char *name,
             TsnTaskKind kind,
             guint channels,
             const TsnSceneView *view)
{
  g_autoptr (TsnTask) task = tsn_task_new (name, kind, channels);
  g_autoptr (TsnImage) photo = NULL;
  g_autoptr (TsnTruth) truth = NULL;
  g_autoptr (GError) error = NULL;
  size_t n = (size_t) view->width * view->height;

  g_assert_true (tsn_dataset_load (dataset, 0, task, &photo, &truth, &error));
  for (size_t i = 0; i < n; i++)
    {
      g_assert_cmpfloat (truth->valid->data[i], ==, 1);
      if (kind == TSN_TASK_EDGE)
        g_assert_cmpfloat (truth->label->data[i], ==, view->edge[i]);
      else if (kind == TSN_TASK_SALIENCY)
        g_assert_cmpfloat (truth->label->data[i], ==, view->saliency[i]);
      else if (kind == TSN_TASK_DEPTH)
        g_assert_cmpfloat_with_epsilon (truth->label->data[i], view->depth[i], 5.1e-4);
      else if (kind == TSN_TASK_NORMALS)
        for (guint c = 0; c < 3; c++)
          g_assert_cmpfloat_with_epsilon (truth->label->data[c * n + i], view->normals[c * n + i],
                                          0.01);
      else
        g_assert_cmpfloat (truth->label->data[i], ==,
                           channels == 7 ? view->human_parts[i] : view->semseg[i]);
    }
}

/* What is written is read again as the same labels, and the checker finds nothing wrong. */
static void
test_files (void)
{
  char *root = data_fixture_new ();
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnScene) scene = tsn_scene_new (2);
  g_autoptr (TsnSceneView) view = tsn_scene_view_new (scene, 64, 48, 1, pool);
  TsnDataCheckOptions options = { .splits = (const char *const[]){ "train", NULL } };
  g_autoptr (TsnDataset) dataset = NULL;
  g_autoptr (TsnDataCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_scene_view_save (view, root, "a", FALSE, &error));
  data_fixture_text (root, "splits/train.txt", "a\n");
  check = tsn_data_check (root, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check->problems->len, ==, 0);
  dataset = tsn_dataset_open (root, NULL, "train", &error);
  g_assert_no_error (error);
  assert_task (dataset, "semseg", TSN_TASK_CLASSES, 21, view);
  assert_task (dataset, "human_parts", TSN_TASK_CLASSES, 7, view);
  assert_task (dataset, "edge", TSN_TASK_EDGE, 1, view);
  assert_task (dataset, "saliency", TSN_TASK_SALIENCY, 1, view);
  assert_task (dataset, "normals", TSN_TASK_NORMALS, 3, view);
  assert_task (dataset, "depth", TSN_TASK_DEPTH, 1, view);
  data_fixture_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/scene/ball", test_ball);
  g_test_add_func ("/data/scene/cylinder-and-box", test_cylinder_and_box);
  g_test_add_func ("/data/scene/limb", test_limb);
  g_test_add_func ("/data/scene/wall", test_wall);
  g_test_add_func ("/data/scene/labels-agree", test_labels_agree);
  g_test_add_func ("/data/scene/depth-and-normals-agree", test_depth_and_normals_agree);
  g_test_add_func ("/data/scene/reproducible", test_reproducible);
  g_test_add_func ("/data/scene/files", test_files);
  return g_test_run ();
}
