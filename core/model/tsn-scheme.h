/* Ways to do several tasks, as a list: what each needs in parameters. */
#pragma once

#include "core/model/tsn-count.h"
#include "core/model/tsn-network.h"

G_BEGIN_DECLS

/**
 * TsnScheme:
 * @name: as tables call it: that of the conditioning, "single-task" or "rcm"
 * @conditioning: the network that is counted
 * @per_task: whether there is one whole network per task
 * @rcm: whether its convolutions are reparameterised for every task, see tsn_count_rcm()
 *
 * One scheme.  Everything that lists schemes walks tsn_scheme_get().
 */
typedef struct
{
  const char *name;
  TsnConditioning conditioning;
  gboolean per_task;
  gboolean rcm;
} TsnScheme;

guint tsn_scheme_get_n (void);
const TsnScheme *tsn_scheme_get (guint index);
gboolean tsn_scheme_count (const TsnScheme *scheme,
                           const TsnNetworkSpec *network,
                           TsnCount *count,
                           GError **error);
TsnTaskList *tsn_task_list_repeat (const TsnTaskList *tasks, guint n);

G_END_DECLS
