#include "ui/tsn-pad-layout.h"

#include "ui/tsn-pad-shape.h"

#include <math.h>

/* Between a corner's mark and its title, and between titles. */
#define GAP 3.0

/* Below this radius a pad is too small to aim at; then titles give way. */
#define SMALLEST_RADIUS 44.0

/* Steps in which a radius and a place are tried. */
#define STEP 2.0

static graphene_rect_t
mark_at (const TsnPadLayout *layout, guint corner)
{
  double x, y;

  tsn_pad_shape_get_corner (layout->n, corner, &x, &y);
  tsn_pad_layout_to_pad (layout, x, y, &x, &y);
  return GRAPHENE_RECT_INIT (x - TSN_PAD_MARK, y - TSN_PAD_MARK, 2 * TSN_PAD_MARK,
                             2 * TSN_PAD_MARK);
}

static gboolean
overlap (const graphene_rect_t *a, const graphene_rect_t *b)
{
  return a->origin.x < b->origin.x + b->size.width + GAP
         && b->origin.x < a->origin.x + a->size.width + GAP
         && a->origin.y < b->origin.y + b->size.height
         && b->origin.y < a->origin.y + a->size.height;
}

/* Whether all of a box is beyond the line through an edge. */
static gboolean
is_beyond (const TsnPadLayout *layout, guint edge, const graphene_rect_t *box)
{
  double from_x, from_y, to_x, to_y;

  tsn_pad_shape_get_corner (layout->n, edge, &from_x, &from_y);
  tsn_pad_shape_get_corner (layout->n, (edge + 1) % layout->n, &to_x, &to_y);
  for (guint i = 0; i < 4; i++)
    {
      double x, y;

      tsn_pad_layout_to_shape (layout, box->origin.x + (i % 2) * box->size.width,
                               box->origin.y + (i / 2) * box->size.height, &x, &y);
      if ((to_x - from_x) * (y - from_y) - (to_y - from_y) * (x - from_x) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether a box is above, below or beside all marks. */
static gboolean
is_outside (const TsnPadLayout *layout, const graphene_rect_t *box)
{
  graphene_rect_t extent = mark_at (layout, 0);

  for (guint i = 1; i < layout->n; i++)
    {
      graphene_rect_t mark = mark_at (layout, i);

      graphene_rect_union (&extent, &mark, &extent);
    }
  return !overlap (box, &extent);
}

static gboolean
touches_polygon (const TsnPadLayout *layout, const graphene_rect_t *box)
{
  for (guint i = 0; i < layout->n; i++)
    {
      graphene_rect_t mark = mark_at (layout, i);

      if (overlap (box, &mark))
        return TRUE;
    }
  if (is_outside (layout, box))
    return FALSE;
  for (guint i = 0; i < layout->n; i++)
    if (is_beyond (layout, i, box))
      return FALSE;
  return TRUE;
}

/* Puts a title above or below its corner, as near to it as the polygon allows. */
static gboolean
place_box (TsnPadLayout *layout, guint corner, const graphene_size_t *size, double width)
{
  double x, y, shape_x, shape_y, furthest = width - size->width;
  graphene_rect_t *box = &layout->boxes[corner];

  tsn_pad_shape_get_corner (layout->n, corner, &shape_x, &shape_y);
  tsn_pad_layout_to_pad (layout, shape_x, shape_y, &x, &y);
  if (furthest < 0)
    return FALSE;
  *box = GRAPHENE_RECT_INIT (CLAMP (x - size->width / 2, 0, furthest), y + TSN_PAD_MARK + GAP,
                             size->width, size->height);
  if (shape_y < 1e-6)
    box->origin.y = y - TSN_PAD_MARK - GAP - size->height;
  while (touches_polygon (layout, box))
    {
      double outward = shape_x < -1e-6 ? -STEP : shape_x > 1e-6 ? STEP : 0;

      if (outward == 0 || box->origin.x + outward < 0 || box->origin.x + outward > furthest)
        return FALSE;
      box->origin.x += outward;
    }
  return TRUE;
}

static gboolean
place_all (TsnPadLayout *layout, const TsnPadLabel *labels, gboolean all_broken, double width)
{
  for (guint i = 0; i < layout->n; i++)
    {
      layout->broken[i] = all_broken || !place_box (layout, i, &labels[i].single, width);
      if (layout->broken[i] && !place_box (layout, i, &labels[i].broken, width))
        return FALSE;
    }
  for (guint i = 0; i < layout->n; i++)
    for (guint k = 0; k < i; k++)
      if (overlap (&layout->boxes[i], &layout->boxes[k]))
        return FALSE;
  return TRUE;
}

static void
add_to_extent (const graphene_rect_t *box, double *top, double *bottom)
{
  *top = MIN (*top, box->origin.y);
  *bottom = MAX (*bottom, box->origin.y + box->size.height);
}

/* Moves everything to the middle of the height, if it fits in there. */
static gboolean
centre (TsnPadLayout *layout, double height)
{
  double top = INFINITY, bottom = -INFINITY, shift;

  for (guint i = 0; i < layout->n; i++)
    {
      graphene_rect_t mark = mark_at (layout, i);

      add_to_extent (&mark, &top, &bottom);
      if (layout->titled)
        add_to_extent (&layout->boxes[i], &top, &bottom);
    }
  if (bottom - top > height)
    return FALSE;
  shift = (height - top - bottom) / 2;
  layout->y += shift;
  for (guint i = 0; i < layout->n; i++)
    layout->boxes[i].origin.y += shift;
  return TRUE;
}

static gboolean
try_radius (TsnPadLayout *layout, const TsnPadLabel *labels, double width, double height)
{
  for (guint broken = 0; broken < 2; broken++)
    {
      layout->y = 0;
      if (place_all (layout, labels, broken == 1, width) && centre (layout, height))
        return TRUE;
    }
  return FALSE;
}

/**
 * tsn_pad_layout_new:
 * @n: number of tasks, at least 1
 * @labels: (array length=n): sizes of the titles
 * @width: of the pad in logical pixels
 *
 * Returns: (transfer full): the layout.
 */
TsnPadLayout *
tsn_pad_layout_new (guint n, const TsnPadLabel *labels, double width, double height)
{
  TsnPadLayout *layout = g_new0 (TsnPadLayout, 1);
  double largest = MAX (MIN (width, height) / 2 - TSN_PAD_MARK, 1);

  layout->n = n;
  layout->x = width / 2;
  layout->boxes = g_new0 (graphene_rect_t, n);
  layout->broken = g_new0 (gboolean, n);
  layout->titled = TRUE;
  for (layout->radius = largest; layout->radius >= SMALLEST_RADIUS; layout->radius -= STEP)
    if (try_radius (layout, labels, width, height))
      return layout;
  layout->titled = FALSE;
  layout->radius = largest;
  layout->y = 0;
  if (!centre (layout, height))
    layout->y = height / 2;
  return layout;
}

void
tsn_pad_layout_free (TsnPadLayout *layout)
{
  g_free (layout->boxes);
  g_free (layout->broken);
  g_free (layout);
}

/**
 * tsn_pad_layout_to_pad:
 * @x: place on the shape, see tsn_pad_shape_get_corner()
 * @pad_x: (out): in logical pixels
 */
void
tsn_pad_layout_to_pad (const TsnPadLayout *layout, double x, double y, double *pad_x, double *pad_y)
{
  *pad_x = layout->x + x * layout->radius;
  *pad_y = layout->y + y * layout->radius;
}

void
tsn_pad_layout_to_shape (
    const TsnPadLayout *layout, double pad_x, double pad_y, double *x, double *y)
{
  *x = (pad_x - layout->x) / layout->radius;
  *y = (pad_y - layout->y) / layout->radius;
}

/**
 * tsn_pad_layout_find_corner:
 *
 * Returns: the corner whose mark or title is at a position of the pad, or -1.
 */
int
tsn_pad_layout_find_corner (const TsnPadLayout *layout, double pad_x, double pad_y)
{
  const graphene_point_t point = GRAPHENE_POINT_INIT (pad_x, pad_y);

  for (guint i = 0; i < layout->n; i++)
    {
      graphene_rect_t mark = mark_at (layout, i);

      if (graphene_rect_contains_point (&mark, &point)
          || (layout->titled && graphene_rect_contains_point (&layout->boxes[i], &point)))
        return i;
    }
  return -1;
}
