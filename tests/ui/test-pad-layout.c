/* Titles around the pad neither overlap nor are cut. */
#include "ui/tsn-pad-layout.h"
#include "ui/tsn-pad-shape.h"

#define MAX_TASKS 12
#define LINE 15

/* Titles as long as those of real tasks, and longer ones. */
static void
make_labels (guint n, float longest, TsnPadLabel *labels)
{
  for (guint i = 0; i < n; i++)
    {
      float width = 20 + (longest - 20) * ((i * 5) % 7) / 6;
      gboolean words = i % 3 != 2 && width > 60;

      labels[i].single = GRAPHENE_SIZE_INIT (width, LINE);
      labels[i].broken = words ? GRAPHENE_SIZE_INIT (0.6f * width, 2 * LINE) : labels[i].single;
    }
}

static gboolean
intersect (const graphene_rect_t *a, const graphene_rect_t *b)
{
  return graphene_rect_intersection (a, b, NULL);
}

static graphene_rect_t
mark_of (const TsnPadLayout *layout, guint corner)
{
  double x, y;

  tsn_pad_shape_get_corner (layout->n, corner, &x, &y);
  tsn_pad_layout_to_pad (layout, x, y, &x, &y);
  return GRAPHENE_RECT_INIT (x - TSN_PAD_MARK, y - TSN_PAD_MARK, 2 * TSN_PAD_MARK,
                             2 * TSN_PAD_MARK);
}

static void
assert_clear (const TsnPadLayout *layout, const graphene_rect_t *pad)
{
  for (guint i = 0; i < layout->n; i++)
    {
      graphene_rect_t mark = mark_of (layout, i);

      g_assert_true (graphene_rect_contains_rect (pad, &mark));
      if (!layout->titled)
        continue;
      g_assert_true (graphene_rect_contains_rect (pad, &layout->boxes[i]));
      for (guint k = 0; k < layout->n; k++)
        {
          graphene_rect_t other = mark_of (layout, k);

          g_assert_false (intersect (&layout->boxes[i], &other));
          if (k < i)
            g_assert_false (intersect (&layout->boxes[i], &layout->boxes[k]));
        }
    }
}

static void
test_titles_are_clear_of_everything (void)
{
  guint titled = 0;

  for (guint n = 1; n <= MAX_TASKS; n++)
    for (guint width = 200; width <= 420; width += 20)
      for (guint longest = 40; longest <= 240; longest += 40)
        {
          TsnPadLabel labels[MAX_TASKS];
          g_autoptr (TsnPadLayout) layout = NULL;

          make_labels (n, longest, labels);
          layout = tsn_pad_layout_new (n, labels, width, width);
          assert_clear (layout, &GRAPHENE_RECT_INIT (-0.01f, -0.01f, width + 0.02f, width + 0.02f));
          titled += layout->titled;
        }
  /* Most of these have room for titles. */
  g_assert_cmpuint (titled, >, MAX_TASKS * 12 * 6 * 6 / 10);
}

/* The six tasks of the model that comes with the program, in a common font, in the side panel. */
static void
test_default_model_has_titles (void)
{
  const TsnPadLabel labels[6] = {
    { GRAPHENE_SIZE_INIT (134, 14), GRAPHENE_SIZE_INIT (82, 28) },
    { GRAPHENE_SIZE_INIT (74, 14), GRAPHENE_SIZE_INIT (42, 28) },
    { GRAPHENE_SIZE_INIT (36, 14), GRAPHENE_SIZE_INIT (36, 14) },
    { GRAPHENE_SIZE_INIT (48, 14), GRAPHENE_SIZE_INIT (48, 14) },
    { GRAPHENE_SIZE_INIT (92, 14), GRAPHENE_SIZE_INIT (46, 28) },
    { GRAPHENE_SIZE_INIT (34, 14), GRAPHENE_SIZE_INIT (34, 14) },
  };
  g_autoptr (TsnPadLayout) layout = tsn_pad_layout_new (6, labels, 272, 272);

  g_assert_true (layout->titled);
  g_assert_cmpfloat (layout->radius, >, 80);
}

static void
test_long_titles_give_way (void)
{
  const TsnPadLabel labels[3] = { { GRAPHENE_SIZE_INIT (900, 14), GRAPHENE_SIZE_INIT (450, 28) } };
  g_autoptr (TsnPadLayout) layout = tsn_pad_layout_new (3, labels, 272, 272);

  g_assert_false (layout->titled);
  g_assert_cmpfloat (layout->radius, >, 100);
}

static void
test_finds_corners (void)
{
  TsnPadLabel labels[5];
  g_autoptr (TsnPadLayout) layout = NULL;
  double x, y;

  make_labels (5, 80, labels);
  layout = tsn_pad_layout_new (5, labels, 300, 300);
  for (guint i = 0; i < 5; i++)
    {
      tsn_pad_shape_get_corner (5, i, &x, &y);
      tsn_pad_layout_to_pad (layout, x, y, &x, &y);
      g_assert_cmpint (tsn_pad_layout_find_corner (layout, x + 2, y - 2), ==, i);
      graphene_rect_t *box = &layout->boxes[i];
      g_assert_cmpint (tsn_pad_layout_find_corner (layout, box->origin.x + 1, box->origin.y + 1),
                       ==, i);
    }
  g_assert_cmpint (tsn_pad_layout_find_corner (layout, layout->x, layout->y), ==, -1);
  tsn_pad_layout_to_shape (layout, layout->x, layout->y - layout->radius, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, -1, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pad-layout/clear", test_titles_are_clear_of_everything);
  g_test_add_func ("/pad-layout/default-model", test_default_model_has_titles);
  g_test_add_func ("/pad-layout/long-titles", test_long_titles_give_way);
  g_test_add_func ("/pad-layout/corners", test_finds_corners);
  return g_test_run ();
}
