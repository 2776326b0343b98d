#include "core/evaluation/tsn-assignment.h"

/* Left and right vertices are numbered in one row, the right ones after the left ones.  Costs are
 * turned into profits (outlier cost minus cost), which makes the two sides alike: the optimum is
 * the matching of the greatest profit, and its dual gives every vertex a price >= 0 such that
 *
 *     price(x) + price(y) >= profit(x, y), with equality for matched pairs,
 *     price(x) = 0 for unmatched vertices.
 *
 * Insertions and removals leave unmatched vertices with a positive price; settle() searches from
 * one of them and restores the second condition for it. */

/* The price of an absent vertex, which keeps every path away from it: more than two prices and a
 * distance come to, all of which the outlier cost bounds. */
#define ABSENT (G_MAXINT32 / 2)

typedef struct
{
  gint32 price;
  gint32 mate; /* -1 when unmatched */
  gint32 distance;
  gint32 parent; /* for a vertex on the far side: where the shortest path comes from */
  guint32 mark;  /* the search that distance and parent belong to */
} Vertex;

typedef struct
{
  guint vertex;
  gint32 profit;
} Neighbour;

typedef struct
{
  gint32 distance;
  guint vertex;
} Entry;

struct _TsnAssignment
{
  guint n_left;
  guint n_right;
  gint32 outlier_cost;
  size_t count;

  Vertex *vertices;
  size_t *first; /* of a vertex's neighbours; one more than there are vertices */
  Neighbour *neighbours;

  GArray *pending; /* of guint: vertices that may be unmatched with a positive price */

  guint32 mark;
  Entry *heap; /* open vertices on the near side, a binary heap */
  size_t heap_length;
  size_t heap_room;
  guint *done; /* vertices on the near side with a final distance */
  guint n_done;
};

static void
count_neighbours (TsnAssignment *self, const TsnAssignmentEdge *edges, size_t n_edges)
{
  guint n = self->n_left + self->n_right;

  for (size_t i = 0; i < n_edges; i++)
    {
      self->first[edges[i].left + 1]++;
      self->first[self->n_left + edges[i].right + 1]++;
    }
  for (guint v = 0; v < n; v++)
    self->first[v + 1] += self->first[v];
}

static void
fill_neighbours (TsnAssignment *self, const TsnAssignmentEdge *edges, size_t n_edges)
{
  guint n = self->n_left + self->n_right;
  g_autofree size_t *next = g_memdup2 (self->first, n * sizeof (size_t));

  for (size_t i = 0; i < n_edges; i++)
    {
      guint left = edges[i].left, right = self->n_left + edges[i].right;
      gint32 profit = self->outlier_cost - edges[i].cost;

      self->neighbours[next[left]++] = (Neighbour){ right, profit };
      self->neighbours[next[right]++] = (Neighbour){ left, profit };
    }
}

/**
 * tsn_assignment_new:
 * @n_left: number of left vertices, all of them absent at first
 * @n_right: number of right vertices, always present
 * @edges: (array length=n_edges): pairs that may be matched, each at most once; copied
 * @outlier_cost: cost of a right vertex that is not matched; edges that cost more are never used
 *
 * Returns: (transfer full): the empty matching.
 */
TsnAssignment *
tsn_assignment_new (guint n_left,
                    guint n_right,
                    const TsnAssignmentEdge *edges,
                    size_t n_edges,
                    gint32 outlier_cost)
{
  TsnAssignment *self;
  guint n = n_left + n_right;

  g_return_val_if_fail (n >= n_left && n < G_MAXINT32, NULL);
  g_return_val_if_fail (outlier_cost < ABSENT / 4, NULL);

  self = g_new0 (TsnAssignment, 1);
  self->n_left = n_left;
  self->n_right = n_right;
  self->outlier_cost = outlier_cost;
  self->vertices = g_new0 (Vertex, n);
  self->first = g_new0 (size_t, (size_t)n + 1);
  self->neighbours = g_new (Neighbour, 2 * n_edges);
  self->pending = g_array_new (FALSE, FALSE, sizeof (guint));
  self->done = g_new (guint, MAX (n_left, n_right));
  count_neighbours (self, edges, n_edges);
  fill_neighbours (self, edges, n_edges);
  for (guint v = 0; v < n; v++)
    {
      self->vertices[v].mate = -1;
      self->vertices[v].price = v < n_left ? ABSENT : 0;
    }
  return self;
}

void
tsn_assignment_free (TsnAssignment *assignment)
{
  g_array_unref (assignment->pending);
  g_free (assignment->heap);
  g_free (assignment->done);
  g_free (assignment->neighbours);
  g_free (assignment->first);
  g_free (assignment->vertices);
  g_free (assignment);
}

static void
heap_push (TsnAssignment *self, Entry entry)
{
  size_t i = self->heap_length++;
  Entry *e;

  if (i == self->heap_room)
    {
      self->heap_room = 2 * i + 64;
      self->heap = g_renew (Entry, self->heap, self->heap_room);
    }
  e = self->heap;
  for (; i > 0 && e[(i - 1) / 2].distance > entry.distance; i = (i - 1) / 2)
    e[i] = e[(i - 1) / 2];
  e[i] = entry;
}

static Entry
heap_pop (TsnAssignment *self)
{
  Entry *e = self->heap;
  size_t n = --self->heap_length, i = 0;
  Entry top = e[0], last = e[n];

  for (size_t child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && e[child + 1].distance < e[child].distance)
        child++;
      if (e[child].distance >= last.distance)
        break;
      e[i] = e[child];
      i = child;
    }
  e[i] = last;
  return top;
}

/* The end of a search: where the alternating path from the start ends, and how far that is. */
typedef struct
{
  guint vertex;
  gint32 distance;
} End;

/* Relaxes the edges of @x, a vertex on the near side at its final distance. */
static void
expand (TsnAssignment *self, guint x, gint32 distance, End *end)
{
  const Vertex *from = &self->vertices[x];
  gint32 base = distance + from->price;

  for (size_t i = self->first[x]; i < self->first[x + 1]; i++)
    {
      guint y = self->neighbours[i].vertex;
      Vertex *to = &self->vertices[y];
      gint32 d = base + to->price - self->neighbours[i].profit;

      if (d >= end->distance || (to->mark == self->mark && to->distance <= d))
        continue;
      to->mark = self->mark;
      to->distance = d;
      to->parent = x;
      if (to->mate < 0)
        *end = (End){ y, d };
      else
        heap_push (self, (Entry){ d, to->mate });
    }
}

/* Finds the cheapest way to rid @start of its price: a path to an unmatched vertex on the far
 * side, or to a vertex on the near side (perhaps @start itself) that is better left alone. */
static End
search (TsnAssignment *self, guint start)
{
  End end = { start, self->vertices[start].price };

  self->mark++;
  self->heap_length = 0;
  self->vertices[start].distance = 0;
  self->done[0] = start;
  self->n_done = 1;
  expand (self, start, 0, &end);
  while (self->heap_length > 0)
    {
      Entry top = heap_pop (self);
      Vertex *x = &self->vertices[top.vertex];

      if (top.distance >= end.distance)
        break;
      if (top.distance > self->vertices[x->mate].distance)
        continue;
      x->distance = top.distance;
      self->done[self->n_done++] = top.vertex;
      if (x->price < end.distance - top.distance)
        end = (End){ top.vertex, top.distance + x->price };
      expand (self, top.vertex, top.distance, &end);
    }
  return end;
}

static void
shift_prices (TsnAssignment *self, gint32 distance)
{
  for (guint i = 0; i < self->n_done; i++)
    {
      Vertex *x = &self->vertices[self->done[i]];
      gint32 shift = distance - x->distance;

      if (shift <= 0)
        continue;
      x->price -= shift;
      if (x->mate >= 0)
        self->vertices[x->mate].price += shift;
    }
}

/* Matches every vertex on the path from @start to @end with the next one.  On a path that ends on
 * the near side the last vertex loses its mate. */
static void
flip_path (TsnAssignment *self, guint start, guint end)
{
  gboolean near = (start < self->n_left) == (end < self->n_left);
  gint32 y = end;

  if (near)
    {
      y = self->vertices[end].mate;
      self->vertices[end].mate = -1;
    }
  for (;;)
    {
      gint32 x = self->vertices[y].parent;
      gint32 next = self->vertices[x].mate;

      self->vertices[x].mate = y;
      self->vertices[y].mate = x;
      if (x == (gint32)start)
        return;
      y = next;
    }
}

static void
settle (TsnAssignment *self, guint start)
{
  const Vertex *vertex = &self->vertices[start];
  End end;

  if (vertex->mate >= 0 || vertex->price == 0 || vertex->price == ABSENT)
    return;
  end = search (self, start);
  shift_prices (self, end.distance);
  if (end.vertex == start)
    return;
  flip_path (self, start, end.vertex);
  if ((start < self->n_left) != (end.vertex < self->n_left))
    self->count++;
}

/**
 * tsn_assignment_insert:
 * @left: a vertex that is absent
 *
 * Adds a vertex to the left side; tsn_assignment_solve() will consider it.
 */
void
tsn_assignment_insert (TsnAssignment *assignment, guint left)
{
  Vertex *x = &assignment->vertices[left];

  g_return_if_fail (left < assignment->n_left && x->price == ABSENT);

  x->price = 0;
  for (size_t i = assignment->first[left]; i < assignment->first[left + 1]; i++)
    {
      const Neighbour *n = &assignment->neighbours[i];

      x->price = MAX (x->price, n->profit - assignment->vertices[n->vertex].price);
    }
  g_array_append_val (assignment->pending, left);
}

/**
 * tsn_assignment_remove:
 * @left: a vertex that is present
 *
 * Takes a vertex from the left side, and its match apart; tsn_assignment_solve() will see to the
 * right vertex.
 */
void
tsn_assignment_remove (TsnAssignment *assignment, guint left)
{
  Vertex *x = &assignment->vertices[left];
  gint32 mate = x->mate;

  g_return_if_fail (left < assignment->n_left && x->price != ABSENT);

  x->price = ABSENT;
  x->mate = -1;
  if (mate < 0)
    return;
  assignment->vertices[mate].mate = -1;
  assignment->count--;
  g_array_append_val (assignment->pending, mate);
}

/**
 * tsn_assignment_solve:
 *
 * Makes the matching optimal again after insertions and removals.
 */
void
tsn_assignment_solve (TsnAssignment *assignment)
{
  const guint *pending = (const guint *)(void *)assignment->pending->data;

  /* A left vertex that came often takes the place of one that left: right vertices go last. */
  for (guint i = 0; i < assignment->pending->len; i++)
    if (pending[i] < assignment->n_left)
      settle (assignment, pending[i]);
  for (guint i = 0; i < assignment->pending->len; i++)
    if (pending[i] >= assignment->n_left)
      settle (assignment, pending[i]);
  g_array_set_size (assignment->pending, 0);
}

/**
 * tsn_assignment_get_match:
 *
 * Returns: the right vertex that @left is matched with, or -1.
 */
gint
tsn_assignment_get_match (const TsnAssignment *assignment, guint left)
{
  gint32 mate = assignment->vertices[left].mate;

  return mate < 0 ? -1 : mate - (gint)assignment->n_left;
}

/**
 * tsn_assignment_get_count:
 *
 * Returns: the number of matched pairs.
 */
size_t
tsn_assignment_get_count (const TsnAssignment *assignment)
{
  return assignment->count;
}

/**
 * tsn_assignment_get_cost:
 *
 * Returns: the sum of the costs of the matched pairs, without outliers.
 */
gint64
tsn_assignment_get_cost (const TsnAssignment *assignment)
{
  gint64 cost = 0;

  for (guint v = 0; v < assignment->n_left; v++)
    for (size_t i = assignment->first[v]; i < assignment->first[v + 1]; i++)
      if (assignment->vertices[v].mate == (gint32)assignment->neighbours[i].vertex)
        cost += assignment->outlier_cost - assignment->neighbours[i].profit;
  return cost;
}
