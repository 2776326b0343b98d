#include "core/training/tsn-train-resume.h"

#include "core/base/tsn-error.h"
#include "core/training/tsn-train-tasks.h"

/* What weights, codes and the count of steps mean.  All else holds from the moment it changes. */
static const struct
{
  const char *group;
  const char *key;
} fixed[] = {
  { "network", "conditioning" }, { "network", "encoder" },     { "network", "width" },
  { "network", "code" },         { "network", "code-length" }, { "data", "batch" },
  { "training", "seed" },
};

/* Numbers may be written in several ways. */
static gboolean
is_same_value (const char *a, const char *b)
{
  char *a_end, *b_end;
  double x = g_ascii_strtod (a, &a_end), y = g_ascii_strtod (b, &b_end);

  return g_str_equal (a, b) || (a_end != a && *a_end == '\0' && *b_end == '\0' && x == y);
}

static gboolean
check_key (GKeyFile *before, GKeyFile *now, const char *group, const char *key, GError **error)
{
  g_autofree char *old = g_key_file_get_string (before, group, key, NULL);
  g_autofree char *new = g_key_file_get_string (now, group, key, NULL);

  if (is_same_value (old, new))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "it was begun with %s.%s=%s, which cannot become %s now", group, key, old, new);
  return FALSE;
}

/**
 * tsn_train_resume_check:
 * @before: the config that the run was begun with
 * @now: the one that it is to go on with
 * @error: %TSN_ERROR_ARGUMENT or %TSN_ERROR_MODEL, as the end of a sentence that speaks of the run
 *
 * Returns: whether a checkpoint of @before means the same under @now, so that what the folder's
 *   config says of the run is true.
 */
gboolean
tsn_train_resume_check (const TsnTrainConfig *before, const TsnTrainConfig *now, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (!check_key (before->resolved, now->resolved, fixed[i].group, fixed[i].key, error))
      return FALSE;
  return tsn_train_tasks_check_same (before->tasks, now->tasks, error);
}
