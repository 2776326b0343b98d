#include "core/io/tsn-model-metadata.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-image.h"
#include "core/io/tsn-json.h"
#include "core/io/tsn-model-file.h"
#include "core/io/tsn-task-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Returns: the value of a key that must be there; or %NULL with @error, the end of a sentence. */
const char *
tsn_model_metadata_get (TsnSafetensors *file, const char *key, GError **error)
{
  const char *value = tsn_safetensors_get_metadata (file, key);

  if (value == NULL)
    tsn_error_set (error, TSN_ERROR_MODEL, _ ("its metadata has no '%s'"), key);
  return value;
}

/* Reads a whole number from 1 to @max. */
gboolean
tsn_model_metadata_get_number (
    TsnSafetensors *file, const char *key, guint max, guint *number, GError **error)
{
  const char *value = tsn_model_metadata_get (file, key, error);
  guint64 n;

  if (value == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (value, 10, 1, max, &n, NULL))
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("its metadata '%s' is not a whole number from 1 to %u"), key, max);
  *number = n;
  return TRUE;
}

gboolean
tsn_model_metadata_get_width (TsnSafetensors *file, const char *key, double *width, GError **error)
{
  const char *value = tsn_model_metadata_get (file, key, error);
  char *end;

  if (value == NULL)
    return FALSE;
  *width = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || !(*width > 0 && *width <= TSN_MAX_WIDTH))
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("its metadata '%s' is not a number in (0, %d]"), key, TSN_MAX_WIDTH);
  return TRUE;
}

/* Returns: whether this looks like what the reference program writes: our names, no format. */
gboolean
tsn_model_metadata_is_reference (TsnSafetensors *file)
{
  return tsn_safetensors_get_metadata (file, "format") == NULL
         && tsn_safetensors_get_metadata (file, "conditioning") != NULL
         && tsn_safetensors_get_metadata (file, "width") != NULL
         && tsn_safetensors_get_metadata (file, "tasks") != NULL;
}

static gboolean
check_format (TsnSafetensors *file, GError **error)
{
  const char *format = tsn_safetensors_get_metadata (file, "format");
  const char *version;

  if (tsn_model_metadata_is_reference (file))
    return tsn_error_set (
        error, TSN_ERROR_MODEL,
        _ ("it comes from the reference program; 'tsn convert' makes a model of it"));
  if (g_strcmp0 (format, TSN_MODEL_FORMAT) != 0)
    return tsn_error_set (error, TSN_ERROR_MODEL, _ ("its metadata does not say 'format': '%s'"),
                          TSN_MODEL_FORMAT);
  version = tsn_model_metadata_get (file, "format_version", error);
  if (version == NULL)
    return FALSE;
  if (strcmp (version, G_STRINGIFY (TSN_MODEL_FORMAT_VERSION)) != 0)
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("it has format version '%s', but only version %d can be read"),
                          version, TSN_MODEL_FORMAT_VERSION);
  return TRUE;
}

static gboolean
read_names (TsnModelMetadata *metadata, TsnSafetensors *file, GError **error)
{
  const char *encoder, *conditioning, *code;

  if ((encoder = tsn_model_metadata_get (file, "encoder", error)) == NULL
      || (conditioning = tsn_model_metadata_get (file, "conditioning", error)) == NULL
      || (code = tsn_model_metadata_get (file, "code", error)) == NULL)
    return FALSE;
  if (strcmp (encoder, "resnet18") != 0 && strcmp (encoder, "resnet34") != 0)
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("its encoder '%s' is neither resnet18 nor resnet34"), encoder);
  metadata->spec.depth = strcmp (encoder, "resnet18") == 0 ? 18 : 34;
  if (!tsn_conditioning_from_name (conditioning, &metadata->spec.conditioning))
    return tsn_error_set (error, TSN_ERROR_MODEL, _ ("its conditioning '%s' is not known"),
                          conditioning);
  if (!tsn_code_kind_from_name (code, &metadata->spec.code))
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("its code '%s' is neither orthogonal nor gaussian"), code);
  return TRUE;
}

static gboolean
read_triple (JsonObject *object, const char *member, float out[3], GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) != 3)
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("'%s' of its normalisation is not a list of 3 numbers"), member);
  array = json_node_get_array (node);
  for (guint i = 0; i < 3; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      GType type = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_value_type (element) : 0;

      if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
        return tsn_error_set (error, TSN_ERROR_MODEL,
                              _ ("'%s' of its normalisation is not a list of 3 numbers"), member);
      out[i] = json_node_get_double (element);
    }
  return TRUE;
}

static gboolean
check_normalisation (const float mean[3], const float std[3], GError **error)
{
  for (guint i = 0; i < 3; i++)
    if (!isfinite (mean[i]) || !isfinite (std[i]) || !(std[i] > 0))
      return tsn_error_set (
          error, TSN_ERROR_MODEL,
          _ ("its normalisation by mean %g and deviation %g of channel %u is impossible"), mean[i],
          std[i], i);
  return TRUE;
}

static gboolean
read_normalisation (TsnModelMetadata *metadata, TsnSafetensors *file, GError **error)
{
  const char *text = tsn_model_metadata_get (file, "normalisation", error);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (text == NULL)
    return FALSE;
  root = tsn_json_parse (text, strlen (text), 2, error);
  if (root == NULL)
    {
      /* Translators: before what is wrong with it, as "is not complete JSON". */
      g_prefix_error (error, _ ("its metadata 'normalisation' "));
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("its metadata 'normalisation' is not an object"));
  object = json_node_get_object (root);
  return read_triple (object, "mean", metadata->mean, error)
         && read_triple (object, "std", metadata->std, error)
         && check_normalisation (metadata->mean, metadata->std, error);
}

static gboolean
read_tasks (TsnModelMetadata *metadata, TsnSafetensors *file, GError **error)
{
  const char *text = tsn_model_metadata_get (file, "tasks", error);

  if (text == NULL)
    return FALSE;
  metadata->tasks = tsn_task_list_from_json (text, error);
  metadata->spec.tasks = metadata->tasks;
  return metadata->tasks != NULL;
}

/**
 * tsn_model_metadata_read:
 * @error: %TSN_ERROR_MODEL or %TSN_ERROR_FORMAT, as the end of a sentence: the caller names the
 * file
 *
 * Returns: (transfer full) (nullable): the description, every number within its bounds.
 */
TsnModelMetadata *
tsn_model_metadata_read (TsnSafetensors *file, GError **error)
{
  g_autoptr (TsnModelMetadata) metadata = g_new0 (TsnModelMetadata, 1);
  TsnNetworkSpec *spec = &metadata->spec;

  if (check_format (file, error) && read_names (metadata, file, error)
      && tsn_model_metadata_get_width (file, "width", &spec->width, error)
      && tsn_model_metadata_get_number (file, "code_length", TSN_MAX_CODE_LENGTH,
                                        &spec->code_length, error)
      && tsn_model_metadata_get_number (file, "size", TSN_IMAGE_MAX_SIZE, &metadata->size, error)
      && read_normalisation (metadata, file, error) && read_tasks (metadata, file, error))
    return g_steal_pointer (&metadata);
  return NULL;
}

void
tsn_model_metadata_free (TsnModelMetadata *metadata)
{
  g_clear_pointer (&metadata->tasks, g_ptr_array_unref);
  g_free (metadata);
}

/* Appends the shortest decimal that is read back as @value, so that files say 0.485. */
void
tsn_model_metadata_append_float (GString *text, float value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 6; digits <= 9; digits++)
    {
      char format[] = "%.6g";

      format[2] = '0' + digits;
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if ((float) g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
}

static char *
describe_normalisation (const TsnModel *model)
{
  GString *text = g_string_new ("{\"mean\":[");

  for (guint i = 0; i < 3; i++)
    {
      tsn_model_metadata_append_float (text, model->mean[i]);
      g_string_append (text, i < 2 ? "," : "],\"std\":[");
    }
  for (guint i = 0; i < 3; i++)
    {
      tsn_model_metadata_append_float (text, model->std[i]);
      g_string_append (text, i < 2 ? "," : "]}");
    }
  return g_string_free (text, FALSE);
}

/**
 * tsn_model_metadata_check:
 * @error: %TSN_ERROR_MODEL, as the end of a sentence
 *
 * Returns: whether what would be written could be read again.
 */
gboolean
tsn_model_metadata_check (const TsnModel *model, GError **error)
{
  if (model->size < 1 || model->size > TSN_IMAGE_MAX_SIZE)
    return tsn_error_set (error, TSN_ERROR_MODEL, "its size %u is not from 1 to %u", model->size,
                          TSN_IMAGE_MAX_SIZE);
  return check_normalisation (model->mean, model->std, error)
         && tsn_task_list_check (model->spec.tasks, error);
}

/**
 * tsn_model_metadata_foreach:
 * @model: one for which tsn_model_metadata_check() holds
 * @func: called for each key with its value
 *
 * Describes a model completely, but for its weights and Gaussian codes.
 */
void
tsn_model_metadata_foreach (const TsnModel *model, TsnModelMetadataFunc func, gpointer data)
{
  const TsnNetworkSpec *spec = &model->spec;
  char width[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *encoder = g_strdup_printf ("resnet%u", spec->depth);
  g_autofree char *code_length = g_strdup_printf ("%u", spec->code_length);
  g_autofree char *size = g_strdup_printf ("%u", model->size);
  g_autofree char *tasks = tsn_task_list_to_json (spec->tasks);
  g_autofree char *normalisation = describe_normalisation (model);
  const char *const pairs[][2] = {
    { "format", TSN_MODEL_FORMAT },
    { "format_version", G_STRINGIFY (TSN_MODEL_FORMAT_VERSION) },
    { "encoder", encoder },
    { "width", g_ascii_dtostr (width, sizeof width, spec->width) },
    { "conditioning", tsn_conditioning_get_name (spec->conditioning) },
    { "code", tsn_code_kind_get_name (spec->code) },
    { "code_length", code_length },
    { "tasks", tasks },
    { "normalisation", normalisation },
    { "size", size },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    func (data, pairs[i][0], pairs[i][1]);
  if (model->named)
    func (data, "name", model->name);
  if (model->provenance != NULL)
    func (data, "provenance", model->provenance);
}

static void
write_cb (gpointer data, const char *key, const char *value)
{
  tsn_safetensors_writer_set_metadata (data, key, value);
}

/**
 * tsn_model_metadata_write:
 * @model: one for which tsn_model_metadata_check() holds
 */
void
tsn_model_metadata_write (const TsnModel *model, TsnSafetensorsWriter *writer)
{
  tsn_model_metadata_foreach (model, write_cb, writer);
}
