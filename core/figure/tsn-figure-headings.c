/* Labels along the rows and columns of a figure. */
#include "core/figure/tsn-figure-layout.h"

/* A heading that is too wide for its columns is written smaller, but not below this. */
#define SMALLEST 0.65
#define BRIEF 0.8
#define SHRINK 0.95

/* Space between the two lines of headings, with a rule in its middle, in heights of the font. */
#define RULE_GAP 0.35

/* The neighbours from @first on that have its group. */
static guint
span_of (const TsnFigureHeadings *self, guint first)
{
  const char *group = self->headings[first].group;
  guint last = first;

  while (group != NULL && last + 1 < self->n
         && g_strcmp0 (self->headings[last + 1].group, group) == 0)
    last++;
  return last - first + 1;
}

static double
length_of (const TsnFigureHeadings *self, guint first, guint n)
{
  return self->starts[first + n - 1] + self->lengths[first + n - 1] - self->starts[first];
}

/* Returns: @size, or as much less of it as it takes for every word to fit into @length, within
 * reason. */
double
tsn_figure_headings_fit_text (cairo_t *cr, double size, const char *text, double length)
{
  double smallest = SMALLEST * size;
  double width, height;

  for (; size > smallest; size *= SHRINK)
    {
      const TsnText style = { .size = size, .align_x = 0.5, .wrap = length };

      tsn_ink_measure (cr, &style, text, &width, &height);
      if (width <= length)
        break;
    }
  return size;
}

/* What stands over the @n columns from @first on: a title, or its short form where the title would
 * have to be small. */
static const char *
text_of (const TsnFigureHeadings *self, cairo_t *cr, guint first, guint n)
{
  const TsnFigureHeading *heading = &self->headings[first];
  double length = length_of (self, first, n);
  const TsnText style = { .size = BRIEF * self->full_size, .align_x = 0.5, .wrap = length };
  double width, height;

  if (heading->group == NULL || heading->brief == NULL)
    return heading->group;
  tsn_ink_measure (cr, &style, heading->group, &width, &height);
  return width <= length ? heading->group : heading->brief;
}

/* Chooses sizes of the fonts, at most those that are set: all groups have one, all labels have, and
 * theirs is not the larger. */
void
tsn_figure_headings_fit (TsnFigureHeadings *self, cairo_t *cr)
{
  double group_size = self->group_size, label_size = self->label_size;
  guint n;

  for (guint i = 0; i < self->n; i += n)
    {
      const TsnFigureHeading *heading = &self->headings[i];

      n = span_of (self, i);
      if (heading->group != NULL)
        group_size = MIN (group_size, tsn_figure_headings_fit_text (cr, self->group_size,
                                                                    text_of (self, cr, i, n),
                                                                    length_of (self, i, n)));
    }
  for (guint i = 0; i < self->n; i++)
    if (self->headings[i].label != NULL)
      label_size
          = MIN (label_size, tsn_figure_headings_fit_text (
                                 cr, self->label_size, self->headings[i].label, self->lengths[i]));
  self->group_size = group_size;
  self->label_size = MIN (label_size, group_size);
}

static double
measure_lines (const TsnFigureHeadings *self, cairo_t *cr, gboolean groups)
{
  double highest = 0;
  guint n = 1;

  for (guint i = 0; i < self->n; i += n)
    {
      const TsnFigureHeading *heading = &self->headings[i];
      const char *text;
      TsnText style = { .size = groups ? self->group_size : self->label_size,
                        .align_x = 0.5,
                        .breaks = TRUE };
      double width, height;

      n = groups ? span_of (self, i) : 1;
      text = groups ? text_of (self, cr, i, n) : heading->label;
      if (text == NULL || text[0] == '\0')
        continue;
      style.wrap = length_of (self, i, n);
      tsn_ink_measure (cr, &style, text, &width, &height);
      highest = MAX (highest, height);
    }
  return highest;
}

/* Returns: how much room the headings take, with the space between them and the cells. */
double
tsn_figure_headings_get_height (const TsnFigureHeadings *self, cairo_t *cr)
{
  double groups = measure_lines (self, cr, TRUE);
  double labels = measure_lines (self, cr, FALSE);
  double height = groups + labels;

  if (groups > 0 && labels > 0)
    height += RULE_GAP * self->label_size;
  return height > 0 ? height + TSN_FIGURE_LABEL_GAP * self->label_size : 0;
}

static gboolean
has_labels (const TsnFigureHeadings *self, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    if (self->headings[i].label != NULL && self->headings[i].label[0] != '\0')
      return TRUE;
  return FALSE;
}

/* A line over the cells that a group holds together, as under the heads of tables. */
static void
draw_rule (const TsnFigureHeadings *self, cairo_t *cr, guint first, guint n, double y)
{
  double inset = MIN (1.5, 0.1 * self->lengths[first]);

  cairo_set_line_width (cr, TSN_INK_HAIR);
  cairo_move_to (cr, self->starts[first] + inset, y);
  cairo_line_to (cr, self->starts[first] + length_of (self, first, n) - inset, y);
  cairo_stroke (cr);
}

static void
draw_groups (const TsnFigureHeadings *self, cairo_t *cr, double bottom, double labels)
{
  guint n;

  for (guint i = 0; i < self->n; i += n)
    {
      TsnText style = { .size = self->group_size, .align_x = 0.5, .align_y = 1, .breaks = TRUE };
      gboolean labelled;
      double above = 0;

      n = span_of (self, i);
      if (self->headings[i].group == NULL)
        continue;
      labelled = has_labels (self, i, n);
      style.wrap = length_of (self, i, n);
      if (labelled)
        above = labels + RULE_GAP * self->label_size;
      if (labelled && n > 1)
        draw_rule (self, cr, i, n, bottom - labels - RULE_GAP / 2 * self->label_size);
      tsn_ink_write (cr, &style, self->starts[i] + style.wrap / 2, bottom - above,
                     text_of (self, cr, i, n));
    }
}

/* Draws the headings so that the space below them ends at 0. */
void
tsn_figure_headings_draw (const TsnFigureHeadings *self, cairo_t *cr)
{
  double bottom = -TSN_FIGURE_LABEL_GAP * self->label_size;
  double labels = measure_lines (self, cr, FALSE);

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_groups (self, cr, bottom, labels);
  for (guint i = 0; i < self->n; i++)
    {
      const TsnText style = { .size = self->label_size,
                              .align_x = 0.5,
                              .align_y = 1,
                              .wrap = self->lengths[i],
                              .breaks = TRUE };

      if (self->headings[i].label != NULL)
        tsn_ink_write (cr, &style, self->starts[i] + self->lengths[i] / 2, bottom,
                       self->headings[i].label);
    }
}
