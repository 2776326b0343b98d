#include "core/figure/tsn-hatch.h"

/* Directions of lines, each with several spacings; the first class has none. */
typedef enum
{
  RISING,
  FALLING,
  LEVEL,
  UPRIGHT,
  CROSSED,
  N_DIRECTIONS
} Direction;

/* How far apart lines are, and which part of that they fill, by turns. */
static const struct
{
  double pitch;
  double fill;
} spacings[] = { { 1, 0.22 }, { 0.55, 0.3 }, { 1.6, 0.45 } };

static gboolean
is_on_line (guint position, guint spacing, guint width)
{
  return position % spacing < width;
}

/**
 * tsn_hatch_covers:
 * @class_index: index of the class
 * @pitch: distance of the lines of the plainest pattern in pixels, at least 4
 * @x: column of the picture
 * @y: row of the picture
 *
 * Fifteen patterns of lines, by direction and spacing, then again from the first; class 0, the
 * background, has none.
 *
 * Returns: whether the pattern of the class covers the pixel.
 */
gboolean
tsn_hatch_covers (guint class_index, guint pitch, guint x, guint y)
{
  guint pattern, spacing, width;

  if (class_index == 0)
    return FALSE;
  pattern = (class_index - 1) % (N_DIRECTIONS * G_N_ELEMENTS (spacings));
  spacing = MAX (spacings[pattern / N_DIRECTIONS].pitch * pitch, 3);
  width = MAX (spacings[pattern / N_DIRECTIONS].fill * spacing, 1);
  switch ((Direction) (pattern % N_DIRECTIONS))
    {
    case RISING:
      return is_on_line (x + y, spacing, width);
    case FALLING:
      return is_on_line (x + spacing - y % spacing, spacing, width);
    case LEVEL:
      return is_on_line (y, spacing, width);
    case UPRIGHT:
      return is_on_line (x, spacing, width);
    case CROSSED:
    case N_DIRECTIONS:
    default:
      return is_on_line (x, spacing, width) || is_on_line (y, spacing, width);
    }
}

/**
 * tsn_hatch_shade:
 * @colour: 0xRRGGBB
 *
 * Returns: the colour of lines upon it: darker on light colours, lighter on dark ones.
 */
guint32
tsn_hatch_shade (guint32 colour)
{
  guint red = colour >> 16 & 0xff, green = colour >> 8 & 0xff, blue = colour & 0xff;
  guint target = 3 * red + 6 * green + blue > 10 * 110 ? 0 : 255;

  red = (2 * red + 3 * target) / 5;
  green = (2 * green + 3 * target) / 5;
  blue = (2 * blue + 3 * target) / 5;
  return red << 16 | green << 8 | blue;
}
