/* Figures of small random models of every conditioning. */
#include "core/figure/tsn-analysis.h"
#include "core/figure/tsn-task-space.h"
#include "core/evaluation/tsn-agreement.h"
#include "tests/core/data/data-fixture.h"

#include <math.h>
#include <string.h>

static TsnModel *
make_model (TsnConditioning conditioning, guint n_tasks)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  const TsnNetworkSpec spec = {
    .depth = 18,
    .width = 1 / 16.0,
    .conditioning = conditioning,
    .code = TSN_CODE_ORTHOGONAL,
    .code_length = 4,
    .tasks = tasks,
  };
  TsnRandom random;
  TsnModel *model;

  g_ptr_array_set_size (tasks, n_tasks);
  model = tsn_model_new (&spec, NULL);
  tsn_random_init (&random, 5);
  tsn_model_initialise (model, &random);
  model->size = 64;
  return model;
}

static void
test_embeddings_differ (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnModel) model = make_model (TSN_CONDITIONING_TSN, 6);
  g_autoptr (TsnTaskSpace) space = tsn_task_space_new (model, pool);
  g_autofree double *distances = tsn_task_space_distances (space);
  g_autofree double *cosines = tsn_task_space_cosines (space);

  g_assert_true (space->embedded);
  g_assert_cmpuint (space->length, ==, 24);
  g_assert_cmpuint (space->n_modules, ==, 10);
  g_assert_cmpstr (space->module_names[0], ==, "O5");
  for (guint i = 0; i < 6; i++)
    for (guint j = 0; j < 6; j++)
      {
        g_assert_cmpfloat (distances[i * 6 + j], ==, distances[j * 6 + i]);
        g_assert_cmpfloat_with_epsilon (cosines[i * 6 + j], cosines[j * 6 + i], 1e-12);
        g_assert_true ((distances[i * 6 + j] > 0) == (i != j));
        g_assert_cmpfloat (fabs (cosines[i * 6 + j]), <=, 1 + 1e-12);
      }
}

/* New TS-IN networks scale by one and shift by nothing, whatever the task. */
static void
test_coefficients_without_embedding (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnModel) model = make_model (TSN_CONDITIONING_TS_IN, 3);
  g_autoptr (TsnTaskSpace) space = tsn_task_space_new (model, pool);

  g_assert_false (space->embedded);
  for (guint i = 0; i < space->n_modules * 3; i++)
    {
      g_assert_cmpfloat (space->coefficients[i].gamma_mean, ==, 1);
      g_assert_cmpfloat (space->coefficients[i].gamma_deviation, ==, 0);
      g_assert_cmpfloat (space->coefficients[i].beta_mean, ==, 0);
    }
}

static guint
count_lines (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  guint lines = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *c = text; *c != '\0'; c++)
    lines += *c == '\n';
  return lines;
}

/* Schemes x tasks, modules x tasks, and so on. */
static void
test_writes_everything (void)
{
  static const TsnConditioning with[] = { TSN_CONDITIONING_TSN, TSN_CONDITIONING_TE_BN,
                                          TSN_CONDITIONING_TS_IN, TSN_CONDITIONING_TS_BN };
  g_autoptr (TsnPool) pool = tsn_pool_new (2);

  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    {
      char *folder = data_fixture_new ();
      g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (TsnModel) model = make_model (with[i], 4);
      const TsnAnalysis analysis = { model, pool, folder, TSN_FIGURE_ALL, written };
      g_autoptr (GError) error = NULL;

      g_assert_true (tsn_analysis_has_space (&analysis));
      g_assert_true (tsn_analysis_write_parameters (&analysis, &error));
      g_assert_true (tsn_analysis_write_space (&analysis, &error));
      g_assert_true (tsn_analysis_write_coefficients (&analysis, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (written->len, ==, 6 * 4);
      g_assert_cmpuint (count_lines (folder, "parameters.csv"), ==, 1 + 8 * 10);
      g_assert_cmpuint (count_lines (folder, "task-distance.csv"), ==, 1 + 4);
      g_assert_cmpuint (count_lines (folder, "task-dendrogram.csv"), ==, 1 + 3);
      g_assert_cmpuint (count_lines (folder, "task-projection.csv"), ==, 1 + 4);
      g_assert_cmpuint (count_lines (folder, "coefficients.csv"), ==, 1 + 10 * 4);
      data_fixture_free (folder);
    }
}

static void
test_nothing_to_draw (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnModel) heads = make_model (TSN_CONDITIONING_MULTI_HEAD, 3);
  g_autoptr (TsnModel) one = make_model (TSN_CONDITIONING_TSN, 1);

  g_assert_false (tsn_analysis_has_space (&(TsnAnalysis){ heads, pool, ".", 0, NULL }));
  g_assert_false (tsn_analysis_has_space (&(TsnAnalysis){ one, pool, ".", 0, NULL }));
}

static void
test_agreement_measures (void)
{
  g_autoptr (TsnEstimate) a = tsn_estimate_new (TSN_TASK_DEPTH, 4, 1);
  g_autoptr (TsnEstimate) b = tsn_estimate_new (TSN_TASK_DEPTH, 4, 1);
  g_autoptr (TsnEstimate) c = tsn_estimate_new (TSN_TASK_CLASSES, 4, 1);
  g_autoptr (TsnEstimate) d = tsn_estimate_new (TSN_TASK_CLASSES, 4, 1);

  g_assert_true (isnan (tsn_agreement_measure (a, b)));
  for (guint i = 0; i < 4; i++)
    {
      a->planes[i] = i;
      b->planes[i] = 7 - 2.0f * i;
    }
  g_assert_cmpfloat_with_epsilon (tsn_agreement_measure (a, a), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (tsn_agreement_measure (a, b), -1, 1e-12);
  d->classes[3] = 1;
  g_assert_cmpfloat (tsn_agreement_measure (c, d), ==, 0.75);
}

/* Under its own embedding every read-out says the same, and not under any other. */
static void
test_agreement_of_a_model (void)
{
  char *folder = data_fixture_new ();
  g_autoptr (TsnImage) image = data_fixture_gradient (80, 64);
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  char *const photos[] = { path, NULL };
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnModel) model = make_model (TSN_CONDITIONING_TSN, 6);
  const TsnAgreement wanted = { .model = model, .pool = pool, .photos = photos };
  g_autofree double *means = NULL;

  data_fixture_photo (folder, "a.png", image);
  means = tsn_agreement_run (&wanted, NULL, NULL);
  for (guint i = 0; i < 36; i++)
    if (i % 7 == 0)
      g_assert_cmpfloat_with_epsilon (means[i], 1, 1e-5);
    else
      g_assert_cmpfloat (means[i], <, 1 - 1e-6);
  data_fixture_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/analysis/embeddings-differ", test_embeddings_differ);
  g_test_add_func ("/figure/analysis/coefficients-without-embedding",
                   test_coefficients_without_embedding);
  g_test_add_func ("/figure/analysis/writes-everything", test_writes_everything);
  g_test_add_func ("/figure/analysis/nothing-to-draw", test_nothing_to_draw);
  g_test_add_func ("/evaluation/agreement/measures", test_agreement_measures);
  g_test_add_func ("/evaluation/agreement/model", test_agreement_of_a_model);
  return g_test_run ();
}
