/* How far apart the default colours of classes are, for everybody's eyes. */
#include "core/model/tsn-class-colour.h"

#include <math.h>

/* Matrices on linear RGB: normal sight, then Machado, Oliveira and Fernandes, "A Physiologically-
 * based Model for Simulation of Color Vision Deficiency", 2009, table for severity 1. */
static const struct
{
  const char *name;
  double matrix[3][3];
} sights[] = {
  { "normal", { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
  { "protanopia",
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } } },
  { "deuteranopia",
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } } },
  { "tritanopia",
    { { 1.255528, -0.076749, -0.178779 },
      { -0.078411, 0.930809, 0.147602 },
      { 0.004733, 0.691367, 0.303900 } } },
};

#define N_SIGHTS G_N_ELEMENTS (sights)

#define WHITE 0xffffff

typedef struct
{
  double l, a, b;
} Lab;

/* sRGB's curve (IEC 61966-2-1). */
static double
linearise (guint value)
{
  double v = value / 255.0;

  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

static double
lab_curve (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

/* sRGB's primaries, white point D65. */
static Lab
lab_of_linear (const double rgb[3])
{
  double x = 0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2];
  double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
  double z = 0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2];
  double fx = lab_curve (x / 0.95047), fy = lab_curve (y), fz = lab_curve (z / 1.08883);

  return (Lab){ 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) };
}

/* What a colour is to somebody of that sight. */
static Lab
see (guint32 colour, guint sight)
{
  double rgb[3], seen[3];

  for (guint i = 0; i < 3; i++)
    rgb[i] = linearise (colour >> (16 - 8 * i) & 0xff);
  for (guint i = 0; i < 3; i++)
    {
      const double *row = sights[sight].matrix[i];

      seen[i] = CLAMP (row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2], 0, 1);
    }
  return lab_of_linear (seen);
}

static double
distance (guint32 a, guint32 b, guint sight)
{
  Lab first = see (a, sight), second = see (b, sight);

  return sqrt (pow (first.l - second.l, 2) + pow (first.a - second.a, 2)
               + pow (first.b - second.b, 2));
}

/* The least distance among the first @n colours and from them to white. */
static double
least_distance (guint32 (*get_colour) (guint), guint n, guint sight)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < n; i++)
    {
      least = MIN (least, distance (get_colour (i), WHITE, sight));
      for (guint j = 0; j < i; j++)
        least = MIN (least, distance (get_colour (i), get_colour (j), sight));
    }
  return least;
}

static void
test_distances_themselves (void)
{
  /* Published coordinates of sRGB's red, and of white, which no deficiency changes. */
  Lab red = see (0xff0000, 0), white;

  g_assert_cmpfloat_with_epsilon (red.l, 53.24, 0.01);
  g_assert_cmpfloat_with_epsilon (red.a, 80.09, 0.01);
  g_assert_cmpfloat_with_epsilon (red.b, 67.20, 0.01);
  for (guint s = 0; s < N_SIGHTS; s++)
    {
      white = see (WHITE, s);
      g_assert_cmpfloat_with_epsilon (white.l, 100, 0.01);
      g_assert_cmpfloat_with_epsilon (hypot (white.a, white.b), 0, 0.05);
    }
}

/* Those of human parts (7), of semantic segmentation (21) and of NYUD (41). */
static void
test_all_eyes_tell_them_apart (void)
{
  static const struct
  {
    guint n;
    double least;
  } sets[] = { { 7, 37 }, { 21, 18.9 }, { TSN_CLASS_COLOURS, 9.9 } };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    for (guint s = 0; s < N_SIGHTS; s++)
      {
        double least = least_distance (tsn_class_colour, sets[i].n, s);

        g_test_message ("%u classes, %s: %.2f; %.2f by the golden angle", sets[i].n, sights[s].name,
                        least, least_distance (tsn_class_colour_golden, sets[i].n, s));
        g_assert_cmpfloat (least, >=, sets[i].least);
      }
}

static void
test_no_class_passes_for_background (void)
{
  for (guint i = 1; i < TSN_CLASS_COLOURS; i++)
    for (guint s = 0; s < N_SIGHTS; s++)
      g_assert_cmpfloat (distance (tsn_class_colour (i), tsn_class_colour (0), s), >=, 30);
}

static void
test_colours_show_on_photos (void)
{
  g_assert_cmphex (tsn_class_colour (0), ==, 0);
  for (guint i = 1; i < TSN_CLASS_COLOURS; i++)
    {
      Lab lab = see (tsn_class_colour (i), 0);

      g_assert_cmpfloat (lab.l, >=, i < 21 ? 29.5 : 25.5);
      g_assert_cmpfloat (lab.l, <=, 92.5);
      g_assert_cmpfloat (hypot (lab.a, lab.b), >=, 19.5);
    }
}

/* Model files name classes up to 255. */
static void
test_there_are_colours_for_more (void)
{
  g_assert_cmphex (tsn_class_colour (TSN_CLASS_COLOURS), !=, 0);
  g_assert_cmphex (tsn_class_colour (254), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/class-colour/distance", test_distances_themselves);
  g_test_add_func ("/model/class-colour/apart", test_all_eyes_tell_them_apart);
  g_test_add_func ("/model/class-colour/background", test_no_class_passes_for_background);
  g_test_add_func ("/model/class-colour/photos", test_colours_show_on_photos);
  g_test_add_func ("/model/class-colour/more", test_there_are_colours_for_more);
  return g_test_run ();
}
