#include "ui/tsn-history.h"

struct _TsnHistory
{
  GObject parent_instance;

  TsnDocument *document;
  TsnView *view;
  TsnStudy *now;   /* what is shown, as far as it was noticed */
  GPtrArray *undo; /* of TsnStudy, the newest last */
  GPtrArray *redo;
  guint pause;      /* a change waits for the next, or 0 */
  gboolean passive; /* whether what changes is no step */
  gboolean settles; /* whether a change of the view alone is none */
  double width;     /* of the photo */
  double height;
};

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TsnHistory, tsn_history, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  tsn_study_clear (data);
  g_free (data);
}

static TsnStudy *
take (TsnHistory *self)
{
  TsnStudy *study = g_new (TsnStudy, 1);

  tsn_study_init (study);
  tsn_document_get_look (self->document, study);
  tsn_view_get_study (self->view, &study->view);
  return study;
}

static void
notify (TsnHistory *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
}

static void
push (TsnHistory *self, TsnStudy *before)
{
  g_ptr_array_add (self->undo, before);
  if (self->undo->len > TSN_HISTORY_STEPS)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
}

/**
 * tsn_history_commit:
 *
 * Makes a step of what changed, without waiting for further changes.
 *
 * Returns: whether there was anything to make a step of.
 */
gboolean
tsn_history_commit (TsnHistory *self)
{
  gboolean step = FALSE;
  TsnStudy *study;

  if (self->pause == 0)
    return FALSE;
  g_clear_handle_id (&self->pause, g_source_remove);
  study = take (self);
  if (self->settles)
    self->now->view = study->view;
  step = !self->passive && !tsn_study_equal (study, self->now);
  if (step)
    push (self, self->now);
  else
    step_free (self->now);
  self->now = study;
  self->passive = self->settles = FALSE;
  notify (self);
  return step;
}

static gboolean
pause_cb (gpointer data)
{
  tsn_history_commit (data);
  return G_SOURCE_REMOVE;
}

static void settle (TsnHistory *self);

static gboolean
chosen_cb (gpointer data)
{
  TsnHistory *self = data;

  tsn_history_commit (self);
  settle (self);
  return G_SOURCE_REMOVE;
}

/* Before the next event, which is another wish. */
static void
commit_soon (TsnHistory *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_idle_add_full (G_PRIORITY_HIGH, chosen_cb, self, NULL);
  notify (self);
}

static void
changed_cb (TsnHistory *self)
{
  if (self->passive)
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (TSN_HISTORY_PAUSE_MS, pause_cb, self);
  notify (self);
}

/* What is chosen among a few is not dragged: it is a step, together with all that changes at once.
 */
static void
choose_cb (TsnHistory *self)
{
  if (!self->passive)
    commit_soon (self);
}

/* Panes of another size change what is drawn, but not where one looks. */
static void
view_changed_cb (TsnHistory *self)
{
  const TsnStudyView *before = &self->now->view;
  TsnStudyView view = *before;

  tsn_view_get_study (self->view, &view);
  if (view.fit != before->fit || view.zoom != before->zoom || view.x != before->x
      || view.y != before->y)
    changed_cb (self);
}

/**
 * tsn_history_skip:
 *
 * What changed just now, and what changes before the next event, is no step.
 */
void
tsn_history_skip (TsnHistory *self)
{
  self->passive = TRUE;
  commit_soon (self);
}

/* Panes get other sizes a little later, and the view is kept inside them. */
static void
settle (TsnHistory *self)
{
  self->settles = TRUE;
  changed_cb (self);
}

/* A photo of another size is seen whole at first; frames of a camera change nothing. */
static void
photo_changed_cb (TsnHistory *self)
{
  double width, height;

  tsn_view_get_image_size (self->view, &width, &height);
  if (width != self->width || height != self->height)
    settle (self);
  self->width = width;
  self->height = height;
}

static void
go (TsnHistory *self, GPtrArray *from, GPtrArray *to)
{
  TsnStudy *study;

  if (from->len == 0)
    return;
  study = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, self->now);
  tsn_document_set_look (self->document, study);
  tsn_view_set_study (self->view, &study->view);
  step_free (study);
  self->now = take (self);
  settle (self);
  notify (self);
}

/**
 * tsn_history_undo:
 *
 * Takes the last step back.
 */
void
tsn_history_undo (TsnHistory *self)
{
  tsn_history_commit (self);
  go (self, self->undo, self->redo);
}

/**
 * tsn_history_redo:
 *
 * Takes again the step that was taken back last.
 */
void
tsn_history_redo (TsnHistory *self)
{
  tsn_history_commit (self);
  go (self, self->redo, self->undo);
}

gboolean
tsn_history_can_undo (TsnHistory *self)
{
  return self->undo->len > 0 || (self->pause != 0 && !self->passive && !self->settles);
}

gboolean
tsn_history_can_redo (TsnHistory *self)
{
  return self->redo->len > 0;
}

static void
tsn_history_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnHistory *self = TSN_HISTORY (object);

  if (prop_id == PROP_CAN_UNDO)
    g_value_set_boolean (value, tsn_history_can_undo (self));
  else if (prop_id == PROP_CAN_REDO)
    g_value_set_boolean (value, tsn_history_can_redo (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
tsn_history_dispose (GObject *object)
{
  TsnHistory *self = TSN_HISTORY (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->view);
  g_clear_pointer (&self->now, step_free);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  G_OBJECT_CLASS (tsn_history_parent_class)->dispose (object);
}

static void
tsn_history_class_init (TsnHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsn_history_get_property;
  object_class->dispose = tsn_history_dispose;
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tsn_history_init (TsnHistory *self)
{
  self->undo = g_ptr_array_new_with_free_func (step_free);
  self->redo = g_ptr_array_new_with_free_func (step_free);
}

static void
follow (TsnHistory *self, gpointer object, GCallback callback, const char *const *names)
{
  for (; *names != NULL; names++)
    g_signal_connect_object (object, *names, callback, self, G_CONNECT_SWAPPED);
}

/* Only what a person changes: other properties change with every frame of a camera. */
static void
follow_all (TsnHistory *self)
{
  TsnDocument *document = self->document;
  GCallback chosen = G_CALLBACK (choose_cb), dragged = G_CALLBACK (changed_cb);

  follow (self, document, chosen,
          (const char *const[]){ "notify::shown", "notify::active", "notify::show-photo",
                                 "notify::show-truth", "notify::size", NULL });
  follow (self, tsn_document_get_display (document), chosen,
          (const char *const[]){ "notify::layout", "notify::isolated", "notify::hatching", NULL });
  follow (self, tsn_document_get_display (document), dragged,
          (const char *const[]){ "notify::opacity", NULL });
  follow (self, tsn_document_get_compare (document), chosen,
          (const char *const[]){ "notify::enabled", "notify::mode", NULL });
  follow (self, tsn_document_get_compare (document), dragged,
          (const char *const[]){ "notify::wipe", NULL });
  follow (self, tsn_document_get_blend (document), dragged,
          (const char *const[]){ "changed", NULL });
  follow (self, tsn_blend_get_path (tsn_document_get_blend (document)), dragged,
          (const char *const[]){ "changed", "notify::loop", "notify::duration", NULL });
  follow (self, tsn_document_get_blend (document), chosen,
          (const char *const[]){ "notify::shown", "notify::space", NULL });
  follow (self, tsn_document_get_inspection (document), chosen,
          (const char *const[]){ "notify::node", "notify::mode", "notify::topic",
                                 "notify::by-energy", "notify::lock-basis", "notify::first",
                                 "notify::second", NULL });
  follow (self, tsn_document_get_inspection (document), dragged,
          (const char *const[]){ "notify::channel", NULL });
  g_signal_connect_object (self->view, "changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsn_history_new:
 * @document: whose steps can be taken back from now on
 * @view: into it; it should follow another photo before the history does
 *
 * Returns: (transfer full): a history without steps.
 */
TsnHistory *
tsn_history_new (TsnDocument *document, TsnView *view)
{
  TsnHistory *self = g_object_new (TSN_TYPE_HISTORY, NULL);

  self->document = g_object_ref (document);
  self->view = g_object_ref (view);
  self->now = take (self);
  follow_all (self);
  g_signal_connect_object (document, "photo-changed", G_CALLBACK (photo_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* Another model begins with tasks and a blend of its own. */
  g_signal_connect_object (document, "model-changed", G_CALLBACK (tsn_history_skip), self,
                           G_CONNECT_SWAPPED);
  return self;
}
