/* Furniture, and what lies on it. */
#include "core/data/tsn-scene-palette.h"
#include "core/data/tsn-scene-things.h"

/* Class indices of PASCAL VOC. */
enum
{
  BACKGROUND = 0,
  BOTTLE = 5,
  CHAIR = 9,
  TABLE = 11,
  SOFA = 18,
  TELEVISION = 20,
};

static void
add_cushions (TsnBuilder *builder, double half_width, guint n)
{
  double width = 2 * half_width / n;

  for (guint i = 0; i < n; i++)
    {
      double x = -half_width + (i + 0.5) * width;

      tsn_builder_surface (builder);
      tsn_builder_box (builder, tsn_vec3 (x, 0.40, 0.08), tsn_vec3 (width / 2 - 0.004, 0.09, 0.36),
                       0.055);
      tsn_builder_surface (builder);
      tsn_builder_tilted_box (builder, tsn_vec3 (x, 0.66, -0.27),
                              tsn_vec3 (width / 2 - 0.006, 0.24, 0.10), 0.075, -0.18, 0);
    }
}

static void
add_throw_pillows (TsnBuilder *builder, double half_width)
{
  for (int side = -1; side <= 1; side += 2)
    {
      guint32 colour = tsn_palette_choose_accent (builder);

      tsn_builder_surface (builder);
      tsn_builder_pattern (
          builder, tsn_builder_draw (builder, 0, 1) < 0.4 ? TSN_PATTERN_STRIPES : TSN_PATTERN_WOVEN,
          colour, 0xe8e2d0, 0.045);
      tsn_builder_tilted_box (builder, tsn_vec3 (side * (half_width - 0.26), 0.66, -0.10),
                              tsn_vec3 (0.21, 0.20, 0.075), 0.07, -0.32,
                              tsn_builder_draw (builder, -0.25, 0.25));
    }
}

/**
 * tsn_thing_add_sofa:
 * @at: the middle of the floor below it
 * @yaw: where it faces
 */
void
tsn_thing_add_sofa (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  double half = tsn_builder_draw (builder, 0.85, 1.05);
  guint32 cloth = tsn_palette_choose_cloth (builder);

  tsn_builder_start (builder, SOFA, at, yaw);
  tsn_palette_paint_wood (builder, 0);
  for (int i = 0; i < 4; i++)
    tsn_builder_cylinder (builder, tsn_vec3 ((i % 2 ? 1 : -1) * half, 0.06, i / 2 ? 0.32 : -0.32),
                          0.025, 0.06, 0.005);
  tsn_builder_pattern (builder, TSN_PATTERN_WOVEN, cloth, cloth, 1);
  tsn_builder_box (builder, tsn_vec3 (0, 0.21, 0), tsn_vec3 (half + 0.12, 0.10, 0.44), 0.03);
  tsn_builder_tilted_box (builder, tsn_vec3 (0, 0.52, -0.39), tsn_vec3 (half + 0.1, 0.33, 0.09),
                          0.06, -0.12, 0);
  for (int side = -1; side <= 1; side += 2)
    {
      tsn_builder_surface (builder);
      tsn_builder_box (builder, tsn_vec3 (side * (half + 0.09), 0.40, 0.0),
                       tsn_vec3 (0.09, 0.25, 0.45), 0.07);
    }
  add_cushions (builder, half, half > 0.95 ? 3 : 2);
  add_throw_pillows (builder, half);
  tsn_builder_end (builder);
}

static void
add_bottle (TsnBuilder *builder, TsnVec3 at)
{
  const TsnMaterial glass = {
    .pattern = TSN_PATTERN_PLAIN,
    .colour = tsn_vec3 (0.03, 0.16, 0.07),
    .size = 1,
    .gloss = 1,
  };

  tsn_builder_start (builder, BOTTLE, at, 0);
  tsn_builder_paint (builder, &glass);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 0.10, 0), 0.038, 0.10, 0.012);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.195, 0), tsn_vec3 (0, 0.245, 0), 0.034, 0.016);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 0.275, 0), 0.0145, 0.03, 0.004);
  tsn_builder_plain (builder, 0xeae3cf);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 0.10, 0), 0.0388, 0.045, 0.001);
  tsn_builder_end (builder);
}

static void
add_books (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  double y = 0;

  tsn_builder_start (builder, BACKGROUND, at, yaw);
  for (guint i = 0; i < 3; i++)
    {
      double thick = tsn_builder_draw (builder, 0.012, 0.02);

      tsn_builder_surface (builder);
      tsn_builder_plain (builder, i % 2 ? tsn_palette_choose_accent (builder)
                                        : tsn_palette_choose_cloth (builder));
      tsn_builder_box (builder, tsn_vec3 (tsn_builder_draw (builder, -0.015, 0.015), y + thick, 0),
                       tsn_vec3 (0.13 - 0.012 * i, thick, 0.095 - 0.008 * i), 0.003);
      y += 2 * thick;
    }
  tsn_builder_end (builder);
}

static void
add_bowl (TsnBuilder *builder, TsnVec3 at)
{
  static const guint32 fruits[] = { 0xd2452d, 0xe0a030, 0x7fa83a, 0xe0762e };

  tsn_builder_start (builder, BACKGROUND, at, 0);
  tsn_builder_plain (builder, 0xe9e4da);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.02, 0), tsn_vec3 (0, 0.035, 0), 0.05, 0.055);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 0.06, 0), 0.14, 0.022, 0.02);
  for (guint i = 0; i < 5; i++)
    {
      double turn = i * 2.513;

      tsn_builder_surface (builder);
      tsn_builder_plain (builder, fruits[i % G_N_ELEMENTS (fruits)]);
      tsn_builder_ellipsoid (
          builder, tsn_vec3 (0.065 * cos (turn), 0.10 + 0.01 * (i % 2), 0.065 * sin (turn)),
          tsn_vec3 (0.042, 0.040, 0.042));
    }
  tsn_builder_end (builder);
}

/**
 * tsn_thing_add_table:
 *
 * Adds a low table with a bottle, books and a bowl of fruit.
 */
void
tsn_thing_add_table (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  double half_x = tsn_builder_draw (builder, 0.45, 0.58), half_z = 0.28, height = 0.42;
  double c = cos (yaw), s = sin (yaw), along = half_x * 0.55;

  tsn_builder_start (builder, TABLE, at, yaw);
  tsn_palette_paint_wood (builder, 1);
  tsn_builder_box (builder, tsn_vec3 (0, height - 0.02, 0), tsn_vec3 (half_x, 0.02, half_z), 0.012);
  for (int i = 0; i < 4; i++)
    {
      double x = (i % 2 ? 1 : -1) * (half_x - 0.07), z = (i / 2 ? 1 : -1) * (half_z - 0.06);

      tsn_builder_limb (builder, tsn_vec3 (x, height - 0.04, z),
                        tsn_vec3 (x * 1.08, 0.018, z * 1.1), 0.024, 0.016);
    }
  tsn_builder_end (builder);
  add_bottle (builder, tsn_vec3 (at.x - along * c, at.y + height, at.z + along * s));
  add_books (builder, tsn_vec3 (at.x + 0.02, at.y + height, at.z + 0.05), yaw + 0.4);
  add_bowl (builder, tsn_vec3 (at.x + along * c, at.y + height, at.z - along * s));
}

/**
 * tsn_thing_add_chair:
 *
 * Adds an upright chair of wood with a padded seat.
 */
void
tsn_thing_add_chair (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  tsn_builder_start (builder, CHAIR, at, yaw);
  tsn_palette_paint_wood (builder, 0.4);
  for (int i = 0; i < 4; i++)
    {
      double x = i % 2 ? 0.19 : -0.19, z = i / 2 ? 0.18 : -0.19;

      tsn_builder_limb (builder, tsn_vec3 (x, 0.43, z), tsn_vec3 (x * 1.1, 0.018, z * 1.12), 0.02,
                        0.016);
    }
  for (int side = -1; side <= 1; side += 2)
    tsn_builder_limb (builder, tsn_vec3 (side * 0.19, 0.43, -0.19),
                      tsn_vec3 (side * 0.19, 0.92, -0.26), 0.018, 0.016);
  for (int i = 0; i < 3; i++)
    tsn_builder_tilted_box (builder, tsn_vec3 (0, 0.60 + 0.13 * i, -0.215 - 0.018 * i),
                            tsn_vec3 (0.18, 0.035, 0.012), 0.008, -0.14, 0);
  tsn_builder_box (builder, tsn_vec3 (0, 0.44, 0), tsn_vec3 (0.215, 0.014, 0.21), 0.008);
  tsn_builder_surface (builder);
  tsn_builder_pattern (builder, TSN_PATTERN_WOVEN, tsn_palette_choose_accent (builder), 0, 1);
  tsn_builder_box (builder, tsn_vec3 (0, 0.475, 0.005), tsn_vec3 (0.20, 0.025, 0.19), 0.022);
  tsn_builder_end (builder);
}

static void
add_cabinet (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  tsn_builder_start (builder, BACKGROUND, at, yaw);
  tsn_palette_paint_wood (builder, 0.5);
  tsn_builder_box (builder, tsn_vec3 (0, 0.30, 0), tsn_vec3 (0.80, 0.22, 0.20), 0.01);
  for (int i = 0; i < 4; i++)
    tsn_builder_cylinder (builder, tsn_vec3 (i % 2 ? 0.7 : -0.7, 0.04, i / 2 ? 0.14 : -0.14), 0.018,
                          0.045, 0.004);
  for (int i = -1; i <= 1; i++)
    {
      tsn_builder_surface (builder);
      tsn_builder_box (builder, tsn_vec3 (0.52 * i, 0.30, 0.203), tsn_vec3 (0.25, 0.19, 0.008),
                       0.006);
      tsn_builder_plain (builder, 0x2a2622);
      tsn_builder_box (builder, tsn_vec3 (0.52 * i, 0.44, 0.216), tsn_vec3 (0.06, 0.008, 0.008),
                       0.004);
      builder->material--;
    }
  tsn_builder_end (builder);
}

/**
 * tsn_thing_add_television:
 *
 * Adds a television on a low cabinet.
 */
void
tsn_thing_add_television (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  const TsnMaterial screen = {
    .pattern = TSN_PATTERN_FILM,
    .colour = tsn_colour_from_srgb (0x2c5a3a),
    .other = tsn_colour_from_srgb (0x7fb4e0),
    .size = 0.53,
    .gloss = 0.5,
    .glow = 1.1,
  };
  const TsnMaterial plastic = { .colour = tsn_vec3 (0.012, 0.012, 0.014), .size = 1, .gloss = 0.8 };

  add_cabinet (builder, at, yaw);
  tsn_builder_start (builder, TELEVISION, at, yaw);
  tsn_builder_paint (builder, &plastic);
  tsn_builder_box (builder, tsn_vec3 (0, 0.93, 0), tsn_vec3 (0.56, 0.33, 0.025), 0.012);
  tsn_builder_box (builder, tsn_vec3 (0, 0.56, 0), tsn_vec3 (0.05, 0.05, 0.02), 0.01);
  tsn_builder_box (builder, tsn_vec3 (0, 0.528, 0), tsn_vec3 (0.20, 0.008, 0.11), 0.004);
  tsn_builder_paint (builder, &screen);
  tsn_builder_box (builder, tsn_vec3 (0, 0.935, 0.025), tsn_vec3 (0.535, 0.30, 0.002), 0);
  tsn_builder_end (builder);
}

static void
add_row_of_books (TsnBuilder *builder, double y, double half_width, double depth)
{
  double x = -half_width + 0.01;
  double end = half_width - tsn_builder_draw (builder, 0, 0.35);

  while (x < end)
    {
      double thick = tsn_builder_draw (builder, 0.011, 0.024);
      double tall = tsn_builder_draw (builder, 0.10, 0.135);

      tsn_builder_plain (builder, tsn_builder_draw (builder, 0, 1) < 0.5
                                      ? tsn_palette_choose_cloth (builder)
                                      : tsn_palette_choose_accent (builder));
      tsn_builder_box (builder, tsn_vec3 (x + thick, y + tall, depth - 0.12),
                       tsn_vec3 (thick, tall, 0.09), 0);
      x += 2 * thick + 0.002;
    }
}

/**
 * tsn_thing_add_bookshelf:
 *
 * Adds an open shelf with books on its boards.
 */
void
tsn_thing_add_bookshelf (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  const double half_width = 0.42, depth = 0.15;
  guint wood;

  tsn_builder_start (builder, BACKGROUND, at, yaw);
  tsn_palette_paint_wood (builder, 0.3);
  wood = builder->material;
  tsn_builder_box (builder, tsn_vec3 (0, 0.95, -depth), tsn_vec3 (half_width, 0.95, 0.008), 0);
  for (int side = -1; side <= 1; side += 2)
    tsn_builder_box (builder, tsn_vec3 (side * half_width, 0.95, 0), tsn_vec3 (0.012, 0.95, depth),
                     0.003);
  for (guint board = 0; board < 6; board++)
    {
      double y = 0.03 + 0.37 * board;

      builder->material = wood;
      tsn_builder_surface (builder);
      tsn_builder_box (builder, tsn_vec3 (0, y, 0), tsn_vec3 (half_width, 0.012, depth), 0.003);
      tsn_builder_surface (builder);
      if (board < 5)
        add_row_of_books (builder, y + 0.012, half_width - 0.02, depth);
    }
  tsn_builder_end (builder);
}
