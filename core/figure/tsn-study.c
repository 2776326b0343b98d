#include "core/figure/tsn-study.h"

#include "core/figure/tsn-record-macros.h"
#include "core/figure/tsn-study-record.h"

/* Far more than any model has; see TSN_MAX_TASKS. */
#define MAX_TASKS 256
#define MAX_MODULES 256
#define MAX_SIZE 8192
#define MAX_WEIGHT 1000
#define MAX_ZOOM 1000
#define MAX_SECONDS 1e9
#define MAX_POINTS 256
#define MAX_DURATION 3600

static const char *const source_words[]
    = { "nothing", "photo", "folder", "dataset", "video", "camera", NULL };
static const char *const layout_words[] = { "grid", "single", "overlay", NULL };
static const char *const space_words[] = { "codes", "embeddings", "coefficients", NULL };
static const char *const compare_words[] = { "side", "wipe", "blink", "difference", NULL };
static const char *const topic_words[] = { "look", "numbers", "changes", NULL };

static const TsnField source_fields[] = {
  WORD (TsnStudySource, kind, source_words, TSN_STUDY_NOTHING),
  PATH (TsnStudySource, path),
  ITEM (TsnStudySource, item),
  TEXT (TsnStudySource, device, MAX_NAME),
  NUMBER (TsnStudySource, position, 0, MAX_SECONDS, 0),
};
DEFINE_RECORD (source, TsnStudySource);

static const TsnField model_fields[] = {
  PATH (TsnStudyModel, path),
  HASH (TsnStudyModel, sha256),
};
DEFINE_RECORD (model, TsnStudyModel);

static const TsnField view_fields[] = {
  SWITCH (TsnStudyView, fit, TRUE),
  NUMBER (TsnStudyView, zoom, 1e-4, MAX_ZOOM, 1),
  NUMBER (TsnStudyView, x, -10, 10, 0.5),
  NUMBER (TsnStudyView, y, -10, 10, 0.5),
};
DEFINE_RECORD (view, TsnStudyView);

static const TsnField isolated_fields[] = {
  TEXT (TsnStudyIsolated, task, MAX_NAME),
  TEXT (TsnStudyIsolated, class_name, MAX_NAME),
};
DEFINE_ITEM (isolated, TsnStudyIsolated)

static const TsnField weight_fields[] = {
  TEXT (TsnStudyWeight, task, MAX_NAME),
  NUMBER (TsnStudyWeight, weight, -MAX_WEIGHT, MAX_WEIGHT, 0),
};
DEFINE_ITEM (weight, TsnStudyWeight)

static const TsnField module_fields[] = {
  TEXT (TsnStudyModule, module, MAX_NAME),
  LIST (TsnStudyModule, weights, &weight, MAX_TASKS),
};
DEFINE_ITEM (module, TsnStudyModule)

static const TsnField point_fields[] = {
  LIST (TsnStudyPoint, weights, &weight, MAX_TASKS),
};
DEFINE_ITEM (point, TsnStudyPoint)

static const TsnField path_fields[] = {
  LIST (TsnStudyPath, points, &point, MAX_POINTS),
  NUMBER (TsnStudyPath, duration, 0.1, MAX_DURATION, 12),
  SWITCH (TsnStudyPath, loop, TRUE),
};
DEFINE_RECORD (path, TsnStudyPath);

static const TsnField blend_fields[] = {
  SWITCH (TsnStudyBlend, enabled, FALSE),
  WORD (TsnStudyBlend, space, space_words, TSN_STUDY_EMBEDDINGS),
  LIST (TsnStudyBlend, weights, &weight, MAX_TASKS),
  TEXT (TsnStudyBlend, readout, MAX_NAME),
  LIST (TsnStudyBlend, modules, &module, MAX_MODULES),
  RECORD (TsnStudyBlend, path, &path),
};
DEFINE_RECORD (blend, TsnStudyBlend);

static const TsnField compare_fields[] = {
  SWITCH (TsnStudyCompare, enabled, FALSE),
  WORD (TsnStudyCompare, mode, compare_words, TSN_STUDY_SIDE),
  NUMBER (TsnStudyCompare, wipe, 0, 1, 0.5),
};
DEFINE_RECORD (compare, TsnStudyCompare);

static const TsnField inspector_fields[] = {
  SWITCH (TsnStudyInspector, enabled, FALSE),
  TEXT (TsnStudyInspector, node, MAX_NAME),
  COUNT (TsnStudyInspector, channel, 1e6),
  WORD (TsnStudyInspector, mode, tsn_feature_view_words, TSN_FEATURE_VIEW_CHANNELS),
  SWITCH (TsnStudyInspector, by_energy, FALSE),
  SWITCH (TsnStudyInspector, keep_basis, FALSE),
  WORD (TsnStudyInspector, topic, topic_words, TSN_STUDY_LOOK),
  TEXT (TsnStudyInspector, first, MAX_NAME),
  TEXT (TsnStudyInspector, second, MAX_NAME),
};
DEFINE_RECORD (inspector, TsnStudyInspector);

static const TsnField film_fields[] = {
  { FIELD (COUNT, TsnStudyFilm, side), .low = TSN_STUDY_FILM_MIN_SIDE,
    .high = TSN_STUDY_FILM_MAX_SIDE, .initial = 1280 },
  { FIELD (COUNT, TsnStudyFilm, fps), .low = 1, .high = TSN_STUDY_FILM_MAX_FPS, .initial = 25 },
  SWITCH (TsnStudyFilm, photo, TRUE),
  SWITCH (TsnStudyFilm, captions, TRUE),
};
DEFINE_RECORD (film, TsnStudyFilm);

static const TsnField study_fields[] = {
  RECORD (TsnStudy, source, &source),
  RECORD (TsnStudy, model, &model),
  RECORD (TsnStudy, second, &model),
  COUNT (TsnStudy, size, MAX_SIZE),
  TEXTS (TsnStudy, shown),
  TEXT (TsnStudy, active, MAX_NAME),
  SWITCH (TsnStudy, show_photo, TRUE),
  SWITCH (TsnStudy, show_truth, FALSE),
  WORD (TsnStudy, layout, layout_words, TSN_STUDY_GRID),
  NUMBER (TsnStudy, opacity, 0, 1, 0.6),
  RECORD (TsnStudy, view, &view),
  LIST (TsnStudy, isolated, &isolated, MAX_TASKS),
  SWITCH (TsnStudy, hatching, FALSE),
  TEXT (TsnStudy, page, MAX_NAME),
  RECORD (TsnStudy, blend, &blend),
  RECORD (TsnStudy, compare, &compare),
  RECORD (TsnStudy, inspector, &inspector),
  RECORD (TsnStudy, figure, &tsn_figure_plan_record),
  RECORD (TsnStudy, film, &film),
};
static const TsnRecord study_table
    = { sizeof (TsnStudy), G_N_ELEMENTS (study_fields), study_fields, NULL };

/* The table of a study, for reading and writing it. */
const TsnRecord *
tsn_study_get_record (void)
{
  return &study_table;
}

/**
 * tsn_study_init:
 * @study: (out): a structure whose content does not count
 *
 * Makes it the study of an empty window.
 */
void
tsn_study_init (TsnStudy *study)
{
  tsn_record_init (&study_table, study);
}

/**
 * tsn_study_copy:
 * @copy: (out): a structure whose content does not count: not one that tsn_study_init() was called
 *   for, which would leak
 */
void
tsn_study_copy (const TsnStudy *study, TsnStudy *copy)
{
  tsn_record_copy (&study_table, study, copy);
}

/**
 * tsn_study_clear:
 *
 * Frees what belongs to a study, not the structure itself.
 */
void
tsn_study_clear (TsnStudy *study)
{
  tsn_record_clear (&study_table, study);
}

/**
 * tsn_study_equal:
 *
 * Returns: whether the two say the same.
 */
gboolean
tsn_study_equal (const TsnStudy *study, const TsnStudy *other)
{
  return tsn_record_equal (&study_table, study, other);
}

static TsnStudyWeight *
find_weight (const GPtrArray *weights, const char *task)
{
  for (guint i = 0; i < weights->len; i++)
    {
      TsnStudyWeight *item = g_ptr_array_index (weights, i);

      if (g_strcmp0 (item->task, task) == 0)
        return item;
    }
  return NULL;
}

/**
 * tsn_study_set_weight:
 * @weights: (element-type TsnStudyWeight): of a blend or of one of its modules
 * @task: name of a task
 */
void
tsn_study_set_weight (GPtrArray *weights, const char *task, double value)
{
  TsnStudyWeight *item = find_weight (weights, task);

  if (item == NULL)
    {
      item = tsn_record_add_item (&weight, weights);
      item->task = g_strdup (task);
    }
  item->weight = value;
}

/**
 * tsn_study_get_weight:
 * @weights: (element-type TsnStudyWeight): of a blend or of one of its modules
 *
 * Returns: the weight of a task, 0 where it has none.
 */
double
tsn_study_get_weight (const GPtrArray *weights, const char *task)
{
  const TsnStudyWeight *item = find_weight (weights, task);

  return item != NULL ? item->weight : 0;
}

/**
 * tsn_study_add_point:
 *
 * Returns: (transfer none): a way-point behind those that the blend's path has, without weights.
 */
TsnStudyPoint *
tsn_study_add_point (TsnStudy *study)
{
  return tsn_record_add_item (&point, study->blend.path.points);
}

/**
 * tsn_study_add_module:
 * @name: of a decoder module
 *
 * Returns: (transfer none): the module's own blend, which has no weights yet if it is new.
 */
TsnStudyModule *
tsn_study_add_module (TsnStudy *study, const char *name)
{
  TsnStudyModule *item;

  for (guint i = 0; i < study->blend.modules->len; i++)
    {
      item = g_ptr_array_index (study->blend.modules, i);
      if (g_strcmp0 (item->module, name) == 0)
        return item;
    }
  item = tsn_record_add_item (&module, study->blend.modules);
  item->module = g_strdup (name);
  return item;
}

static guint
find_isolated (const TsnStudy *study, const char *task)
{
  guint i = 0;

  while (i < study->isolated->len
         && g_strcmp0 (((TsnStudyIsolated *) g_ptr_array_index (study->isolated, i))->task, task)
                != 0)
    i++;
  return i;
}

/**
 * tsn_study_set_isolated:
 * @task: name of a task
 * @class_name: (nullable): the class that alone is shown in colour; %NULL for all
 */
void
tsn_study_set_isolated (TsnStudy *study, const char *task, const char *class_name)
{
  guint i = find_isolated (study, task);
  TsnStudyIsolated *item;

  if (i < study->isolated->len)
    g_ptr_array_remove_index (study->isolated, i);
  if (class_name == NULL)
    return;
  item = tsn_record_add_item (&isolated, study->isolated);
  item->task = g_strdup (task);
  item->class_name = g_strdup (class_name);
}

/**
 * tsn_study_get_isolated:
 * @task: name of a task
 *
 * Returns: (nullable): the class of the task that alone is shown in colour.
 */
const char *
tsn_study_get_isolated (const TsnStudy *study, const char *task)
{
  guint i = find_isolated (study, task);

  if (i == study->isolated->len)
    return NULL;
  return ((const TsnStudyIsolated *) g_ptr_array_index (study->isolated, i))->class_name;
}
