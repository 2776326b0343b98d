#include "ui/tsn-study-opener.h"

#include "core/figure/tsn-figure-maker.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"

/**
 * Stage:
 * @IDLE: nothing is to be done
 * @SURVEYING: files are being looked for
 * @ASKING: one is missing, and somebody thinks about it
 * @LOADING: models and photo are being read
 * @AWAITING_FRAME: all is restored but the view, which needs the size of the pictures
 */
typedef enum
{
  IDLE,
  SURVEYING,
  ASKING,
  LOADING,
  AWAITING_FRAME,
} Stage;

/* What is to be looked for, and what was found. */
typedef struct
{
  char *paths[TSN_STUDY_N_PARTS];  /* NULL for what needs no file */
  char *hashes[TSN_STUDY_N_PARTS]; /* as they should be, NULL where that is not known */
  gboolean missing[TSN_STUDY_N_PARTS];
  gboolean differs[TSN_STUDY_N_PARTS];
} Survey;

struct _TsnStudyOpener
{
  GObject parent_instance;

  TsnDocument *document;
  TsnView *view;
  TsnStudy study;
  Stage stage;
  TsnStudyPart part; /* that is missing */
  GCancellable *survey;
  TsnFrameSource *film; /* weak: the one that was opened, or NULL */
  guint loaded;         /* all may be there, or 0 */
  gboolean loading_source;
  gboolean overtaken; /* somebody opened something else since */
};

enum
{
  MISSING,
  DIFFERS,
  CHANGING,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnStudyOpener, tsn_study_opener, G_TYPE_OBJECT)

static void
survey_free (gpointer data)
{
  Survey *survey = data;

  for (guint i = 0; i < TSN_STUDY_N_PARTS; i++)
    {
      g_free (survey->paths[i]);
      g_free (survey->hashes[i]);
    }
  g_free (survey);
}

static void
survey_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Survey *survey = data;

  for (guint i = 0; i < TSN_STUDY_N_PARTS; i++)
    {
      g_autofree char *hash = NULL;

      if (survey->paths[i] == NULL)
        continue;
      survey->missing[i] = !g_file_test (survey->paths[i], G_FILE_TEST_EXISTS);
      if (survey->hashes[i] != NULL && !survey->missing[i])
        hash = tsn_study_hash_file (survey->paths[i], NULL);
      survey->differs[i] = hash != NULL && g_strcmp0 (hash, survey->hashes[i]) != 0;
    }
  g_task_return_boolean (task, TRUE);
}

/* Where the photo is, or the folder or film. */
static char *
find_source (const TsnStudy *study)
{
  char *photo = tsn_study_get_photo_path (study);

  return photo != NULL ? photo : g_strdup (study->source.path);
}

static void
load_source (TsnStudyOpener *self)
{
  const TsnStudySource *source = &self->study.source;
  TsnLive *live = tsn_document_get_live (self->document);
  g_autofree char *path = find_source (&self->study);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (source->kind == TSN_STUDY_CAMERA)
    tsn_live_open_camera (live, source->device != NULL ? source->device : "");
  else if (source->kind == TSN_STUDY_NOTHING || file == NULL)
    return;
  else if (source->kind == TSN_STUDY_VIDEO)
    {
      g_set_weak_pointer (&self->film, tsn_frame_source_new_file (path));
      tsn_live_open_source (live, self->film, TSN_LIVE_VIDEO);
    }
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    tsn_document_open_folder (self->document, file);
  else
    tsn_document_open_file (self->document, file);
}

static gboolean
is_live (TsnStudyOpener *self)
{
  TsnStudySourceKind kind = self->study.source.kind;

  return kind == TSN_STUDY_VIDEO || kind == TSN_STUDY_CAMERA;
}

/* Whether somebody opened something else in place of the study's photo, film or camera, or closed
 * it. */
static gboolean
is_overtaken (TsnStudyOpener *self)
{
  return self->overtaken || (is_live (self) && !tsn_document_is_live (self->document));
}

/* The view is one into the pictures of the study. */
static void
finish (TsnStudyOpener *self)
{
  if (!is_overtaken (self))
    tsn_view_set_study (self->view, &self->study.view);
  self->stage = IDLE;
  g_signal_emit (self, signals[DONE], 0);
}

/* Goes on when models and photo are there, or failed. */
static gboolean
loaded_cb (gpointer data)
{
  TsnStudyOpener *self = data;

  self->loaded = 0;
  if (self->stage != LOADING || tsn_document_is_loading (self->document))
    return G_SOURCE_REMOVE;
  tsn_document_set_look (self->document, &self->study);
  g_signal_emit (self, signals[CHANGING], 0);
  if (is_live (self) && !is_overtaken (self) && !tsn_document_shows_frame (self->document))
    self->stage = AWAITING_FRAME;
  else
    finish (self);
  return G_SOURCE_REMOVE;
}

/* The document may be in the middle of adopting what it tells about. */
static void
progress_cb (TsnStudyOpener *self)
{
  if (self->stage == LOADING && self->loaded == 0 && !tsn_document_is_loading (self->document))
    self->loaded = g_idle_add_full (G_PRIORITY_DEFAULT, loaded_cb, self, NULL);
}

/* A film stops where it was. */
static void
photo_changed_cb (TsnStudyOpener *self)
{
  const TsnStudySource *source = &self->study.source;

  if (self->stage != AWAITING_FRAME)
    return;
  if (source->kind == TSN_STUDY_VIDEO && source->position > 0 && self->film != NULL
      && !is_overtaken (self))
    {
      tsn_live_set_frozen (tsn_document_get_live (self->document), TRUE);
      tsn_frame_source_seek (self->film, source->position * 1e9, TRUE);
    }
  finish (self);
}

static void
load_models (TsnStudyOpener *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);
  const char *model = self->study.model.path, *second = self->study.second.path;

  if (model != NULL && g_strcmp0 (model, tsn_document_get_model_path (self->document)) != 0)
    tsn_document_load_model (self->document, model);
  if (second != NULL && g_strcmp0 (second, tsn_compare_get_model_path (compare)) != 0)
    tsn_compare_load (compare, second);
}

static void
load (TsnStudyOpener *self)
{
  g_signal_emit (self, signals[CHANGING], 0);
  load_models (self);
  self->loading_source = TRUE;
  load_source (self);
  self->loading_source = FALSE;
  self->stage = LOADING; /* only now, when all is on its way */
  progress_cb (self);
}

static void
surveyed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnStudyOpener *self = TSN_STUDY_OPENER (object);
  const Survey *survey = g_task_get_task_data (G_TASK (result));

  if (g_task_get_cancellable (G_TASK (result)) != self->survey || self->survey == NULL)
    return;
  g_clear_object (&self->survey);
  for (guint i = 0; i < TSN_STUDY_N_PARTS; i++)
    if (survey->missing[i])
      {
        self->stage = ASKING;
        self->part = i;
        g_signal_emit (self, signals[MISSING], 0, i, survey->paths[i]);
        return;
      }
  for (guint i = 0; i < TSN_STUDY_N_PARTS; i++)
    if (survey->differs[i])
      g_signal_emit (self, signals[DIFFERS], 0, i, survey->paths[i]);
  load (self);
}

static void
stop_survey (TsnStudyOpener *self)
{
  if (self->survey != NULL)
    g_cancellable_cancel (self->survey);
  g_clear_object (&self->survey);
}

static void
look_for_files (TsnStudyOpener *self)
{
  Survey *survey = g_new0 (Survey, 1);
  g_autoptr (GTask) task = NULL;

  stop_survey (self);
  survey->paths[TSN_STUDY_PART_PHOTO] = find_source (&self->study);
  survey->paths[TSN_STUDY_PART_MODEL] = g_strdup (self->study.model.path);
  survey->paths[TSN_STUDY_PART_SECOND] = g_strdup (self->study.second.path);
  survey->hashes[TSN_STUDY_PART_MODEL] = g_strdup (self->study.model.sha256);
  survey->hashes[TSN_STUDY_PART_SECOND] = g_strdup (self->study.second.sha256);
  self->stage = SURVEYING;
  self->survey = g_cancellable_new ();
  task = g_task_new (self, self->survey, surveyed_cb, NULL);
  g_task_set_task_data (task, survey, survey_free);
  g_task_run_in_thread (task, survey_thread);
}

/**
 * tsn_study_opener_open:
 * @study: what to show; copied
 *
 * Begins to open a study, in place of the one that is being opened, if any.
 */
void
tsn_study_opener_open (TsnStudyOpener *self, const TsnStudy *study)
{
  tsn_study_opener_cancel (self);
  self->overtaken = FALSE;
  tsn_study_clear (&self->study);
  tsn_study_copy (study, &self->study);
  look_for_files (self);
}

static void
set_source (TsnStudySource *source, const char *path)
{
  g_clear_pointer (&source->path, g_free);
  g_clear_pointer (&source->item, g_free);
  source->path = g_strdup (path);
  if (path == NULL)
    source->kind = TSN_STUDY_NOTHING;
  else if (source->kind != TSN_STUDY_VIDEO)
    source->kind = TSN_STUDY_PHOTO;
}

/* Without its second model a comparison has nothing to compare. */
static void
set_model (TsnStudy *study, TsnStudyPart part, const char *path)
{
  TsnStudyModel *model = part == TSN_STUDY_PART_MODEL ? &study->model : &study->second;

  g_free (model->path);
  model->path = g_strdup (path);
  if (part == TSN_STUDY_PART_SECOND && path == NULL)
    study->compare.enabled = FALSE;
}

/* What somebody opens stays; the rest of the study comes all the same. */
static void
source_asked_cb (TsnStudyOpener *self)
{
  if (self->stage == IDLE || self->loading_source)
    return;
  self->overtaken = TRUE;
  if (self->stage == SURVEYING || self->stage == ASKING)
    set_source (&self->study.source, NULL);
  if (self->stage == SURVEYING)
    look_for_files (self);
}

/**
 * tsn_study_opener_answer:
 * @path: (nullable): where the missing file is, or %NULL to go on without it
 *
 * Answers the signal `missing`.
 */
void
tsn_study_opener_answer (TsnStudyOpener *self, const char *path)
{
  if (self->stage != ASKING)
    return;
  if (self->part == TSN_STUDY_PART_PHOTO)
    {
      set_source (&self->study.source, path);
      self->overtaken &= path == NULL;
    }
  else
    set_model (&self->study, self->part, path);
  look_for_files (self);
}

/**
 * tsn_study_opener_cancel:
 *
 * Gives up; what is loaded by now stays.
 */
void
tsn_study_opener_cancel (TsnStudyOpener *self)
{
  stop_survey (self);
  g_clear_handle_id (&self->loaded, g_source_remove);
  self->stage = IDLE;
}

gboolean
tsn_study_opener_is_busy (TsnStudyOpener *self)
{
  return self->stage != IDLE;
}

/**
 * tsn_study_opener_is_loading_source:
 *
 * Returns: whether it is the opener that asks the document for a source right now.
 */
gboolean
tsn_study_opener_is_loading_source (TsnStudyOpener *self)
{
  return self->loading_source;
}

/**
 * tsn_study_opener_get_study:
 *
 * Returns: (transfer none): what is being opened, or was opened last.
 */
const TsnStudy *
tsn_study_opener_get_study (TsnStudyOpener *self)
{
  return &self->study;
}

static void
tsn_study_opener_dispose (GObject *object)
{
  TsnStudyOpener *self = TSN_STUDY_OPENER (object);

  tsn_study_opener_cancel (self);
  g_clear_weak_pointer (&self->film);
  g_clear_object (&self->document);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (tsn_study_opener_parent_class)->dispose (object);
}

static void
tsn_study_opener_finalize (GObject *object)
{
  tsn_study_clear (&TSN_STUDY_OPENER (object)->study);
  G_OBJECT_CLASS (tsn_study_opener_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params)
{
  return g_signal_new (name, TSN_TYPE_STUDY_OPENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, G_TYPE_UINT, G_TYPE_STRING);
}

static void
tsn_study_opener_class_init (TsnStudyOpenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsn_study_opener_dispose;
  object_class->finalize = tsn_study_opener_finalize;
  signals[MISSING] = new_signal ("missing", 2);
  signals[DIFFERS] = new_signal ("differs", 2);
  signals[CHANGING] = new_signal ("changing", 0);
  signals[DONE] = new_signal ("done", 0);
}

static void
tsn_study_opener_init (TsnStudyOpener *self)
{
  tsn_study_init (&self->study);
}

/**
 * tsn_study_opener_new:
 * @view: into @document; it should follow another photo before the opener does
 *
 * Returns: (transfer full): an opener.
 */
TsnStudyOpener *
tsn_study_opener_new (TsnDocument *document, TsnView *view)
{
  TsnStudyOpener *self = g_object_new (TSN_TYPE_STUDY_OPENER, NULL);

  self->document = g_object_ref (document);
  self->view = g_object_ref (view);
  g_signal_connect_object (document, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "source-asked", G_CALLBACK (source_asked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "photo-changed", G_CALLBACK (photo_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
