#include "app/tsn-settings.h"

#include "config.h"

/* Folders that hold the compiled schema when it is not among the system's: that of the build, for
 * a program that was not installed, and that of an installation outside of the system's. */
static GSettingsSchemaSource *
open_folder (const char *folder, GSettingsSchemaSource *system)
{
  return g_settings_schema_source_new_from_directory (folder, system, FALSE, NULL);
}

static GSettingsSchema *
look_up_in (char *folder, GSettingsSchemaSource *system)
{
  g_autofree char *owned = folder;
  g_autoptr (GSettingsSchemaSource) source = open_folder (owned, system);

  return source != NULL ? g_settings_schema_source_lookup (source, TSN_APP_ID, FALSE) : NULL;
}

static char *
build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");

  return g_build_filename (folder, "..", "data", NULL);
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *system = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = NULL;

  if (system != NULL)
    schema = g_settings_schema_source_lookup (system, TSN_APP_ID, TRUE);
  if (schema == NULL)
    schema = look_up_in (build_folder (), system);
  if (schema == NULL)
    schema
        = look_up_in (g_build_filename (TSN_PKGDATADIR, "..", "glib-2.0", "schemas", NULL), system);
  return schema;
}

/**
 * tsn_settings_new:
 *
 * Finds the schema among the system's (GSETTINGS_SCHEMA_DIR adds to them), in the build folder, or
 * where the program was installed.
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL if the installation lacks the schema.
 */
GSettings *
tsn_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
