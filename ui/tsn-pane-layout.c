#include "ui/tsn-pane-layout.h"

/* Between panes, in logical pixels. */
#define GAP 6

#define SMALLEST_PANE 64

/* What a photo may lose of its size to stand beside another instead of above it. */
#define SIDE_BY_SIDE 0.9

struct _TsnPaneLayout
{
  GtkLayoutManager parent_instance;

  TsnView *view;
  guint group; /* how many that follow each other belong together */
  guint lead;  /* how many come first and belong to no group */
};

G_DEFINE_FINAL_TYPE (TsnPaneLayout, tsn_pane_layout, GTK_TYPE_LAYOUT_MANAGER)

static double
scale_in_columns (guint n, guint columns, double width, double height, double aspect)
{
  guint rows = (n + columns - 1) / columns;
  double pane_width = (width - (columns - 1) * GAP) / columns;
  double pane_height = (height - (rows - 1) * GAP) / rows;

  return MIN (pane_width / aspect, pane_height);
}

/**
 * tsn_pane_layout_choose_columns:
 * @n: number of panes, at least 1
 * @width: of all panes together in logical pixels
 * @height: of all panes together
 * @aspect: width of the photo over its height
 *
 * Pictures are compared most easily side by side.
 *
 * Returns: how many columns show the photo largest, or a few more if that costs next to nothing.
 */
guint
tsn_pane_layout_choose_columns (guint n, double width, double height, double aspect)
{
  guint best = 1;
  double best_scale = 0;

  for (guint columns = 1; columns <= n; columns++)
    {
      double scale = scale_in_columns (n, columns, width, height, aspect);

      /* With as many rows as one column less would have, panes are only narrower. */
      if (columns > 1 && (n + columns - 1) / columns == (n + columns - 2) / (columns - 1))
        continue;
      if (scale > SIDE_BY_SIDE * best_scale)
        {
          best = columns;
          best_scale = MAX (scale, best_scale);
        }
    }
  return best;
}

static void
tsn_pane_layout_measure (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  /* Canvases shrink to anything, yet GTK wants every child to be measured. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = 2 * SMALLEST_PANE;
  *natural = 8 * SMALLEST_PANE;
}

static guint
count_panes (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

/* Where pane @index stands in a row of columns without end, in halves of a column.  What leads
 * takes the place of whole groups, in the middle of them. */
static int
find_place (TsnPaneLayout *self, int index)
{
  int group = self->group, lead = self->lead;
  int led = (lead + group - 1) / group * group;

  return index < lead ? 2 * index + led - lead : 2 * (index - lead + led);
}

static void
tsn_pane_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  TsnPaneLayout *self = TSN_PANE_LAYOUT (manager);
  TsnView *view = self->view;
  int group = self->group;
  int n = count_panes (widget), cells, columns, rows, pane_width, pane_height, i = 0;
  double image_width, image_height;

  if (n == 0)
    return;
  tsn_view_get_image_size (view, &image_width, &image_height);
  cells = find_place (self, n) / 2;
  columns = group
            * tsn_pane_layout_choose_columns ((cells + group - 1) / group, width, height,
                                              group * image_width / image_height);
  rows = (cells + columns - 1) / columns;
  pane_width = MAX ((width - (columns - 1) * GAP) / columns, SMALLEST_PANE);
  pane_height = MAX ((height - (rows - 1) * GAP) / rows, SMALLEST_PANE);
  /* First, because what lies on a canvas is placed by what it shows. */
  tsn_view_set_viewport (view, pane_width, pane_height, gtk_widget_get_scale_factor (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      int place = find_place (self, i);

      gtk_widget_size_allocate (child,
                                &(GtkAllocation){ place % (2 * columns) * (pane_width + GAP) / 2,
                                                  place / (2 * columns) * (pane_height + GAP),
                                                  pane_width, pane_height },
                                -1);
    }
}

static void
tsn_pane_layout_dispose (GObject *object)
{
  g_clear_object (&TSN_PANE_LAYOUT (object)->view);
  G_OBJECT_CLASS (tsn_pane_layout_parent_class)->dispose (object);
}

static void
tsn_pane_layout_class_init (TsnPaneLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_pane_layout_dispose;
  manager_class->measure = tsn_pane_layout_measure;
  manager_class->allocate = tsn_pane_layout_allocate;
}

static void
tsn_pane_layout_init (TsnPaneLayout *self)
{
  self->group = 1;
}

/**
 * tsn_pane_layout_new:
 * @view: what the panes share
 *
 * Returns: (transfer full): a layout.
 */
GtkLayoutManager *
tsn_pane_layout_new (TsnView *view)
{
  TsnPaneLayout *self = g_object_new (TSN_TYPE_PANE_LAYOUT, NULL);

  self->view = g_object_ref (view);
  return GTK_LAYOUT_MANAGER (self);
}

/**
 * tsn_pane_layout_set_group:
 * @group: how many panes that follow each other belong together and are not torn apart
 * @lead: how many panes come before the groups
 */
void
tsn_pane_layout_set_group (TsnPaneLayout *self, guint group, guint lead)
{
  self->group = group;
  self->lead = lead;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
