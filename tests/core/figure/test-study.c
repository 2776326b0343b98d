/* Studies: there and back, moved, damaged, hostile. */
#include "core/figure/tsn-study.h"

#include "core/base/tsn-error.h"
#include "tests/core/io/io-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* A study in which nothing is as it was at first. */
static void
fill_study (TsnStudy *study)
{
  static const char *const shown[] = { "semseg", "depth", NULL };
  const TsnFigurePart part = { 0.25, 0.5, 0.1, 0.125 };
  TsnFigurePhoto *photo;
  TsnFigureColumn *column;

  study->source.kind = TSN_STUDY_FOLDER;
  study->source.path = g_strdup ("/home/anna/photos");
  study->source.item = g_strdup ("caf\xc3\xa9 \"1\"\\.jpg");
  study->source.device = g_strdup ("Camera");
  study->source.position = 12.0625;
  study->model.path = g_strdup ("/home/anna/models/a.safetensors");
  study->model.sha256 = g_strdup (HASH);
  study->second.path = g_strdup ("/usr/share/models/b.safetensors");
  study->size = 320;
  study->shown = g_strdupv ((char **) shown);
  study->active = g_strdup ("depth");
  study->show_photo = FALSE;
  study->show_truth = TRUE;
  study->layout = TSN_STUDY_OVERLAY;
  study->opacity = 0.1;
  study->view = (TsnStudyView){ FALSE, 3.7, 0.2, 0.9 };
  tsn_study_set_isolated (study, "semseg", "night_stand");
  study->hatching = TRUE;
  study->blend.enabled = TRUE;
  study->blend.space = TSN_STUDY_COEFFICIENTS;
  tsn_study_set_weight (study->blend.weights, "semseg", 1.0 / 3);
  tsn_study_set_weight (study->blend.weights, "depth", -0.5);
  study->blend.readout = g_strdup ("depth");
  tsn_study_set_weight (tsn_study_add_module (study, "O4")->weights, "edge", 1);
  tsn_study_set_weight (tsn_study_add_point (study)->weights, "depth", 0.75);
  tsn_study_add_point (study);
  study->blend.path.duration = 7.5;
  study->blend.path.loop = FALSE;
  study->film = (TsnStudyFilm){ 640, 12, FALSE, FALSE };
  study->compare = (TsnStudyCompare){ TRUE, TSN_STUDY_WIPE, 0.3 };
  study->inspector.enabled = TRUE;
  study->inspector.node = g_strdup ("O4");
  study->inspector.channel = 17;
  study->inspector.mode = TSN_FEATURE_VIEW_PCA;
  study->inspector.by_energy = study->inspector.keep_basis = TRUE;
  study->inspector.topic = TSN_STUDY_CHANGES;
  study->inspector.first = g_strdup ("depth");
  study->inspector.second = g_strdup ("edge");
  study->figure.width = TSN_FIGURE_WIDTH_ONE;
  study->figure.font_size = 7.5;
  study->figure.letters = TRUE;
  study->figure.wrap = 4;
  photo = tsn_figure_plan_add_photo (&study->figure, "/home/anna/photos/1.jpg");
  photo->label = g_strdup ("kitchen\n(night)");
  photo->crop = part;
  tsn_figure_photo_add_inset (photo, &part, TSN_FIGURE_TOP_LEFT)->size = 0.3;
  column = tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_OVERLAY, "semseg");
  column->model = TSN_FIGURE_MODEL_B;
  column->label = g_strdup ("");
}

static void
test_round_trip (void)
{
  g_auto (TsnStudy) study = { 0 }, read = { 0 };
  g_autofree char *text = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  tsn_study_init (&read);
  fill_study (&study);
  g_assert_false (tsn_study_equal (&study, &read));
  text = tsn_study_to_json (&study, "/home/anna/paper", &error);
  g_assert_no_error (error);
  g_assert_true (tsn_study_from_json (&read, text, strlen (text), "/home/anna/paper", &error));
  g_assert_no_error (error);
  g_assert_true (tsn_study_equal (&study, &read));
  again = tsn_study_to_json (&read, "/home/anna/paper", NULL);
  g_assert_cmpstr (text, ==, again);
}

static void
test_copy (void)
{
  g_auto (TsnStudy) study = { 0 }, copy = { 0 };

  tsn_study_init (&study);
  fill_study (&study);
  tsn_study_copy (&study, &copy);
  g_assert_true (tsn_study_equal (&study, &copy));
  tsn_study_set_weight (copy.blend.weights, "depth", 0.25);
  g_assert_false (tsn_study_equal (&study, &copy));
  g_assert_cmpfloat (tsn_study_get_weight (study.blend.weights, "depth"), ==, -0.5);
  g_assert_cmpfloat (tsn_study_get_weight (copy.blend.weights, "depth"), ==, 0.25);
  g_assert_cmpfloat (tsn_study_get_weight (copy.blend.weights, "edge"), ==, 0);
}

static void
test_lists (void)
{
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  tsn_study_set_isolated (&study, "semseg", "wall");
  tsn_study_set_isolated (&study, "semseg", "floor");
  tsn_study_set_isolated (&study, "human_parts", "head");
  g_assert_cmpuint (study.isolated->len, ==, 2);
  g_assert_cmpstr (tsn_study_get_isolated (&study, "semseg"), ==, "floor");
  tsn_study_set_isolated (&study, "semseg", NULL);
  g_assert_null (tsn_study_get_isolated (&study, "semseg"));
  g_assert_cmpstr (tsn_study_get_isolated (&study, "human_parts"), ==, "head");
  g_assert_true (tsn_study_add_module (&study, "O4") == tsn_study_add_module (&study, "O4"));
  g_assert_cmpuint (study.blend.modules->len, ==, 1);
}

/* A file may move together with what it names. */
static void
test_moved (void)
{
  g_auto (TsnStudy) study = { 0 };
  g_autofree char *text = NULL;

  tsn_study_init (&study);
  fill_study (&study);
  text = tsn_study_to_json (&study, "/home/anna/paper", NULL);
  g_assert_nonnull (strstr (text, "\"../photos/1.jpg\""));
  g_assert_nonnull (strstr (text, "\"/usr/share/models/b.safetensors\""));
  g_assert_true (tsn_study_from_json (&study, text, strlen (text), "/mnt/stick/paper", NULL));
  g_assert_cmpstr (study.source.path, ==, "/mnt/stick/photos");
  g_assert_cmpstr (study.model.path, ==, "/mnt/stick/models/a.safetensors");
  g_assert_cmpstr (study.second.path, ==, "/usr/share/models/b.safetensors");
}

static void
test_file (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "a.tsnsession");
  g_autofree char *missing = io_path (fixture, "no.tsnsession");
  g_auto (TsnStudy) study = { 0 }, read = { 0 };
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  tsn_study_init (&read);
  fill_study (&study);
  g_assert_true (tsn_study_save (&study, path, &error));
  g_assert_no_error (error);
  g_assert_true (tsn_study_load (&read, path, &error));
  g_assert_no_error (error);
  g_assert_true (tsn_study_equal (&study, &read));
  g_assert_false (tsn_study_load (&read, missing, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (tsn_study_load (&read, "/dev/zero", &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
  g_assert_true (tsn_study_equal (&study, &read));
}

/* Numbers that no file may hold are written as ones that it may. */
static void
test_unwritable (void)
{
  g_auto (TsnStudy) study = { 0 };
  g_autofree char *text = NULL, *none = NULL;
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  study.opacity = NAN;
  study.compare.wipe = INFINITY;
  text = tsn_study_to_json (&study, "/a", NULL);
  g_assert_true (tsn_study_from_json (&study, text, strlen (text), "/a", NULL));
  g_assert_cmpfloat (study.opacity, ==, 0.6);
  g_assert_cmpfloat (study.compare.wipe, ==, 1);
  study.source.path = g_strdup ("/a/\xff.jpg");
  none = tsn_study_to_json (&study, "/a", &error);
  g_assert_null (none);
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "\\377.jpg"));
}

/* Members of a newer program of the same version are left alone. */
static void
test_unknown (void)
{
  static const char text[] = "{\"format\": \"tsn-session\", \"version\": 1, \"size\": 64, "
                             "\"sparkle\": {\"a\": [1, {}]}, \"view\": {\"tilt\": 3}}";
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  study.size = 128;
  study.hatching = TRUE;
  g_assert_true (tsn_study_from_json (&study, text, strlen (text), "/a", NULL));
  g_assert_cmpuint (study.size, ==, 64);
  g_assert_false (study.hatching); /* what is missing is as in a new study */
}

static void
test_hostile (void)
{
  static const char *const cases[][2] = {
    { "[]", "list" },
    { "{}", "format" },
    { "{\"format\": \"tsn-session\"}", "version" },
    { "{\"format\": \"tsn-session\", \"version\": \"1\"}", "version" },
    { "{\"format\": \"tsn-session\", \"version\": 2}", "version 2" },
    { "{\"format\": \"tsn-session\", \"version\": 9000000000}", "newer" },
    { "\"opacity\": NaN", "JSON" },
    { "\"opacity\": 1e999", "opacity" },
    { "\"opacity\": -1e999", "opacity" },
    { "\"opacity\": \"much\"", "opacity" },
    { "\"opacity\": null", "opacity" },
    { "\"opacity\": 1.01", "from 0 to 1 as 'opacity'" },
    { "\"view\": {\"zoom\": 0}", "'view.zoom'" },
    { "\"view\": 3", "object as 'view'" },
    { "\"size\": -1", "size" },
    { "\"size\": 2.5", "whole" },
    { "\"size\": 99999999999999999999", "size" },
    { "\"hatching\": 1", "true or false as 'hatching'" },
    { "\"layout\": \"cube\"", "one of grid, single, overlay as 'layout'" },
    { "\"layout\": 0", "layout" },
    { "\"shown\": \"semseg\"", "list" },
    { "\"shown\": [1]", "shown" },
    { "\"isolated\": [[]]", "object as 'isolated'" },
    { "\"model\": {\"sha256\": \"12\"}", "64 hexadecimal digits as 'model.sha256'" },
    { "\"model\": {\"path\": \"a\\u0000b\"}", "zero" },
    { "\"model\": {\"path\": \"\"}", "path" },
    { "\"model\": {\"path\": \"a/../b\"}", "path of a file as 'model.path'" },
    { "\"model\": {\"path\": \"../../..\"}", "model.path" },
    { "\"model\": {\"path\": \"../../../../etc/passwd\"}", "model.path" },
    { "\"model\": {\"path\": \"\xff\"}", "UTF-8" },
    { "\"second\": {\"path\": \"a/../../../../etc/passwd\"}", "second.path" },
    { "\"source\": {\"path\": \"../../../../etc/passwd\"}", "source.path" },
    { "\"source\": {\"item\": \"../1.jpg\"}", "within its folder as 'source.item'" },
    { "\"source\": {\"item\": \"a/../../1.jpg\"}", "source.item" },
    { "\"source\": {\"item\": \"a/..\"}", "source.item" },
    { "\"source\": {\"item\": \"..\"}", "source.item" },
    { "\"source\": {\"item\": \"/etc/passwd\"}", "source.item" },
    { "\"source\": {\"item\": \"\"}", "source.item" },
    { "\"source\": {\"item\": 7}", "source.item" },
    { "\"source\": {\"item\": \"a\\u0000b\"}", "zero" },
    { "\"source\": {\"position\": Infinity}", "JSON" },
    { "\"source\": {\"position\": 1e999}", "source.position" },
    { "\"figure\": {\"photos\": [{\"path\": \"b/../a\"}]}", "figure.photos.path" },
    { "\"model\": {\"path\": 7}", "model.path" },
    { "\"figure\": {\"photos\": [{\"crop\": {\"width\": 0}}]}", "'figure.photos.crop.width'" },
    { "\"size\": 64, \"size\": 65", "two members" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = cases[i][0][0] == '"'
                ? g_strdup_printf ("{\"format\": \"tsn-session\", \"version\": 1, %s}", cases[i][0])
                : g_strdup (cases[i][0]);
      g_auto (TsnStudy) study = { 0 }, before = { 0 };
      g_autoptr (GError) error = NULL;

      tsn_study_init (&study);
      fill_study (&study);
      tsn_study_copy (&study, &before);
      g_assert_false (tsn_study_from_json (&study, text, strlen (text), "/home/anna", &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
      if (strstr (error->message, cases[i][1]) == NULL)
        g_error ("'%s' says \"%s\", not \"%s\"", text, error->message, cases[i][1]);
      g_assert_true (tsn_study_equal (&study, &before));
    }
}

static void
check_long (const char *member)
{
  g_autofree char *name = g_strnfill (100000, 'a');
  g_autofree char *text
      = g_strdup_printf ("{\"format\": \"tsn-session\", \"version\": 1, \"source\": "
                         "{\"%s\": \"%s\"}}",
                         member, name);
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  g_assert_false (tsn_study_from_json (&study, text, strlen (text), "/a", &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "4096"));
  g_assert_nonnull (strstr (error->message, member));
  g_assert_cmpuint (strlen (error->message), <, 200);
}

static void
test_long (void)
{
  check_long ("path");
  check_long ("item");
}

/* Names that only look as if they climbed. */
static void
test_items (void)
{
  static const char *const items[] = { "1.jpg", "b/1.jpg", "..jpg", "a..b/c...jpg", "./1.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{\"format\": \"tsn-session\", \"version\": 1, \"source\": "
                             "{\"kind\": \"folder\", \"path\": \"../p\", \"item\": \"%s\"}}",
                             items[i]);
      g_auto (TsnStudy) study = { 0 };
      g_autoptr (GError) error = NULL;

      tsn_study_init (&study);
      g_assert_true (tsn_study_from_json (&study, text, strlen (text), "/home/anna/s", &error));
      g_assert_no_error (error);
      g_assert_cmpstr (study.source.item, ==, items[i]);
      g_assert_cmpstr (study.source.path, ==, "/home/anna/p");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/round-trip", test_round_trip);
  g_test_add_func ("/study/copy", test_copy);
  g_test_add_func ("/study/lists", test_lists);
  g_test_add_func ("/study/moved", test_moved);
  io_fixture_add ("/study/file", test_file, NULL);
  g_test_add_func ("/study/unwritable", test_unwritable);
  g_test_add_func ("/study/unknown", test_unknown);
  g_test_add_func ("/study/hostile", test_hostile);
  g_test_add_func ("/study/items", test_items);
  g_test_add_func ("/study/long", test_long);
  return g_test_run ();
}
