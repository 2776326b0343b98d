/* Which tasks a document shows. */
#include "ui/tsn-document-private.h"

guint64
tsn_document_get_shown (TsnDocument *self)
{
  return self->shown;
}

static guint64
all_tasks (TsnDocument *self)
{
  guint n = tsn_document_get_n_tasks (self);

  return n == TSN_PREDICTOR_MAX_TASKS ? G_MAXUINT64 : TASK_BIT (n) - 1;
}

/**
 * tsn_document_set_shown:
 * @shown: a bit per task; unknown tasks are left out, and an empty set changes nothing
 */
void
tsn_document_set_shown (TsnDocument *self, guint64 shown)
{
  shown &= all_tasks (self);
  if (shown == 0 || shown == self->shown)
    return;
  self->shown = shown;
  g_object_freeze_notify (G_OBJECT (self));
  tsn_document_notify (self, TSN_DOCUMENT_PROP_SHOWN);
  if (!tsn_document_is_shown (self, self->active))
    tsn_document_set_active (self, __builtin_ctzll (shown));
  g_object_thaw_notify (G_OBJECT (self));
  tsn_predictor_want (self->predictor, shown);
}

gboolean
tsn_document_is_shown (TsnDocument *self, guint task)
{
  return task < TSN_PREDICTOR_MAX_TASKS && (self->shown & TASK_BIT (task)) != 0;
}

guint
tsn_document_count_shown (TsnDocument *self)
{
  return __builtin_popcountll (self->shown);
}

/**
 * tsn_document_show_only:
 *
 * Shows one task, which becomes the active one.
 */
void
tsn_document_show_only (TsnDocument *self, guint task)
{
  if (task >= tsn_document_get_n_tasks (self))
    return;
  tsn_document_set_shown (self, TASK_BIT (task));
  tsn_document_set_active (self, task);
}

void
tsn_document_show_all (TsnDocument *self)
{
  tsn_document_set_shown (self, all_tasks (self));
}

/**
 * tsn_document_toggle:
 *
 * Adds a task to those shown, and makes it the active one, or takes it away; the last one stays.
 */
void
tsn_document_toggle (TsnDocument *self, guint task)
{
  if (task >= tsn_document_get_n_tasks (self))
    return;
  if (self->shown == TASK_BIT (task))
    tsn_document_notify (self, TSN_DOCUMENT_PROP_SHOWN); /* a cleared check mark comes back */
  else
    tsn_document_set_shown (self, self->shown ^ TASK_BIT (task));
  if (tsn_document_is_shown (self, task))
    tsn_document_set_active (self, task);
}

guint
tsn_document_get_active (TsnDocument *self)
{
  return self->active;
}

/**
 * tsn_document_set_active:
 *
 * Chooses the task that the legend explains, among those shown.
 */
void
tsn_document_set_active (TsnDocument *self, guint task)
{
  if (task == self->active || !tsn_document_is_shown (self, task))
    return;
  self->active = task;
  tsn_display_set_isolated (self->display, -1); /* it was a class of the other task */
  tsn_document_notify (self, TSN_DOCUMENT_PROP_ACTIVE);
}

gboolean
tsn_document_get_show_photo (TsnDocument *self)
{
  return self->show_photo;
}

void
tsn_document_set_show_photo (TsnDocument *self, gboolean show_photo)
{
  if (self->show_photo == show_photo)
    return;
  self->show_photo = show_photo;
  tsn_document_notify (self, TSN_DOCUMENT_PROP_SHOW_PHOTO);
}
