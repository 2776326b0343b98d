/* Where the pad draws its polygon and the titles of the tasks. */
#pragma once

#include <graphene.h>
#include <glib.h>

G_BEGIN_DECLS

/** Radius of a corner's mark and of the handle, in logical pixels. */
#define TSN_PAD_MARK 9.0

/**
 * TsnPadLabel:
 * @single: size of a task's title on one line
 * @broken: its size on two lines, the same as @single if it cannot be broken
 *
 * What has to be known of a title to place it.
 */
typedef struct
{
  graphene_size_t single;
  graphene_size_t broken;
} TsnPadLabel;

/**
 * TsnPadLayout:
 * @n: number of tasks
 * @x, @y: centre of the polygon, in logical pixels
 * @radius: from the centre to a corner
 * @titled: whether there is room for titles; without it, the numbers at the corners must do
 * @boxes: (array length=n): of the titles
 * @broken: (array length=n): whether a title is on two lines
 *
 * The polygon is as large as titles allow that overlap neither each other, nor the polygon, nor a
 * corner's mark, and that lie within the pad.
 */
typedef struct
{
  guint n;
  double x;
  double y;
  double radius;
  gboolean titled;
  graphene_rect_t *boxes;
  gboolean *broken;
} TsnPadLayout;

TsnPadLayout *tsn_pad_layout_new (guint n, const TsnPadLabel *labels, double width, double height);
void tsn_pad_layout_free (TsnPadLayout *layout);
void tsn_pad_layout_to_pad (
    const TsnPadLayout *layout, double x, double y, double *pad_x, double *pad_y);
void tsn_pad_layout_to_shape (
    const TsnPadLayout *layout, double pad_x, double pad_y, double *x, double *y);
int tsn_pad_layout_find_corner (const TsnPadLayout *layout, double pad_x, double pad_y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPadLayout, tsn_pad_layout_free)

G_END_DECLS
