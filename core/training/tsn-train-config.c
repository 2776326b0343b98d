#include "core/training/tsn-train-config.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-file-writer.h"
#include "core/training/tsn-loss.h"
#include "core/training/tsn-train-tasks.h"

#include <math.h>
#include <string.h>

#define SOURCE_PREFIX "source "
#define WEIGHT_PREFIX "weight-"
#define SHARE_PREFIX "share-"

typedef enum
{
  TYPE_TEXT,
  TYPE_COUNT,   /* guint */
  TYPE_COUNT64, /* guint64 */
  TYPE_REAL,    /* double */
  TYPE_SWITCH,  /* gboolean */
  TYPE_NAME,    /* an enumeration, by @from_name */
} Type;

/* A key that may stand in a file, what it is if it does not, and where its value goes. */
typedef struct
{
  const char *group;
  const char *key;
  Type type;
  const char *standard;
  size_t offset;
  double min;
  double max;
  gboolean (*from_name) (const char *name, guint *value);
} Key;

#define AT(member) offsetof (TsnTrainConfig, member)
#define IN(member) offsetof (TsnTrainSource, member)

static const Key keys[] = {
  { "network", "tasks", TYPE_TEXT, "everyday", AT (profile), 0, 0, NULL },
  { "network", "conditioning", TYPE_NAME, "tsn", AT (spec.conditioning), 0, 0,
    tsn_conditioning_from_name },
  { "network", "encoder", TYPE_COUNT, "18", AT (spec.depth), 18, 34, NULL },
  { "network", "width", TYPE_REAL, "1", AT (spec.width), 1e-3, TSN_MAX_WIDTH, NULL },
  { "network", "code", TYPE_NAME, "orthogonal", AT (spec.code), 0, 0, tsn_code_kind_from_name },
  { "network", "code-length", TYPE_COUNT, "20", AT (spec.code_length), 1, TSN_MAX_CODE_LENGTH,
    NULL },
  { "network", "size", TYPE_COUNT, "0", AT (size), 0, 2048, NULL },
  { "network", "name", TYPE_TEXT, "", AT (name), 0, 0, NULL },
  { "network", "provenance", TYPE_TEXT, "", AT (provenance), 0, 0, NULL },
  { "data", "root", TYPE_TEXT, ".", AT (root), 0, 0, NULL },
  { "data", "width", TYPE_COUNT, "256", AT (width), 32, 4096, NULL },
  { "data", "height", TYPE_COUNT, "256", AT (height), 32, 4096, NULL },
  { "data", "batch", TYPE_COUNT, "16", AT (batch), 1, 4096, NULL },
  { "data", "threads", TYPE_COUNT, "1", AT (threads), 0, 256, NULL },
  { "data", "ahead", TYPE_COUNT, "3", AT (ahead), 1, 256, NULL },
  { "augmentation", "flip", TYPE_REAL, NULL, AT (augment.flip), 0, 1, NULL },
  { "augmentation", "rotation", TYPE_REAL, NULL, AT (augment.rotation), 0, 180, NULL },
  { "augmentation", "min-zoom", TYPE_REAL, NULL, AT (augment.min_zoom), 0.01, 100, NULL },
  { "augmentation", "max-zoom", TYPE_REAL, NULL, AT (augment.max_zoom), 0.01, 100, NULL },
  { "augmentation", "move", TYPE_SWITCH, NULL, AT (augment.move), 0, 0, NULL },
  { "augmentation", "depth-follows-zoom", TYPE_SWITCH, NULL, AT (augment.depth_follows_zoom), 0, 0,
    NULL },
  { "augmentation", "brightness", TYPE_REAL, NULL, AT (augment.brightness), 0, 1, NULL },
  { "augmentation", "contrast", TYPE_REAL, NULL, AT (augment.contrast), 0, 1, NULL },
  { "augmentation", "tint", TYPE_REAL, NULL, AT (augment.tint), 0, 1, NULL },
  { "augmentation", "hue", TYPE_REAL, NULL, AT (augment.hue), 0, 180, NULL },
  { "augmentation", "min-gamma", TYPE_REAL, NULL, AT (augment.min_gamma), 0.01, 100, NULL },
  { "augmentation", "max-gamma", TYPE_REAL, NULL, AT (augment.max_gamma), 0.01, 100, NULL },
  { "augmentation", "blur-chance", TYPE_REAL, NULL, AT (augment.blur_chance), 0, 1, NULL },
  { "augmentation", "blur", TYPE_REAL, NULL, AT (augment.blur), 0, 100, NULL },
  { "augmentation", "noise-chance", TYPE_REAL, NULL, AT (augment.noise_chance), 0, 1, NULL },
  { "augmentation", "noise", TYPE_REAL, NULL, AT (augment.noise), 0, 1, NULL },
  { "loss", "edge-weight", TYPE_REAL, "0.95", AT (edge_weight), 0, 1, NULL },
  { "optimiser", "kind", TYPE_NAME, "adam", AT (optimiser.kind), 0, 0,
    tsn_optimiser_kind_from_name },
  { "optimiser", "rate", TYPE_REAL, "1e-4", AT (optimiser.rate), 0, 1000, NULL },
  { "optimiser", "encoder-factor", TYPE_REAL, "1", AT (optimiser.encoder_factor), 0, 1000, NULL },
  { "optimiser", "rest-factor", TYPE_REAL, "1", AT (optimiser.rest_factor), 0, 1000, NULL },
  { "optimiser", "beta1", TYPE_REAL, "0.9", AT (optimiser.beta1), 0, 0.999999, NULL },
  { "optimiser", "beta2", TYPE_REAL, "0.999", AT (optimiser.beta2), 0, 0.999999999, NULL },
  { "optimiser", "epsilon", TYPE_REAL, "1e-8", AT (optimiser.epsilon), 1e-30, 1, NULL },
  { "optimiser", "momentum", TYPE_REAL, "0.9", AT (optimiser.momentum), 0, 0.999999, NULL },
  { "optimiser", "weight-decay", TYPE_REAL, "0", AT (optimiser.weight_decay), 0, 1000, NULL },
  { "optimiser", "clip", TYPE_REAL, "0", AT (optimiser.clip), 0, 1e30, NULL },
  { "optimiser", "average", TYPE_REAL, "0", AT (optimiser.average), 0, 0.999999999, NULL },
  { "schedule", "kind", TYPE_NAME, "plateau", AT (schedule.kind), 0, 0,
    tsn_schedule_kind_from_name },
  { "schedule", "warmup", TYPE_COUNT64, "0", AT (schedule.warmup), 0, 1e15, NULL },
  { "schedule", "floor", TYPE_REAL, "0", AT (schedule.floor), 0, 1, NULL },
  { "schedule", "power", TYPE_REAL, "0.9", AT (schedule.power), 0.01, 100, NULL },
  { "schedule", "shrink", TYPE_REAL, "0.5", AT (schedule.shrink), 0, 1, NULL },
  { "schedule", "patience", TYPE_COUNT, "10", AT (schedule.patience), 0, 1000000, NULL },
  { "training", "seed", TYPE_COUNT64, "1", AT (seed), 0, 1e15, NULL },
  { "training", "rounds", TYPE_COUNT64, "130", AT (rounds), 1, 1e9, NULL },
  { "training", "steps", TYPE_COUNT64, "0", AT (steps), 0, 1e15, NULL },
  { "training", "switch", TYPE_NAME, "epoch", AT (mode), 0, 0, tsn_switch_mode_from_name },
  { "training", "validate-rounds", TYPE_COUNT, "1", AT (validate_rounds), 1, 1000000, NULL },
  { "training", "validation-photos", TYPE_COUNT, "200", AT (validation_photos), 1, 1000000, NULL },
  { "training", "checkpoint-seconds", TYPE_REAL, "300", AT (checkpoint_seconds), 0, 1e9, NULL },
};

static const Key source_keys[] = {
  { NULL, "task", TYPE_TEXT, "", IN (task), 0, 0, NULL },
  { NULL, "folder", TYPE_TEXT, "", IN (folder), 0, 0, NULL },
  { NULL, "layout", TYPE_TEXT, "", IN (layout), 0, 0, NULL },
  { NULL, "split", TYPE_TEXT, "train", IN (split), 0, 0, NULL },
  { NULL, "validation", TYPE_TEXT, "val", IN (validation), 0, 0, NULL },
  { NULL, "weight", TYPE_REAL, "1", IN (weight), 1e-6, 1e6, NULL },
  { NULL, "balance", TYPE_SWITCH, "false", IN (balance), 0, 0, NULL },
  { NULL, "nobody", TYPE_SWITCH, "false", IN (nobody), 0, 0, NULL },
};

static gboolean
set_number (const Key *key, const char *text, void *value)
{
  char *end = NULL;
  double number = *text != '\0' ? g_ascii_strtod (text, &end) : NAN;

  if (end == NULL || *end != '\0' || !(number >= key->min && number <= key->max))
    return FALSE;
  if (key->type != TYPE_REAL && number != floor (number))
    return FALSE;
  if (key->type == TYPE_COUNT)
    *(guint *) value = number;
  else if (key->type == TYPE_COUNT64)
    *(guint64 *) value = number;
  else
    *(double *) value = number;
  return TRUE;
}

/* Puts the text of a key where it belongs; says nothing about what is wrong. */
static gboolean
set_value (const Key *key, const char *text, void *base)
{
  void *value = (char *) base + key->offset;

  switch (key->type)
    {
    case TYPE_TEXT:
      g_free (*(char **) value);
      *(char **) value = g_strdup (text);
      return TRUE;
    case TYPE_SWITCH:
      *(gboolean *) value = g_str_equal (text, "true");
      return g_str_equal (text, "true") || g_str_equal (text, "false");
    case TYPE_NAME:
      return key->from_name (text, value);
    case TYPE_COUNT:
    case TYPE_COUNT64:
    case TYPE_REAL:
      return set_number (key, text, value);
    }
  g_return_val_if_reached (FALSE);
}

static char *
describe (const Key *key)
{
  switch (key->type)
    {
    case TYPE_TEXT:
      return g_strdup ("text");
    case TYPE_SWITCH:
      return g_strdup ("true or false");
    case TYPE_NAME:
      return g_strdup ("one of the known names");
    case TYPE_COUNT:
    case TYPE_COUNT64:
      return g_strdup_printf ("a whole number from %g to %g", key->min, key->max);
    case TYPE_REAL:
      return g_strdup_printf ("a number from %g to %g", key->min, key->max);
    }
  g_return_val_if_reached (NULL);
}

/* Augmentation has its standard values elsewhere: they are in place before the file is read. */
static char *
format_present (const Key *key, const void *base)
{
  const void *value = (const char *) base + key->offset;
  char *text;

  if (key->type == TYPE_SWITCH)
    return g_strdup (*(const gboolean *) value ? "true" : "false");
  text = g_malloc (G_ASCII_DTOSTR_BUF_SIZE);
  g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, "%.15g", *(const double *) value);
  if (g_ascii_strtod (text, NULL) != *(const double *) value)
    g_ascii_dtostr (text, G_ASCII_DTOSTR_BUF_SIZE, *(const double *) value);
  return text;
}

static gboolean
apply_key (GKeyFile *file, const char *group, const Key *key, void *base, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = g_key_file_get_string (file, group, key->key, &cause);
  g_autofree char *expected = NULL;

  if (cause != NULL && g_key_file_has_key (file, group, key->key, NULL))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "“%s” of [%s] cannot be read: %s",
                   key->key, group, cause->message);
      return FALSE;
    }
  if (text == NULL)
    {
      text = key->standard != NULL ? g_strdup (key->standard) : format_present (key, base);
      g_key_file_set_string (file, group, key->key, text);
    }
  if (set_value (key, g_strstrip (text), base))
    return TRUE;
  expected = describe (key);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "“%s” of [%s] should be %s, but is “%s”",
               key->key, group, expected, text);
  return FALSE;
}

/* Whether a key is one that every task has. */
static gboolean
is_of_task (const TsnTrainConfig *config,
            const char *group,
            const char *name,
            const char *wanted,
            const char *prefix)
{
  return g_str_equal (group, wanted) && g_str_has_prefix (name, prefix)
         && tsn_task_list_find (config->tasks, name + strlen (prefix)) >= 0;
}

static gboolean
is_known (const TsnTrainConfig *config, const char *group, const char *name)
{
  if (g_str_has_prefix (group, SOURCE_PREFIX))
    {
      for (guint i = 0; i < G_N_ELEMENTS (source_keys); i++)
        if (g_str_equal (source_keys[i].key, name))
          return TRUE;
      return FALSE;
    }
  if (g_str_has_prefix (group, TSN_TRAIN_TASK_PREFIX))
    return tsn_train_tasks_know_key (name);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].key, name))
      return TRUE;
  return is_of_task (config, group, name, "loss", WEIGHT_PREFIX)
         || is_of_task (config, group, name, "training", SHARE_PREFIX);
}

static gboolean
check_known (const TsnTrainConfig *config, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (config->resolved, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (config->resolved, groups[g], NULL, NULL);

      for (guint i = 0; names[i] != NULL; i++)
        if (!is_known (config, groups[g], names[i]))
          {
            g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "There is no key “%s” in [%s]",
                         names[i], groups[g]);
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
find_tasks (TsnTrainConfig *config, GError **error)
{
  config->tasks = tsn_train_tasks_new (config->profile, config->resolved, error);
  config->spec.tasks = config->tasks;
  if (config->tasks == NULL || config->tasks->len <= TSN_MAX_TASKS)
    return config->tasks != NULL;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "A network can have %d tasks at most, but %u are defined", TSN_MAX_TASKS,
               config->tasks->len);
  return FALSE;
}

static gboolean
read_weight (TsnTrainConfig *config, guint t, GError **error)
{
  const TsnTask *task = tsn_task_list_get (config->tasks, t);
  g_autofree char *name = g_strconcat (WEIGHT_PREFIX, task->name, NULL);
  char standard[G_ASCII_DTOSTR_BUF_SIZE];
  Key key = { "loss", name, TYPE_REAL, standard, AT (weights) + t * sizeof (double), 0, 1e6, NULL };

  g_ascii_dtostr (standard, sizeof standard, tsn_loss_default_weight (task));
  return apply_key (config->resolved, "loss", &key, config, error);
}

static gboolean
read_share (TsnTrainConfig *config, guint t, GError **error)
{
  g_autofree char *name
      = g_strconcat (SHARE_PREFIX, tsn_task_list_get (config->tasks, t)->name, NULL);
  Key key = { "training",           name, TYPE_COUNT, "1", AT (shares) + t * sizeof (guint), 1,
              TSN_SWITCH_MAX_SHARE, NULL };

  return apply_key (config->resolved, "training", &key, config, error);
}

static gboolean
read_keys_of_tasks (TsnTrainConfig *config, GError **error)
{
  for (guint t = 0; t < config->tasks->len; t++)
    if (!read_weight (config, t, error) || !read_share (config, t, error))
      return FALSE;
  return TRUE;
}

static void
source_free_cb (gpointer data)
{
  TsnTrainSource *source = data;

  g_free (source->name);
  g_free (source->task);
  g_free (source->folder);
  g_free (source->layout);
  g_free (source->split);
  g_free (source->validation);
  g_free (source);
}

static gboolean
read_source (TsnTrainConfig *config, const char *group, GError **error)
{
  TsnTrainSource *source = g_new0 (TsnTrainSource, 1);

  source->name = g_strdup (group + strlen (SOURCE_PREFIX));
  g_ptr_array_add (config->sources, source);
  for (guint i = 0; i < G_N_ELEMENTS (source_keys); i++)
    if (!apply_key (config->resolved, group, &source_keys[i], source, error))
      return FALSE;
  if (*source->folder == '\0')
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "[%s] does not say its folder", group);
  else if (tsn_task_list_find (config->tasks, source->task) < 0)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "[%s] is for task “%s”, which the network does not have", group, source->task);
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_sources (TsnTrainConfig *config, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (config->resolved, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    if (g_str_has_prefix (groups[g], SOURCE_PREFIX) && !read_source (config, groups[g], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_sizes (const TsnTrainConfig *config, GError **error)
{
  if (config->width % 32 == 0 && config->height % 32 == 0
      && (guint64) config->batch * config->width * config->height > 32 * 32)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "Crops should be multiples of 32 pixels wide and high, and a batch larger than one "
               "of 32 x 32, but they are %u x %u",
               config->width, config->height);
  return FALSE;
}

/* What a group or a key may be called in a key file; GLib drops the rest without a word. */
static gboolean
is_key_file_name (const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    if (*c == '[' || *c == ']' || *c == '=' || g_ascii_iscntrl (*c))
      return FALSE;
  return *name != '\0';
}

static gboolean
override (GKeyFile *file, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, equals - text) : NULL;
  g_autofree char *value = equals != NULL ? g_strstrip (g_strdup (equals + 1)) : NULL;
  char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (dot != NULL)
    {
      *dot = '\0';
      g_strstrip (name);
      g_strstrip (dot + 1);
    }
  if (dot == NULL || !is_key_file_name (name) || !is_key_file_name (dot + 1))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "An override looks like “optimiser.rate=1e-3”, not like “%s”", text);
      return FALSE;
    }
  g_key_file_set_string (file, name, dot + 1, value);
  return TRUE;
}

/* A run may be resumed from another folder. */
static void
make_root_absolute (TsnTrainConfig *config)
{
  char *root = g_canonicalize_filename (config->root, NULL);

  g_free (config->root);
  config->root = root;
  g_key_file_set_string (config->resolved, "data", "root", root);
}

/* Everything after the file's syntax. */
static gboolean
read_config (TsnTrainConfig *config, const char *const *overrides, GError **error)
{
  for (guint i = 0; overrides != NULL && overrides[i] != NULL; i++)
    if (!override (config->resolved, overrides[i], error))
      return FALSE;
  tsn_augment_options_init (&config->augment);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!apply_key (config->resolved, keys[i].group, &keys[i], config, error))
      return FALSE;
  make_root_absolute (config);
  return find_tasks (config, error) && read_keys_of_tasks (config, error)
         && check_known (config, error) && read_sources (config, error)
         && check_sizes (config, error) && tsn_augment_options_check (&config->augment, error);
}

/**
 * tsn_train_config_load:
 * @path: a key file
 * @overrides: (nullable) (array zero-terminated=1): "GROUP.KEY=VALUE", as if the file said so
 * @error: %TSN_ERROR_IO if the file cannot be read, %TSN_ERROR_FORMAT if it is not a key file,
 *   %TSN_ERROR_ARGUMENT for an unknown key or a value out of range; the sentence names the file
 *
 * Returns: (transfer full) (nullable): the file with every standard value filled in.
 */
TsnTrainConfig *
tsn_train_config_load (const char *path, const char *const *overrides, GError **error)
{
  g_autoptr (TsnTrainConfig) config = g_new0 (TsnTrainConfig, 1);
  g_autofree char *name = g_filename_display_name (path);
  GError *cause = NULL;

  config->resolved = g_key_file_new ();
  config->sources = g_ptr_array_new_with_free_func (source_free_cb);
  if (!g_key_file_load_from_file (config->resolved, path, G_KEY_FILE_NONE, &cause))
    g_set_error (error, TSN_ERROR, cause->domain == G_FILE_ERROR ? TSN_ERROR_IO : TSN_ERROR_FORMAT,
                 "Cannot read the config '%s': %s", name, cause->message);
  else if (!read_config (config, overrides, &cause))
    g_set_error (error, cause->domain, cause->code, "'%s' is not a usable config: %s", name,
                 cause->message);
  else
    return g_steal_pointer (&config);
  g_error_free (cause);
  return NULL;
}

/**
 * tsn_train_config_save:
 * @error: %TSN_ERROR_IO
 *
 * Writes the resolved config, every value in it, in a form that tsn_train_config_load() reads.
 */
gboolean
tsn_train_config_save (TsnTrainConfig *config, const char *path, GError **error)
{
  size_t length;
  g_autofree char *text = g_key_file_to_data (config->resolved, &length, NULL);
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, error);

  return writer != NULL && tsn_file_writer_write (writer, text, length, error)
         && tsn_file_writer_finish (writer, error);
}

void
tsn_train_config_free (TsnTrainConfig *config)
{
  g_clear_pointer (&config->tasks, g_ptr_array_unref);
  g_clear_pointer (&config->sources, g_ptr_array_unref);
  g_key_file_unref (config->resolved);
  g_free (config->profile);
  g_free (config->root);
  g_free (config->name);
  g_free (config->provenance);
  g_free (config);
}
