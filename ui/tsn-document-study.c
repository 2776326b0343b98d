#include "ui/tsn-document-study.h"

#include "ui/tsn-blend-study.h"
#include "ui/tsn-document-private.h"

/* The largest input that the settings know. */
#define MAX_SIZE 2048

/* With fewer photos a folder is no different from its photo. */
#define WORTH_A_FOLDER 2

static TsnStudySourceKind
choose_kind (TsnGallery *gallery, GFile *file)
{
  if (tsn_gallery_find (gallery, file) == TSN_GALLERY_NOWHERE)
    return TSN_STUDY_PHOTO;
  if (tsn_gallery_get_dataset (gallery) != NULL)
    return TSN_STUDY_DATASET;
  return tsn_gallery_get_length (gallery) >= WORTH_A_FOLDER ? TSN_STUDY_FOLDER : TSN_STUDY_PHOTO;
}

static void
get_photo_source (TsnDocument *self, TsnStudySource *source)
{
  TsnGallery *gallery = tsn_document_get_gallery (self);
  const TsnPhoto *photo = tsn_document_get_photo (self);
  GFile *file = photo != NULL ? photo->file : NULL;

  if (file == NULL || !g_file_is_native (file))
    return;
  source->kind = choose_kind (gallery, file);
  if (source->kind != TSN_STUDY_PHOTO)
    source->item = g_file_get_relative_path (tsn_gallery_get_folder (gallery), file);
  if (source->item == NULL)
    source->kind = TSN_STUDY_PHOTO;
  source->path = g_file_get_path (source->kind == TSN_STUDY_PHOTO
                                      ? file
                                      : tsn_gallery_get_folder (gallery));
}

static void
get_video_source (TsnFrameSource *video, TsnStudySource *source)
{
  gint64 position = tsn_frame_source_get_position (video);

  source->kind = TSN_STUDY_VIDEO;
  source->path = g_strdup (tsn_frame_source_get_path (video));
  source->position = position != TSN_TIME_UNKNOWN ? position / 1e9 : 0;
}

static void
get_source (TsnDocument *self, TsnStudySource *source)
{
  TsnLive *live = tsn_document_get_live (self);

  switch (tsn_live_get_kind (live))
    {
    case TSN_LIVE_VIDEO:
      get_video_source (tsn_live_get_source (live), source);
      break;
    case TSN_LIVE_CAMERA:
      source->kind = TSN_STUDY_CAMERA;
      source->device = g_strdup (tsn_live_get_camera (live));
      break;
    case TSN_LIVE_NONE:
    default:
      get_photo_source (self, source);
      break;
    }
}

static void
get_tasks (TsnDocument *self, TsnStudy *study)
{
  TsnDisplay *display = tsn_document_get_display (self);
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  int isolated = tsn_display_get_isolated (display);
  guint n = tsn_document_get_n_tasks (self);
  const TsnTask *active;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    if (tsn_document_is_shown (self, i))
      g_strv_builder_add (shown, tsn_document_get_task (self, i)->name);
  if (tsn_document_count_shown (self) < n)
    study->shown = g_strv_builder_end (shown);
  active = tsn_document_get_task (self, tsn_document_get_active (self));
  study->active = g_strdup (active->name);
  if (isolated >= 0 && active->class_names != NULL && (guint) isolated < active->channels)
    tsn_study_set_isolated (study, active->name, active->class_names[isolated]);
}

static char *
dup_task_name (TsnDocument *self, guint task)
{
  return task < tsn_document_get_n_tasks (self) ? g_strdup (tsn_document_get_task (self, task)->name)
                                                : NULL;
}

/* The network itself is no feature map. */
static void
get_inspector (TsnDocument *self, TsnStudyInspector *inspector)
{
  TsnInspection *inspection = tsn_document_get_inspection (self);
  TsnInspectMode mode = tsn_inspection_get_mode (inspection);
  const char *node = tsn_inspection_get_node (inspection);

  inspector->enabled = mode != TSN_INSPECT_NETWORK;
  inspector->node = node != NULL && *node != '\0' ? g_strdup (node) : NULL;
  inspector->channel = tsn_inspection_get_channel (inspection);
  if (mode != TSN_INSPECT_NETWORK)
    inspector->mode = TSN_FEATURE_VIEW_CHANNELS + mode - TSN_INSPECT_GRID;
  inspector->by_energy = tsn_inspection_get_by_energy (inspection);
  inspector->keep_basis = tsn_inspection_get_lock_basis (inspection);
  inspector->topic = (TsnStudyTopic) tsn_inspection_get_topic (inspection);
  inspector->first = dup_task_name (self, tsn_inspection_get_first (inspection));
  inspector->second = dup_task_name (self, tsn_inspection_get_second (inspection));
}

/**
 * tsn_document_get_look:
 * @study: an initialised study that says nothing yet
 *
 * Writes down what can be taken back at once.
 */
void
tsn_document_get_look (TsnDocument *self, TsnStudy *study)
{
  TsnDisplay *display = tsn_document_get_display (self);
  TsnCompare *compare = tsn_document_get_compare (self);

  get_tasks (self, study);
  study->size = tsn_document_get_size (self);
  study->show_photo = tsn_document_get_show_photo (self);
  study->show_truth = tsn_document_get_show_truth (self);
  study->layout = (TsnStudyLayout) tsn_display_get_layout (display);
  study->opacity = tsn_display_get_opacity (display);
  study->hatching = tsn_display_get_hatching (display);
  study->compare.enabled = tsn_compare_get_enabled (compare);
  study->compare.mode = (TsnStudyCompareMode) tsn_compare_get_mode (compare);
  study->compare.wipe = tsn_compare_get_wipe (compare);
  tsn_blend_get_study (tsn_document_get_blend (self), study);
  get_inspector (self, &study->inspector);
}

/**
 * tsn_document_get_study:
 * @study: an initialised study that says nothing yet
 *
 * Writes down all that is shown.  A picture that was pasted has no name, and is left out.
 */
void
tsn_document_get_study (TsnDocument *self, TsnStudy *study)
{
  get_source (self, &study->source);
  study->model.path = g_strdup (tsn_document_get_model_path (self));
  study->second.path
      = g_strdup (tsn_compare_get_model_path (tsn_document_get_compare (self)));
  tsn_document_get_look (self, study);
  study->blend.enabled = tsn_blend_is_active (tsn_document_get_blend (self));
  study->inspector.enabled &= tsn_inspection_get_active (tsn_document_get_inspection (self));
}

static int
find_task (TsnDocument *self, const char *name)
{
  for (guint i = 0; i < tsn_document_get_n_tasks (self); i++)
    if (g_strcmp0 (tsn_document_get_task (self, i)->name, name) == 0)
      return i;
  return -1;
}

static int
find_class (const TsnTask *task, const char *name)
{
  for (guint i = 0; name != NULL && task->class_names != NULL && i < task->channels; i++)
    if (g_strcmp0 (task->class_names[i], name) == 0)
      return i;
  return -1;
}

static void
set_tasks (TsnDocument *self, const TsnStudy *study)
{
  int active = find_task (self, study->active);
  guint64 shown = 0;

  if (study->shown == NULL)
    tsn_document_show_all (self);
  for (char **name = study->shown; name != NULL && *name != NULL; name++)
    if (find_task (self, *name) >= 0)
      shown |= G_GUINT64_CONSTANT (1) << find_task (self, *name);
  if (shown != 0)
    tsn_document_set_shown (self, shown);
  if (active < 0)
    return;
  tsn_document_set_active (self, active);
  tsn_display_set_isolated (tsn_document_get_display (self),
                            find_class (tsn_document_get_task (self, active),
                                        tsn_study_get_isolated (study, study->active)));
}

static void
set_compared_task (TsnDocument *self, const char *property, const char *name)
{
  int task = find_task (self, name);

  if (task >= 0)
    g_object_set (tsn_document_get_inspection (self), property, (guint) task, NULL);
}

/* Beside another page it is not shown, but keeps how it looks. */
static void
set_inspector (TsnDocument *self, const TsnStudy *study)
{
  TsnInspection *inspection = tsn_document_get_inspection (self);
  const TsnStudyInspector *inspector = &study->inspector;
  gboolean map = inspector->enabled
                 || (study->page != NULL && !g_str_equal (study->page, "inspect"));

  if (inspector->node != NULL)
    tsn_inspection_set_node (inspection, inspector->node);
  g_object_set (inspection, "channel", inspector->channel, "by-energy", inspector->by_energy,
                "lock-basis", inspector->keep_basis, "topic", (int) inspector->topic, NULL);
  set_compared_task (self, "first", inspector->first);
  set_compared_task (self, "second", inspector->second);
  tsn_inspection_set_mode (inspection,
                           map ? TSN_INSPECT_GRID + inspector->mode - TSN_FEATURE_VIEW_CHANNELS
                               : TSN_INSPECT_NETWORK);
}

/**
 * tsn_document_set_look:
 *
 * Shows what is written down, as far as the model has the tasks, classes and modules that are named.
 */
void
tsn_document_set_look (TsnDocument *self, const TsnStudy *study)
{
  TsnDisplay *display = tsn_document_get_display (self);
  TsnCompare *compare = tsn_document_get_compare (self);
  /* Its page shows the blend anyway. */
  gboolean on_page = g_strcmp0 (study->page, "blend") == 0;

  self->setting_look++;
  set_tasks (self, study);
  tsn_document_set_size (self, MIN (study->size, MAX_SIZE));
  tsn_document_set_show_photo (self, study->show_photo);
  tsn_document_set_show_truth (self, study->show_truth);
  tsn_display_set_layout (display, (TsnLayout) study->layout);
  tsn_display_set_opacity (display, study->opacity);
  tsn_display_set_hatching (display, study->hatching);
  tsn_compare_set_mode (compare, (TsnCompareMode) study->compare.mode);
  tsn_compare_set_wipe (compare, study->compare.wipe);
  tsn_compare_set_enabled (compare, study->compare.enabled);
  tsn_blend_set_study (tsn_document_get_blend (self), study);
  tsn_blend_set_shown (tsn_document_get_blend (self), study->blend.enabled && !on_page);
  set_inspector (self, study);
  self->setting_look--;
}

/**
 * tsn_document_is_setting_look:
 *
 * Returns: whether what changes now is what was written down, and no wish of the moment.
 */
gboolean
tsn_document_is_setting_look (TsnDocument *self)
{
  return self->setting_look > 0;
}

/**
 * tsn_view_get_study:
 *
 * Writes down where everybody looks.
 */
void
tsn_view_get_study (TsnView *self, TsnStudyView *study)
{
  study->fit = tsn_view_get_fit (self);
  if (study->fit)
    return;
  study->zoom = tsn_view_get_zoom (self);
  tsn_view_get_centre (self, &study->x, &study->y);
}

/**
 * tsn_view_set_study:
 *
 * Looks there again.
 */
void
tsn_view_set_study (TsnView *self, const TsnStudyView *study)
{
  if (study->fit)
    tsn_view_fit (self);
  else
    tsn_view_show (self, study->zoom, study->x, study->y);
}
