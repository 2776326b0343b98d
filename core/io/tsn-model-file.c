#include "core/io/tsn-model-file.h"

#include "core/io/tsn-model-metadata.h"
#include "core/io/tsn-model-weights.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Returns: (transfer full): "street" for /models/street.safetensors */
char *
tsn_model_file_get_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (g_str_has_suffix (name, ".safetensors"))
    name[strlen (name) - strlen (".safetensors")] = '\0';
  return g_steal_pointer (&name);
}

static void
set_name (TsnModel *model, TsnSafetensors *file)
{
  const char *name = tsn_safetensors_get_metadata (file, "name");

  model->named = name != NULL && *name != '\0';
  model->name = model->named ? g_strdup (name)
                             : tsn_model_file_get_name (tsn_safetensors_get_path (file));
}

/**
 * tsn_model_load_safetensors:
 * @file: an open model file
 * @error: %TSN_ERROR_MODEL or %TSN_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable): like tsn_model_load().
 */
TsnModel *
tsn_model_load_safetensors (TsnSafetensors *file, GError **error)
{
  const char *path = tsn_safetensors_get_path (file);
  g_autoptr (TsnModelMetadata) metadata = tsn_model_metadata_read (file, error);
  g_autoptr (TsnModel) model = NULL;

  if (metadata == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      /* Translators: before what is wrong with it, as "its metadata has no 'tasks'". */
      g_prefix_error (error, _ ("'%s' is not a usable model: "), name);
      return NULL;
    }
  model = tsn_model_weights_read (file, &metadata->spec, "", error);
  if (model == NULL || !tsn_model_weights_read_codes (file, model, error))
    return NULL;
  memcpy (model->mean, metadata->mean, sizeof model->mean);
  memcpy (model->std, metadata->std, sizeof model->std);
  model->size = metadata->size;
  model->provenance = g_strdup (tsn_safetensors_get_metadata (file, "provenance"));
  set_name (model, file);
  return g_steal_pointer (&model);
}

/**
 * tsn_model_load:
 * @path: a model file
 * @error: %TSN_ERROR_IO if it cannot be opened, %TSN_ERROR_FORMAT if it is not sound safetensors,
 *   %TSN_ERROR_MODEL if it is not a model that this version knows, if a tensor is missing, of the
 *   wrong shape or not finite; the sentence names the file
 *
 * Returns: (transfer full) (nullable): the model, named after the file unless that says its name.
 */
TsnModel *
tsn_model_load (const char *path, GError **error)
{
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, error);

  return file != NULL ? tsn_model_load_safetensors (file, error) : NULL;
}

/**
 * tsn_model_save:
 * @dtype: %TSN_DTYPE_F32, %TSN_DTYPE_F16 or %TSN_DTYPE_BF16
 * @error: %TSN_ERROR_IO if @path cannot be written, %TSN_ERROR_MODEL if the model holds what could
 *   not be loaded again, such as a number that is infinite as @dtype
 *
 * The file appears complete, or not at all.
 */
gboolean
tsn_model_save (TsnModel *model, const char *path, TsnDtype dtype, GError **error)
{
  g_autoptr (TsnSafetensorsWriter) writer = tsn_safetensors_writer_new ();

  g_return_val_if_fail (dtype <= TSN_DTYPE_BF16, FALSE);

  if (!tsn_model_metadata_check (model, error) || !tsn_model_weights_check (model, dtype, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "Cannot save the model as '%s': ", name);
      return FALSE;
    }
  tsn_model_metadata_write (model, writer);
  tsn_model_weights_write (model, writer, dtype);
  return tsn_safetensors_writer_save (writer, path, error);
}
