/* Minimum-cost assignment on a sparse bipartite graph whose left side comes and goes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnAssignmentEdge:
 * @left: index of the left vertex
 * @right: index of the right vertex
 * @cost: of matching the two; at least 0
 */
typedef struct
{
  guint left;
  guint right;
  gint32 cost;
} TsnAssignmentEdge;

/**
 * TsnAssignment:
 *
 * Keeps a matching that minimises the sum of the costs of the matched pairs plus the outlier cost
 * for each right vertex left alone, among all matchings of the left vertices that are present.
 * With an outlier cost far above every edge this is the cheapest of the largest matchings.
 *
 * The optimum is kept, not computed anew: each left vertex that entered or left since the last
 * tsn_assignment_solve() costs at most one search for a shortest augmenting path (Edmonds and Karp
 * 1972; for graphs that change, Mills-Tettey, Stentz and Dias 2007).  Of several optima the one
 * reached depends only on the graph and on the sequence of calls.
 */
typedef struct _TsnAssignment TsnAssignment;

TsnAssignment *tsn_assignment_new (guint n_left,
                                   guint n_right,
                                   const TsnAssignmentEdge *edges,
                                   size_t n_edges,
                                   gint32 outlier_cost);
void tsn_assignment_free (TsnAssignment *assignment);

void tsn_assignment_insert (TsnAssignment *assignment, guint left);
void tsn_assignment_remove (TsnAssignment *assignment, guint left);
void tsn_assignment_solve (TsnAssignment *assignment);

gint tsn_assignment_get_match (const TsnAssignment *assignment, guint left);
size_t tsn_assignment_get_count (const TsnAssignment *assignment);
gint64 tsn_assignment_get_cost (const TsnAssignment *assignment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnAssignment, tsn_assignment_free)

G_END_DECLS
