#include "app/cli/tsn-progress.h"
#include "app/cli/tsn-verb-data.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-scene-view.h"

#include <stdio.h>

#define SUMMARY                                                                                    \
  "Draws living rooms and writes them as a data set in the folder layout: photos with exact "      \
  "labels\n"                                                                                       \
  "for semantic segmentation (the 21 classes of PASCAL VOC), human parts, edges, saliency, "       \
  "surface\n"                                                                                      \
  "normals and depth.  The last fifth is the split val, the rest train."

typedef struct
{
  int count;
  char *size;
  gint64 seed;
  int samples;
  gboolean png;
  guint width;
  guint height;
} Options;

static gboolean
parse_size (Options *options)
{
  const char *size = options->size != NULL ? options->size : "320x240";
  char rest;

  return sscanf (size, "%ux%u%c", &options->width, &options->height, &rest) == 2
         && options->width >= 16 && options->height >= 16 && options->width <= 8192
         && options->height <= 8192;
}

static gboolean
write_split (const char *root, const char *split, guint first, guint last, GError **error)
{
  g_autofree char *name = g_strconcat (split, ".txt", NULL);
  g_autofree char *path = g_build_filename (root, "splits", name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = first; i < last; i++)
    g_string_append_printf (list, "%04u\n", i + 1);
  g_mkdir_with_parents (folder, 0777);
  return g_file_set_contents (path, list->str, list->len, error);
}

static gboolean
write_scene (const char *root, guint index, const Options *options, TsnPool *pool, GError **error)
{
  g_autoptr (TsnScene) scene = tsn_scene_new (options->seed + index);
  g_autoptr (TsnSceneView) view
      = tsn_scene_view_new (scene, options->width, options->height, options->samples, pool);
  g_autofree char *id = g_strdup_printf ("%04u", index + 1);

  return tsn_scene_view_save (view, root, id, options->png, error);
}

static gboolean
write_scenes (const char *root, const Options *options, GError **error)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (0);
  g_autoptr (TsnProgress) progress = tsn_progress_new (options->count);
  guint n = options->count, n_train = n - n / 5;

  for (guint i = 0; i < n; i++)
    {
      tsn_progress_show (progress, i, root);
      if (!write_scene (root, i, options, pool, error))
        return FALSE;
    }
  tsn_progress_hide (progress);
  /* A list comes last: a set that is not finished has none. */
  return write_split (root, "train", 0, n_train, error)
         && (n_train == n || write_split (root, "val", n_train, n, error));
}

static TsnExit
run (char **args, Options *options)
{
  g_autoptr (GError) error = NULL;

  if (args[0] == NULL || args[1] != NULL)
    return tsn_cli_fail_usage ("Name one folder to write to");
  if (!parse_size (options))
    return tsn_cli_fail_usage ("The size \"%s\" should be WxH, each from 16 to 8192",
                               options->size);
  if (options->count < 1 || options->count > 9999 || options->samples < 1
      || options->samples > 65536)
    return tsn_cli_fail_usage ("There should be 1 to 9999 scenes of 1 to 65536 samples a pixel");
  return write_scenes (args[0], options, &error) ? TSN_EXIT_OK : tsn_cli_fail (error);
}

TsnExit
tsn_verb_data_scenes (char ***args)
{
  Options options = { .count = 10, .seed = 1, .samples = 16 };
  const GOptionEntry entries[] = {
    { "count", 'n', 0, G_OPTION_ARG_INT, &options.count, "How many scenes (default: 10)", "N" },
    { "size", 's', 0, G_OPTION_ARG_STRING, &options.size, "Size in pixels (default: 320x240)",
      "WxH" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, "Seed of the first scene (default: 1)",
      "S" },
    { "samples", 0, 0, G_OPTION_ARG_INT, &options.samples, "Paths of light a pixel (default: 16)",
      "N" },
    { "png", 0, 0, G_OPTION_ARG_NONE, &options.png, "Store photos as PNG instead of JPEG", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("FOLDER", SUMMARY, entries);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (g_option_context_parse_strv (context, args, &error))
    status = run (*args + 1, &options);
  else
    status = tsn_cli_fail_usage ("%s", error->message);
  g_free (options.size);
  return status;
}
