/* A blend in words. */
#include "ui/tsn-blend-private.h"

#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Weights that differ by less are the same in words. */
#define SAME_WEIGHT 1e-3

typedef struct
{
  guint task;
  int percent;
} Part;

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *first = a, *second = b;

  if (first->percent != second->percent)
    return second->percent - first->percent;
  return (int) first->task - (int) second->task;
}

static char *
describe_part (TsnBlend *self, const Part *part)
{
  const char *title = tsn_task_text_title (tsn_blend_get_task (self, part->task));

  /* Translators: a part of a mix, as "70 % Depth"; the sign is empty or a minus. */
  return g_strdup_printf (_ ("%s%d %% %s"), part->percent < 0 ? "−" : "", ABS (part->percent),
                          title);
}

/* More than two tasks whose weights make no difference. */
static gboolean
are_alike (TsnBlend *self, const double *weights)
{
  for (guint i = 1; i < self->n_tasks; i++)
    if (fabs (weights[i] - weights[0]) > SAME_WEIGHT)
      return FALSE;
  return self->n_tasks > 2 && fabs (weights[0] - 1.0 / self->n_tasks) < SAME_WEIGHT;
}

/**
 * tsn_blend_describe_weights:
 * @weights: (array): one for each task
 *
 * Returns: (transfer full): the weights in whole per cent, the heaviest first, or that they are
 *   alike.
 */
char *
tsn_blend_describe_weights (TsnBlend *self, const double *weights)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  GString *text;

  if (are_alike (self, weights))
    return g_strdup (_ ("All tasks alike"));
  text = g_string_new (NULL);
  for (guint i = 0; i < self->n_tasks; i++)
    {
      Part part = { i, lround (100 * weights[i]) };

      if (part.percent != 0)
        g_array_append_val (parts, part);
    }
  g_array_sort (parts, compare_parts);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *part = describe_part (self, &g_array_index (parts, Part, i));

      g_string_append_printf (text, "%s%s", i == 0 ? "" : ", ", part);
    }
  if (parts->len == 0)
    g_string_append (text, _ ("No task at all"));
  return g_string_free (text, FALSE);
}

/**
 * tsn_blend_describe:
 *
 * Returns: (transfer full): what is mixed and how it is read, in a few words.
 */
char *
tsn_blend_describe (TsnBlend *self)
{
  g_autofree char *weights = tsn_blend_describe_weights (self, self->weights);
  const char *readout = tsn_task_text_title (tsn_blend_get_task (self, self->readout));
  guint own = tsn_blend_count_own_modules (self);
  g_autofree char *modules = NULL;

  if (own > 0)
    modules = g_strdup_printf (g_dngettext (NULL, "; %u module has a mix of its own",
                                            "; %u modules have a mix of their own", own),
                               own);
  /* Translators: a mix of tasks, perhaps modules of their own, and the task it is read as. */
  return g_strdup_printf (_ ("%s%s; read as %s"), weights, modules != NULL ? modules : "", readout);
}

/**
 * tsn_blend_make_title:
 *
 * Returns: (transfer full): what is mixed, in as few words as a title can hold.
 */
char *
tsn_blend_make_title (TsnBlend *self)
{
  g_autofree char *weights = tsn_blend_describe_weights (self, self->weights);
  guint own = tsn_blend_count_own_modules (self);

  if (own > 0)
    /* Translators: modules of the network with a mix of their own, and what all others have. */
    return g_strdup_printf (
        g_dngettext (NULL, "Blend, %u module apart: %s", "Blend, %u modules apart: %s", own), own,
        weights);
  /* Translators: %s is a mix of tasks. */
  return g_strdup_printf (_ ("Blend: %s"), weights);
}

/**
 * tsn_blend_explain_space:
 *
 * Returns: (transfer none): what it means to mix in the chosen space, in this model.
 */
const char *
tsn_blend_explain_space (TsnBlend *self)
{
  if (self->model != NULL && !tsn_conditioning_has_embedding (self->model->spec.conditioning))
    return _ ("A code picks the scales and shifts that were learned for its task, so that a mix of "
              "codes mixes these with the same weights. There is no embedding network in this "
              "model: all three choices come to the same.");
  switch (self->space)
    {
    case TSN_MIX_CODES:
      return _ ("The codes that tell the tasks apart are mixed before the embedding network, which "
                "is not linear and looks at directions only: the way between two tasks is curved, "
                "and a common factor of all weights changes nothing.");
    case TSN_MIX_EMBEDDINGS:
      return _ ("The vectors that the embedding network makes of the codes are mixed: the way "
                "between two tasks is straight in the space that the decoder listens to.");
    case TSN_MIX_COEFFICIENTS:
    default:
      return _ ("The scales γ and shifts β of every channel are mixed. They follow from the "
                "embedding by a linear layer, so that the result differs from that of mixed "
                "embeddings only if the weights do not add up to one.");
    }
}
