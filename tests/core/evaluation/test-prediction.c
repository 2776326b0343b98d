/* Predictions: resizing, and files of every kind. */
#include "core/evaluation/tsn-prediction-file.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-array.h"
#include "tests/core/data/data-fixture.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->root = data_fixture_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  data_fixture_free (fixture->root);
}

/* Writes a .npy file of any type, order and version. */
static void
write_npy (Fixture *fixture,
           const char *name,
           int version,
           const char *dictionary,
           const void *values,
           size_t bytes)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  size_t length = strlen (dictionary);
  const guint8 preamble[]
      = { 0x93, 'N', 'U', 'M', 'P', 'Y', version, 0, length & 0xff, length >> 8, 0, 0 };

  g_byte_array_append (file, preamble, version == 1 ? 10 : 12);
  g_byte_array_append (file, (const guint8 *) dictionary, length);
  g_byte_array_append (file, values, bytes);
  data_fixture_bytes (fixture->root, name, file->data, file->len);
}

static TsnEstimate *
load (Fixture *fixture, const TsnTask *task, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (fixture->root, name, NULL);

  return tsn_prediction_load (task, path, error);
}

static void
assert_refuses (Fixture *fixture, const TsnTask *task, const char *name, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnEstimate) prediction = load (fixture, task, name, &error);

  g_assert_null (prediction);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == TSN_ERROR);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_resize_numbers (void)
{
  g_autoptr (TsnEstimate) small = tsn_estimate_new (TSN_TASK_DEPTH, 2, 1);
  g_autoptr (TsnEstimate) large = NULL;
  const float wanted[] = { 1, 1.5f, 2.5f, 3 };

  small->planes[0] = 1;
  small->planes[1] = 3;
  large = tsn_estimate_resize (small, 4, 2);
  for (guint y = 0; y < 2; y++)
    for (guint x = 0; x < 4; x++)
      g_assert_cmpfloat (large->planes[4 * y + x], ==, wanted[x]);
}

static void
test_resize_classes (void)
{
  g_autoptr (TsnEstimate) small = tsn_estimate_new (TSN_TASK_CLASSES, 3, 1);
  g_autoptr (TsnEstimate) large = NULL;
  g_autoptr (TsnEstimate) one = NULL;

  memcpy (small->classes, "\1\7\4", 3);
  large = tsn_estimate_resize (small, 6, 1);
  g_assert_cmpmem (large->classes, 6, "\1\1\7\7\4\4", 6);
  one = tsn_estimate_resize (small, 1, 1);
  g_assert_cmpuint (one->classes[0], ==, 7);
}

static void
test_resize_keeps_equal (void)
{
  g_autoptr (TsnEstimate) map = tsn_estimate_new (TSN_TASK_EDGE, 5, 7);
  g_autoptr (TsnEstimate) other = NULL;

  for (guint i = 0; i < 35; i++)
    map->shares[i] = 0.07;
  other = tsn_estimate_resize (map, 9, 4);
  for (guint i = 0; i < 36; i++)
    g_assert_cmpfloat (other->shares[i], ==, 0.07);
}

static void
test_npy_types (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *descr;
    guint8 bytes[2][8];
    guint size;
  } types[] = {
    { "<f4", { { 0, 0, 0, 0x40 }, { 0, 0, 0x40, 0x40 } }, 4 },
    { "<f8", { { 0, 0, 0, 0, 0, 0, 0, 0x40 }, { 0, 0, 0, 0, 0, 0, 8, 0x40 } }, 8 },
    { "<f2", { { 0, 0x40 }, { 0, 0x42 } }, 2 },
    { "|u1", { { 2 }, { 3 } }, 1 },
    { "|i1", { { 2 }, { 3 } }, 1 },
    { "<i2", { { 2, 0 }, { 3, 0 } }, 2 },
    { "<u4", { { 2 }, { 3 } }, 4 },
    { "<i8", { { 2 }, { 3 } }, 8 },
  };
  g_autoptr (TsnTask) depth = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'descr': '%s', 'fortran_order': False, 'shape': (1, 2), }\n", types[i].descr);
      guint8 values[16];
      g_autoptr (TsnEstimate) prediction = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (values, types[i].bytes[0], types[i].size);
      memcpy (values + types[i].size, types[i].bytes[1], types[i].size);
      write_npy (fixture, "a.npy", 1 + i % 3, text, values, 2 * types[i].size);
      prediction = load (fixture, depth, "a.npy", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (prediction->width, ==, 2);
      g_assert_cmpuint (prediction->height, ==, 1);
      g_assert_cmpfloat (prediction->planes[0], ==, 2);
      g_assert_cmpfloat (prediction->planes[1], ==, 3);
    }
}

static void
test_negative_integers (Fixture *fixture, gconstpointer unused)
{
  const gint16 values[] = { -3, 5 };
  g_autofree char *path = g_build_filename (fixture->root, "n.npy", NULL);
  g_autoptr (TsnArray) array = NULL;

  write_npy (fixture, "n.npy", 1, "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }",
             values, sizeof values);
  array = tsn_array_load_npy (path, NULL);
  g_assert_cmpuint (array->rank, ==, 1);
  g_assert_cmpfloat (array->values[0], ==, -3);
  g_assert_cmpfloat (array->values[1], ==, 5);
}

/* Height 2, width 3: the number at (x, y) of channel c is 100 c + 10 y + x. */
static void
assert_normals (Fixture *fixture, const char *name)
{
  g_autoptr (TsnTask) normals = tsn_task_new ("normals", TSN_TASK_NORMALS, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnEstimate) prediction = load (fixture, normals, name, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (prediction->width, ==, 4);
  g_assert_cmpuint (prediction->height, ==, 2);
  for (guint c = 0; c < 3; c++)
    for (guint y = 0; y < 2; y++)
      for (guint x = 0; x < 4; x++)
        g_assert_cmpfloat (prediction->planes[c * 8 + y * 4 + x], ==, 100 * c + 10 * y + x);
}

static void
test_npy_shapes (Fixture *fixture, gconstpointer unused)
{
  float hwc[24], chw[24], columns[24];

  for (guint c = 0; c < 3; c++)
    for (guint y = 0; y < 2; y++)
      for (guint x = 0; x < 4; x++)
        {
          float value = 100 * c + 10 * y + x;

          hwc[(y * 4 + x) * 3 + c] = chw[c * 8 + y * 4 + x] = value;
          columns[y + 2 * (x + 4 * c)] = value; /* [2, 4, 3], first dimension innermost */
        }
  write_npy (fixture, "hwc.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4, 3)}",
             hwc, sizeof hwc);
  assert_normals (fixture, "hwc.npy");
  write_npy (fixture, "chw.npy", 1,
             "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 2, 4)}", chw, sizeof chw);
  assert_normals (fixture, "chw.npy");
  write_npy (fixture, "f.npy", 1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 4, 3)}",
             columns, sizeof columns);
  assert_normals (fixture, "f.npy");
}

static void
test_scores_of_classes (Fixture *fixture, gconstpointer unused)
{
  const float scores[] = { 0.1f, 0.7f, 0.2f, 0.5f, 0.1f, 0.5f };
  const float indices[] = { 2, 0 };
  g_autoptr (TsnTask) task = tsn_task_new ("semseg", TSN_TASK_CLASSES, 3);
  g_autoptr (TsnEstimate) largest = NULL;
  g_autoptr (TsnEstimate) index = NULL;

  write_npy (fixture, "s.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3)}",
             scores, sizeof scores);
  largest = load (fixture, task, "s.npy", NULL);
  g_assert_cmpmem (largest->classes, 2, "\1\0", 2);
  write_npy (fixture, "i.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}",
             indices, sizeof indices);
  index = load (fixture, task, "i.npy", NULL);
  g_assert_cmpmem (index->classes, 2, "\2\0", 2);
}

static void
test_png (Fixture *fixture, gconstpointer unused)
{
  const guint8 bytes[] = { 0, 51, 255 };
  const guint16 words[] = { 0, 13107, 65535 };
  g_autoptr (TsnTask) edge = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  g_autoptr (TsnTask) depth = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (TsnEstimate) eight = NULL;
  g_autoptr (TsnEstimate) sixteen = NULL;
  g_autoptr (TsnEstimate) metres = NULL;

  data_fixture_grey8 (fixture->root, "8.png", 3, 1, bytes);
  data_fixture_grey16 (fixture->root, "16.png", 3, 1, words);
  eight = load (fixture, edge, "8.png", NULL);
  sixteen = load (fixture, edge, "16.png", NULL);
  metres = load (fixture, depth, "16.png", NULL);
  /* In double precision, for thresholds to fall where those of the benchmark fall. */
  g_assert_cmpfloat (eight->shares[1], ==, 51 / 255.0);
  g_assert_cmpfloat (sixteen->shares[1], ==, 13107 / 65535.0);
  g_assert_cmpfloat (eight->shares[2], ==, 1);
  g_assert_cmpfloat (metres->planes[1], ==, 13107 / 1000.0f);
  assert_refuses (fixture, depth, "8.png", "16 bits");
}

static void
test_mat (Fixture *fixture, gconstpointer unused)
{
  const float values[] = { 0, 0.25f, 0.5f, 0.75f, 1, 0 };
  g_autoptr (TsnTask) saliency = tsn_task_new ("saliency", TSN_TASK_SALIENCY, 1);
  g_autoptr (TsnEstimate) prediction = NULL;

  data_fixture_matrix (fixture->root, "m.mat", "anything", 3, 2, values);
  prediction = load (fixture, saliency, "m.mat", NULL);
  g_assert_cmpuint (prediction->width, ==, 3);
  g_assert_cmpuint (prediction->height, ==, 2);
  g_assert_cmpmem (prediction->planes, sizeof values, values, sizeof values);
}

#define F4(shape) "{'descr': '<f4', 'fortran_order': False, 'shape': " shape "}"

static void
test_bad_values (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnTask) classes = tsn_task_new ("semseg", TSN_TASK_CLASSES, 3);
  g_autoptr (TsnTask) edge = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  g_autoptr (TsnTask) depth = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  const float nan[] = { 1, NAN }, high[] = { 0.5f, 1.5f }, third[] = { 0, 3 }, half[] = { 0.5f, 1 };

  write_npy (fixture, "nan.npy", 1, F4 ("(1, 2)"), nan, sizeof nan);
  assert_refuses (fixture, depth, "nan.npy", "nan");
  assert_refuses (fixture, classes, "nan.npy", "nan");
  assert_refuses (fixture, edge, "nan.npy", "nan");
  write_npy (fixture, "high.npy", 1, F4 ("(1, 2)"), high, sizeof high);
  assert_refuses (fixture, edge, "high.npy", "1.5");
  write_npy (fixture, "third.npy", 1, F4 ("(1, 2)"), third, sizeof third);
  assert_refuses (fixture, classes, "third.npy", "0 to 2");
  write_npy (fixture, "half.npy", 1, F4 ("(1, 2)"), half, sizeof half);
  assert_refuses (fixture, classes, "half.npy", "0.5");
  data_fixture_grey8 (fixture->root, "third.png", 1, 1, (const guint8[]){ 3 });
  assert_refuses (fixture, classes, "third.png", "0 to 2");
}

static void
test_bad_files (Fixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = {
    F4 ("(0, 2)"),
    F4 ("(1, 2, 3, 4, 5)"),
    F4 ("(4000000000, 4000000000)"),
    F4 ("(1, 3)"),
    F4 ("(1, 2"),
    F4 ("()"),
    "{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2)}",
    "{'descr': '<c8', 'fortran_order': False, 'shape': (1, 2)}",
    "{'descr': '<f4', 'shape': (1, 2)}",
    "{'descr",
    "",
  };
  g_autoptr (TsnTask) depth = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (TsnTask) normals = tsn_task_new ("normals", TSN_TASK_NORMALS, 3);
  const float values[] = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      write_npy (fixture, "b.npy", 1, bad[i], values, sizeof values);
      assert_refuses (fixture, depth, "b.npy", "b.npy");
    }
  data_fixture_text (fixture->root, "t.npy", "\x93NUM");
  assert_refuses (fixture, depth, "t.npy", ".npy");
  data_fixture_text (fixture->root, "t.mat", "nothing of the kind");
  assert_refuses (fixture, depth, "t.mat", "MATLAB");
  assert_refuses (fixture, depth, "none.npy", "none.npy");
  write_npy (fixture, "v.npy", 1, F4 ("(1, 2)"), values, sizeof values);
  assert_refuses (fixture, normals, "v.npy", "1 x 2");
}

static void
test_find (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *none = tsn_prediction_find (fixture->root, "a", "edge");
  g_autofree char *raw = NULL;
  g_autofree char *own = NULL;

  g_assert_null (none);
  data_fixture_text (fixture->root, "a.edge.png", "the colours of tsn run are no prediction");
  data_fixture_text (fixture->root, "a.edge.raw.png", "");
  raw = tsn_prediction_find (fixture->root, "a", "edge");
  g_assert_true (g_str_has_suffix (raw, "a.edge.raw.png"));
  data_fixture_text (fixture->root, "a.mat", "");
  own = tsn_prediction_find (fixture->root, "a", "edge");
  g_assert_true (g_str_has_suffix (own, "a.mat"));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/evaluation/prediction/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/prediction/resize-numbers", test_resize_numbers);
  g_test_add_func ("/evaluation/prediction/resize-classes", test_resize_classes);
  g_test_add_func ("/evaluation/prediction/resize-keeps-equal", test_resize_keeps_equal);
  ADD ("npy-types", test_npy_types);
  ADD ("negative-integers", test_negative_integers);
  ADD ("npy-shapes", test_npy_shapes);
  ADD ("scores-of-classes", test_scores_of_classes);
  ADD ("png", test_png);
  ADD ("mat", test_mat);
  ADD ("bad-values", test_bad_values);
  ADD ("bad-files", test_bad_files);
  ADD ("find", test_find);
  return g_test_run ();
}
