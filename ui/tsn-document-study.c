#include "ui/tsn-document-study.h"

#include "ui/tsn-blend-study.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-inspection.h"

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

/* The network itself is no feature map. */
static void
get_inspector (TsnInspection *inspection, TsnStudyInspector *inspector)
{
  TsnInspectMode mode = tsn_inspection_get_mode (inspection);
  const char *node = tsn_inspection_get_node (inspection);

  inspector->enabled = mode != TSN_INSPECT_NETWORK;
  inspector->node = node != NULL && *node != '\0' ? g_strdup (node) : NULL;
  inspector->channel = tsn_inspection_get_channel (inspection);
  if (mode != TSN_INSPECT_NETWORK)
    inspector->mode = TSN_FEATURE_VIEW_CHANNELS + mode - TSN_INSPECT_GRID;
}

/* What can be taken back at once. */
static void
get_look (TsnDocument *self, TsnStudy *study)
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
  get_inspector (tsn_document_get_inspection (self), &study->inspector);
}

/**
 * tsn_document_get_study:
 * @study: an initialised study that says nothing yet
 *
 * Writes down all that is shown.  Pictures that lie in no file, such as pasted
 * ones and frames, are left out.
 */
void
tsn_document_get_study (TsnDocument *self, TsnStudy *study)
{
  if (!tsn_document_is_live (self))
    get_photo_source (self, &study->source);
  study->model.path = g_strdup (tsn_document_get_model_path (self));
  study->second.path
      = g_strdup (tsn_compare_get_model_path (tsn_document_get_compare (self)));
  get_look (self, study);
  study->blend.enabled = tsn_blend_is_active (tsn_document_get_blend (self));
  study->inspector.enabled &= tsn_inspection_get_active (tsn_document_get_inspection (self));
}
