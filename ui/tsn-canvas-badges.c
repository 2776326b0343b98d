#include "ui/tsn-canvas-badges.h"

/* Makes room for a child that is larger than an area, as far as the pane goes. */
static void
grow (int *start, int *size, int wanted, int whole)
{
  int larger = CLAMP (wanted, *size, MAX (*size, whole));

  *start = CLAMP (*start - (larger - *size) / 2, 0, MAX (whole - larger, 0));
  *size = larger;
}

/**
 * tsn_canvas_badges_allocate:
 * @canvas: whose children to place
 * @covered: the part of it that the photo covers
 * @width: of the canvas
 * @height: of the canvas
 *
 * Places titles, values and marks on the photo, not on the empty ground beside it.
 */
void
tsn_canvas_badges_allocate (GtkWidget *canvas, const GtkAllocation *covered, int width, int height)
{
  for (GtkWidget *child = gtk_widget_get_first_child (canvas); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        GtkAllocation area = *covered;
        int wide, high;

        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
        grow (&area.x, &area.width, wide, width);
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, area.width, NULL, &high, NULL, NULL);
        grow (&area.y, &area.height, high, height);
        gtk_widget_size_allocate (child, &area, -1);
      }
}

/**
 * tsn_canvas_badges_measure:
 *
 * The measure function of a canvas, which is as large as the largest of its children.
 */
void
tsn_canvas_badges_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int least, most;

        gtk_widget_measure (child, orientation, for_size, &least, &most, NULL, NULL);
        *minimum = MAX (*minimum, least);
        *natural = MAX (*natural, most);
      }
}
