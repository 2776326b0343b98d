#include "core/model/tsn-class-colour.h"

#include <string.h>

/* Found by simulated annealing of all entries together, against least distances that were raised
 * step by step.  Distances are CIELAB's (CIE 1976, D65), the least of those for normal sight and
 * for people without one kind of cone (protanopia, deuteranopia, tritanopia; matrices of Machado,
 * Oliveira and Fernandes, 2009, severity 1, on linear RGB):
 *
 *   37   among the first 7, which human parts have, and from them to white
 *   18.9 among the first 21, which semantic segmentation has, and from them to white
 *    9.9 among all, and from them to white, which stands for pixels without a label
 *   30   from all to black, the background
 *
 * Apart from black, lightness lies between 30 (26 from entry 21 on) and 92 and chroma is at least
 * 20, so that a colour lies visibly over a photo.  What is 10 apart is told apart side by side, not
 * from memory: names, the probe, isolation and patterns have to help. */
static const guint32 palette[TSN_CLASS_COLOURS] = {
  0x000000, 0x0303fb, 0x11b5fb, 0x9c1a02, 0x979d77, 0xe39f07, 0x820782, 0xb3c1e8, 0xb5fd0c,
  0x025540, 0x65af4c, 0x8e66f9, 0xc85e0d, 0x59743c, 0xb18098, 0x68f05b, 0x6a18c7, 0xd7d397,
  0x794b75, 0xf0b9bb, 0x1e6ab7, 0xa2c1fd, 0x118bc0, 0xf60b5d, 0xf78e8d, 0x7f46d7, 0x236e45,
  0x9afa52, 0x249e26, 0x9b45ff, 0xf9b915, 0xa9e8fd, 0x06f2d3, 0xfe6739, 0x730a9e, 0xf492d0,
  0x6c7aa1, 0xfd00d7, 0xd70593, 0xa9c65c, 0x13cba1,
};

/**
 * tsn_class_colour_golden:
 *
 * Returns: 0xRRGGBB: black for 0, then hues in steps of the golden angle with alternating
 *   lightness, so that neighbours in the list differ most.  Nothing is checked of how far apart
 *   others are.  These were the default colours before those of tsn_class_colour().
 */
guint32
tsn_class_colour_golden (guint index)
{
  static const double lightness[] = { 0.55, 0.72, 0.40 };
  double hue, l, chroma, h6, x, m;
  double rgb[6][3];
  int sector;

  if (index == 0)
    return 0;
  hue = (index - 1) * 0.38196601125 + 0.58;
  hue -= (int) hue;
  l = lightness[index % G_N_ELEMENTS (lightness)];
  chroma = (1 - (l > 0.5 ? 2 * l - 1 : 1 - 2 * l)) * 0.72;
  h6 = hue * 6;
  sector = (int) h6 % 6;
  x = h6 - 2 * (int) (h6 / 2) - 1;
  x = chroma * (1 - (x < 0 ? -x : x));
  m = l - chroma / 2;
  memcpy (rgb,
          (double[6][3]){ { chroma, x, 0 },
                          { x, chroma, 0 },
                          { 0, chroma, x },
                          { 0, x, chroma },
                          { x, 0, chroma },
                          { chroma, 0, x } },
          sizeof rgb);
  return (guint32) (255 * (rgb[sector][0] + m) + 0.5) << 16
         | (guint32) (255 * (rgb[sector][1] + m) + 0.5) << 8
         | (guint32) (255 * (rgb[sector][2] + m) + 0.5);
}

/**
 * tsn_class_colour:
 *
 * Returns: 0xRRGGBB, the default colour of class @index: black for 0, then those of a checked
 *   palette, then what tsn_class_colour_golden() gives.
 */
guint32
tsn_class_colour (guint index)
{
  return index < TSN_CLASS_COLOURS ? palette[index] : tsn_class_colour_golden (index);
}
