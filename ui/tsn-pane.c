#include "ui/tsn-pane.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* Lines of a pattern along the longer side of a photo, and how near they may come in pixels. */
#define HATCHES 56
#define SMALLEST_HATCH 8

/* The styler's slot of the blend, after two for every task. */
#define BLEND_SLOT (TSN_STYLER_SLOTS - 1)
#define TRUTH_SLOT (2 * TSN_PREDICTOR_MAX_TASKS)

static void
add (GArray *panes, TsnPaneRole role, guint task)
{
  TsnPane pane = { role, task, NULL };

  g_array_append_val (panes, pane);
}

/* Tasks that only one model has are shown as they are without a comparison. */
static void
add_compared (GArray *panes, TsnDocument *document, guint task)
{
  static const TsnPaneRole roles[] = { [TSN_COMPARE_WIPE] = TSN_PANE_WIPE,
                                       [TSN_COMPARE_BLINK] = TSN_PANE_BLINK,
                                       [TSN_COMPARE_DIFFERENCE] = TSN_PANE_DIFFERENCE };
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnCompareMode mode = tsn_compare_get_mode (compare);

  if (mode == TSN_COMPARE_SIDE)
    {
      add (panes, TSN_PANE_FIRST, task);
      add (panes, TSN_PANE_SECOND, task);
    }
  else
    add (panes, tsn_compare_match (compare, task) >= 0 ? roles[mode] : TSN_PANE_FIRST, task);
}

/* Whether the photo has a pane of its own: over it or beside a pair of many it would be too much.
 */
static gboolean
wants_photo (TsnDocument *document, gboolean on)
{
  TsnLayout layout = tsn_display_get_layout (tsn_document_get_display (document));
  gboolean pairs
      = on && tsn_compare_get_mode (tsn_document_get_compare (document)) == TSN_COMPARE_SIDE;

  return tsn_document_get_show_photo (document) && layout == TSN_LAYOUT_GRID
         && !(pairs && tsn_document_count_shown (document) > 1);
}

static guint
count_lead (const GArray *panes)
{
  guint n = 0;

  while (n < panes->len
         && (g_array_index (panes, TsnPane, n).role == TSN_PANE_PHOTO
             || g_array_index (panes, TsnPane, n).role == TSN_PANE_BLEND))
    n++;
  return n;
}

/* Models side by side, and the label beside them, stay together if every task has all of them. */
static guint
count_together (const GArray *panes, guint lead)
{
  guint tasks = 0, rest = panes->len - lead;

  for (guint i = lead; i < panes->len; i++)
    {
      TsnPaneRole role = g_array_index (panes, TsnPane, i).role;

      tasks += role != TSN_PANE_TRUTH && role != TSN_PANE_SECOND;
    }
  /* A single task stands beside what leads. */
  if (tasks == 0 || rest % tasks != 0 || (tasks == 1 && lead > 0))
    return 1;
  return rest / tasks;
}

/**
 * tsn_pane_list:
 * @group: (out): how many panes that follow each other belong together
 * @lead: (out): how many come before the first that belong together
 *
 * Returns: (transfer full) (element-type TsnPane): what is to be shown, without canvases.
 */
GArray *
tsn_pane_list (TsnDocument *document, guint *group, guint *lead)
{
  GArray *panes = g_array_new (FALSE, FALSE, sizeof (TsnPane));
  TsnBlend *blend = tsn_document_get_blend (document);
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnLayout layout = tsn_display_get_layout (tsn_document_get_display (document));
  gboolean on = tsn_compare_is_on (compare), photo = wants_photo (document, on);

  if (photo)
    add (panes, TSN_PANE_PHOTO, 0);
  if (tsn_blend_is_active (blend) && tsn_blend_can_mix (blend))
    add (panes, TSN_PANE_BLEND, 0);
  for (guint i = 0; i < tsn_document_get_n_tasks (document); i++)
    {
      if (!tsn_document_is_shown (document, i)
          || (layout == TSN_LAYOUT_SINGLE && i != tsn_document_get_active (document)))
        continue;
      if (on)
        add_compared (panes, document, i);
      else
        add (panes, TSN_PANE_FIRST, i);
      if (tsn_document_shows_truth_of (document, i))
        add (panes, TSN_PANE_TRUTH, i);
    }
  *lead = count_lead (panes);
  *group = count_together (panes, *lead);
  return panes;
}

/* What a pane has to show; nothing of it belongs to this struct but the strings. */
typedef struct
{
  TsnStyler *styler;
  char *title;
  char *second_title;
  char *summary;
  const char *note;
  TsnPicture *picture;
  TsnPicture *second;
  gboolean waiting;
} Content;

static void
content_clear (Content *content)
{
  g_free (content->title);
  g_free (content->second_title);
  g_free (content->summary);
}

/* Two models' metres are only comparable on one scale: that of the first, which the legend and the
 * label have, too. */
static void
share_scale (TsnDocument *document,
             guint task,
             const TsnPrediction *prediction,
             TsnRenderOptions *options)
{
  const TsnPrediction *first = tsn_document_get_prediction (document, task);

  if (first == NULL || first == prediction)
    return;
  options->low = first->legend->low;
  options->high = first->legend->high;
}

/* @longest: side of the picture in pixels */
static void
choose_class_options (TsnDocument *document, guint task, guint longest, TsnRenderOptions *options)
{
  TsnDisplay *display = tsn_document_get_display (document);
  int isolated = tsn_display_get_isolated (display);

  options->isolate = isolated >= 0 && task == tsn_document_get_active (document);
  options->isolated = options->isolate ? isolated : 0;
  if (tsn_display_get_hatching (display))
    options->hatch = MAX (longest / HATCHES, SMALLEST_HATCH);
}

static void
choose_options (TsnDocument *document,
                guint task,
                const TsnPrediction *prediction,
                TsnRenderOptions *options)
{
  guint longest = MAX (prediction->result->width, prediction->result->height);

  *options = (TsnRenderOptions){ 0 };
  switch (prediction->result->task->kind)
    {
    case TSN_TASK_CLASSES:
      choose_class_options (document, task, MIN (longest, TSN_PREDICTION_MAX_SIDE), options);
      break;
    case TSN_TASK_DEPTH:
      if (tsn_compare_is_on (tsn_document_get_compare (document)))
        share_scale (document, task, prediction, options);
      break;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_NORMALS:
    default:
      break;
    }
}

/* The picture of a prediction, in the looks that were chosen for its task. */
static TsnPicture *
get_picture (
    Content *content, TsnDocument *document, guint task, TsnPrediction *prediction, guint slot)
{
  TsnRenderOptions options;

  if (prediction == NULL)
    return NULL;
  choose_options (document, task, prediction, &options);
  return tsn_styler_get_picture (content->styler, slot, prediction, &options);
}

static const char *
get_model_name (const TsnModel *model)
{
  return model != NULL && model->name != NULL ? model->name : "";
}

/* The letters stand for the models, as in the side panel. */
static char *
title_of (const char *letter, const char *task)
{
  return g_strdup_printf ("%s · %s", letter, task);
}

/* Which model says what. */
static char *
summarise (const TsnPrediction *prediction, const TsnModel *model, gboolean on)
{
  g_autofree char *seen = prediction != NULL ? tsn_prediction_describe (prediction) : NULL;

  if (!on || seen == NULL)
    return g_steal_pointer (&seen);
  return g_strdup_printf ("%s: %s", get_model_name (model), seen);
}

static void
fill_photo (Content *content, TsnDocument *document)
{
  const TsnPhoto *photo = tsn_document_get_photo (document);

  content->title = g_strdup (_ ("Photo"));
  if (photo == NULL)
    return;
  content->picture = photo->picture;
  content->summary
      = g_strdup_printf ("%s, %u × %u", photo->name, photo->image->width, photo->image->height);
}

static void
fill_truth (Content *content, TsnDocument *document, guint task, const char *title)
{
  TsnAnnotation *truth = tsn_document_get_truth (document, task);
  TsnRenderOptions options = { 0 };

  /* Translators: title of a pane that shows what people labelled; %s is a task, as "Depth". */
  content->title = g_strdup_printf (_ ("Truth: %s"), title);
  content->waiting = truth == NULL;
  if (truth == NULL)
    return;
  if (truth->task->kind == TSN_TASK_CLASSES)
    choose_class_options (document, task, MAX (truth->truth->width, truth->truth->height),
                          &options);
  content->picture
      = tsn_styler_get_label_picture (content->styler, TRUTH_SLOT + task, truth, &options);
  content->summary = tsn_annotation_describe (truth);
}

/* Why there is nothing although nothing is being worked on. */
static const char *
get_stopped_note (TsnDocument *document)
{
  gboolean stopped = tsn_document_get_photo (document) != NULL && !tsn_document_is_busy (document);

  return stopped ? _ ("Stopped. F5 goes on.") : NULL;
}

static void
fill_first (Content *content, TsnDocument *document, guint task, const char *title)
{
  TsnPrediction *prediction = tsn_document_get_prediction (document, task);
  gboolean on = tsn_compare_is_on (tsn_document_get_compare (document));

  content->title = on ? title_of ("A", title) : g_strdup (title);
  content->picture = get_picture (content, document, task, prediction, 2 * task);
  content->summary = summarise (prediction, tsn_document_get_model (document), on);
  content->waiting = prediction == NULL
                     && tsn_predictor_is_waiting_for (tsn_document_get_predictor (document), task);
  if (prediction == NULL)
    content->note = get_stopped_note (document);
}

static void
fill_second (Content *content, TsnDocument *document, guint task, const char *title)
{
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnPrediction *prediction = tsn_compare_get_prediction (compare, task);

  content->title = title_of ("B", title);
  content->picture = get_picture (content, document, task, prediction, 2 * task + 1);
  content->summary = summarise (prediction, tsn_compare_get_model (compare), TRUE);
  content->waiting = prediction == NULL && tsn_compare_is_waiting_for (compare, task);
  if (prediction == NULL)
    content->note = get_stopped_note (document);
  if (tsn_compare_match (compare, task) < 0)
    content->note = _ ("This model does not have this task.");
}

static void
fill_wipe (Content *content, TsnDocument *document, guint task, const char *title)
{
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnDisagreement *disagreement = tsn_compare_get_disagreement (compare, task);

  fill_first (content, document, task, title);
  content->second = get_picture (content, document, task,
                                 tsn_compare_get_prediction (compare, task), 2 * task + 1);
  content->second_title = g_strdup ("B");
  content->waiting |= tsn_compare_is_waiting_for (compare, task);
  if (disagreement != NULL)
    {
      g_free (content->summary);
      content->summary = tsn_disagreement_describe (disagreement);
    }
}

static void
fill_difference (Content *content, TsnDocument *document, guint task, const char *title)
{
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnDisagreement *disagreement = tsn_compare_get_disagreement (compare, task);

  /* Translators: title of a map of where two models differ; %s is a task, as "Depth". */
  content->title = g_strdup_printf (_ ("%s · difference"), title);
  if (disagreement != NULL)
    {
      content->picture = disagreement->picture;
      content->summary = tsn_disagreement_describe (disagreement);
    }
  content->waiting = disagreement == NULL && tsn_document_is_busy (document);
  if (disagreement != NULL || content->waiting)
    return;
  if (tsn_compare_can_differ (compare, task))
    content->note = get_stopped_note (document);
  else
    content->note = _ ("Both models have a task of this name, but not with the same classes.");
}

static TsnPicture *
get_blend_picture (Content *content, TsnDocument *document, TsnPrediction *prediction)
{
  guint task = tsn_blend_get_readout (tsn_document_get_blend (document));
  TsnRenderOptions options;

  if (prediction == NULL)
    return NULL;
  choose_options (document, task, prediction, &options);
  return tsn_styler_get_picture (content->styler, BLEND_SLOT, prediction, &options);
}

/* The title says what is mixed, the summary what came of it, too. */
static void
fill_blend (Content *content, TsnDocument *document)
{
  TsnBlend *blend = tsn_document_get_blend (document);
  TsnPrediction *prediction = tsn_blend_get_prediction (blend);
  g_autofree char *mix = tsn_blend_describe (blend);
  g_autofree char *seen = prediction != NULL ? tsn_prediction_describe (prediction) : NULL;

  content->title = tsn_blend_make_title (blend);
  content->picture = get_blend_picture (content, document, prediction);
  content->summary = seen != NULL ? g_strdup_printf ("%s. %s", mix, seen) : g_steal_pointer (&mix);
  content->waiting = prediction == NULL && tsn_document_get_photo (document) != NULL
                     && tsn_predictor_is_waiting_for_slot (tsn_document_get_predictor (document),
                                                           TSN_PREDICTOR_BLEND);
  if (prediction == NULL)
    content->note = get_stopped_note (document);
}

static void
fill (Content *content, const TsnPane *pane, TsnDocument *document)
{
  const char *title = "";

  if (pane->role != TSN_PANE_PHOTO && pane->role != TSN_PANE_BLEND)
    title = tsn_task_text_title (tsn_document_get_task (document, pane->task));
  switch (pane->role)
    {
    case TSN_PANE_PHOTO:
      fill_photo (content, document);
      break;
    case TSN_PANE_BLEND:
      fill_blend (content, document);
      break;
    case TSN_PANE_TRUTH:
      fill_truth (content, document, pane->task, title);
      break;
    case TSN_PANE_SECOND:
      fill_second (content, document, pane->task, title);
      break;
    case TSN_PANE_WIPE:
      fill_wipe (content, document, pane->task, title);
      break;
    case TSN_PANE_BLINK:
      if (tsn_compare_get_second_shown (tsn_document_get_compare (document)))
        fill_second (content, document, pane->task, title);
      else
        fill_first (content, document, pane->task, title);
      break;
    case TSN_PANE_DIFFERENCE:
      fill_difference (content, document, pane->task, title);
      break;
    case TSN_PANE_FIRST:
    default:
      fill_first (content, document, pane->task, title);
    }
}

/**
 * tsn_pane_update:
 * @styler: draws what is not shown as it comes
 *
 * Brings the canvas up to date with what is known.
 */
void
tsn_pane_update (const TsnPane *pane, TsnDocument *document, TsnStyler *styler)
{
  Content content = { .styler = styler };

  fill (&content, pane, document);
  tsn_canvas_set_title (pane->canvas, content.title);
  tsn_canvas_set_picture (pane->canvas, content.picture);
  tsn_canvas_set_second (pane->canvas, content.second, content.second_title);
  tsn_canvas_set_summary (pane->canvas, content.summary);
  tsn_canvas_set_note (pane->canvas, content.note);
  tsn_canvas_set_waiting (pane->canvas, content.waiting);
  tsn_pane_update_looks (pane, document);
  content_clear (&content);
}

/**
 * tsn_pane_update_looks:
 *
 * Brings the overlay, the divider and the loupe up to date.
 */
void
tsn_pane_update_looks (const TsnPane *pane, TsnDocument *document)
{
  TsnDisplay *display = tsn_document_get_display (document);
  const TsnPhoto *photo = tsn_document_get_photo (document);
  gboolean overlay = tsn_display_get_layout (display) == TSN_LAYOUT_OVERLAY
                     && pane->role != TSN_PANE_PHOTO && photo != NULL;

  tsn_canvas_set_base (pane->canvas, overlay ? photo->picture : NULL,
                       tsn_display_get_opacity (display));
  tsn_canvas_set_wipe (pane->canvas, tsn_compare_get_wipe (tsn_document_get_compare (document)));
  tsn_canvas_set_loupe (pane->canvas, tsn_display_get_loupe (display));
}

/**
 * tsn_pane_describe_at:
 * @x: position on the photo in pixels
 *
 * Returns: (transfer full) (nullable): what the pane shows there, in a few words.
 */
char *
tsn_pane_describe_at (const TsnPane *pane, TsnDocument *document, double x, double y)
{
  const TsnPhoto *photo = tsn_document_get_photo (document);
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnDisagreement *disagreement = tsn_compare_get_disagreement (compare, pane->task);
  TsnPrediction *prediction = tsn_document_get_prediction (document, pane->task);
  TsnAnnotation *truth = tsn_document_get_truth (document, pane->task);

  switch (pane->role)
    {
    case TSN_PANE_PHOTO:
      return photo != NULL ? tsn_photo_describe_at (photo, x, y) : NULL;
    case TSN_PANE_TRUTH:
      return truth != NULL ? tsn_annotation_describe_at (truth, x, y) : NULL;
    case TSN_PANE_FIRST:
      break;
    case TSN_PANE_BLEND:
      prediction = tsn_blend_get_prediction (tsn_document_get_blend (document));
      break;
    case TSN_PANE_SECOND:
      prediction = tsn_compare_get_prediction (compare, pane->task);
      break;
    default:
      if (disagreement != NULL)
        return tsn_disagreement_describe_at (disagreement, x, y);
    }
  return prediction != NULL ? tsn_prediction_describe_at (prediction, x, y) : NULL;
}
