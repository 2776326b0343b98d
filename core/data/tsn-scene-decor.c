/* Lamps, plants, pictures and rugs. */
#include "core/data/tsn-scene-palette.h"
#include "core/data/tsn-scene-things.h"

/* Class indices of PASCAL VOC. */
enum
{
  BACKGROUND = 0,
  PLANT = 16,
};

/**
 * tsn_thing_add_floor_lamp:
 *
 * Adds a lamp with a shade of cloth on a tall foot, and its light.
 */
void
tsn_thing_add_floor_lamp (TsnBuilder *builder, TsnVec3 at)
{
  const TsnMaterial metal = { .colour = tsn_vec3 (0.05, 0.045, 0.04), .size = 1, .gloss = 1 };
  const TsnMaterial shade = {
    .pattern = TSN_PATTERN_PLAIN,
    .colour = tsn_colour_from_srgb (0xf3dcae),
    .size = 1,
    .glow = 1.6,
  };
  TsnScene *scene = builder->scene;

  tsn_builder_start (builder, BACKGROUND, at, 0);
  tsn_builder_paint (builder, &metal);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 0.015, 0), 0.14, 0.015, 0.01);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 0.72, 0), 0.011, 0.72, 0.002);
  tsn_builder_surface (builder);
  tsn_builder_paint (builder, &shade);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 1.55, 0), 0.19, 0.15, 0.02);
  tsn_builder_end (builder);
  g_return_if_fail (scene->n_lights + 2 <= TSN_SCENE_MAX_LIGHTS);
  for (int side = -1; side <= 1; side += 2) /* one light down, one up */
    scene->lights[scene->n_lights++] = (TsnLight){
      .corner = tsn_vec3 (at.x - 0.13, at.y + 1.55 + side * 0.155, at.z - 0.13),
      .edge = { { 0.26, 0, 0 }, { 0, 0, 0.26 } },
      .normal = { 0, side, 0 },
      .radiance = { 11, 8, 4.6 },
    };
}

static void
add_leaves (TsnBuilder *builder, double height)
{
  const guint n = 26;

  for (guint i = 0; i < n; i++)
    {
      double level = (i + 0.5) / n;
      double turn = i * 2.39996 + tsn_builder_draw (builder, -0.2, 0.2); /* the golden angle */
      double reach = height * (0.26 + 0.22 * sin (G_PI * level));
      TsnVec3 root = tsn_vec3 (0.02 * cos (turn), height * (0.28 + 0.5 * level), 0.02 * sin (turn));
      TsnVec3 knee
          = tsn_vec3 (0.45 * reach * cos (turn), root.y + 0.12 * height, 0.45 * reach * sin (turn));
      TsnVec3 tip = tsn_vec3 (reach * cos (turn), root.y + height * (0.17 * level - 0.02),
                              reach * sin (turn));

      tsn_builder_limb (builder, root, knee, 0.005, 0.004);
      tsn_builder_blade (builder, tsn_vec3_mix (root, knee, 0.7), tip, 0.11 * height, 0.012);
    }
}

/**
 * tsn_thing_add_plant:
 * @height: of pot and leaves, in metres
 */
void
tsn_thing_add_plant (TsnBuilder *builder, TsnVec3 at, double height)
{
  double pot = 0.13 * height;

  tsn_builder_start (builder, PLANT, at, tsn_builder_draw (builder, 0, 6));
  tsn_builder_pattern (builder, TSN_PATTERN_MOTTLED, tsn_palette_choose_accent (builder), 0x8a6a55,
                       0.2);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.75 * pot, 0), tsn_vec3 (0, 1.3 * pot, 0), 0.75 * pot,
                    pot);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 1.95 * pot, 0), 1.06 * pot, 0.18 * pot, 0.01);
  tsn_builder_plain (builder, 0x3a2a1e);
  tsn_builder_cylinder (builder, tsn_vec3 (0, 2.0 * pot, 0), 0.95 * pot, 0.16 * pot, 0.01);
  tsn_builder_pattern (builder, TSN_PATTERN_MOTTLED, 0x2f6b2f, 0x6fa544, 0.09);
  tsn_builder_limb (builder, tsn_vec3 (0, 2 * pot, 0), tsn_vec3 (0, 0.78 * height, 0), 0.016,
                    0.008);
  add_leaves (builder, height);
  tsn_builder_end (builder);
}

/**
 * tsn_thing_add_picture:
 * @at: its middle, on the wall
 * @width: of the frame, in metres
 */
void
tsn_thing_add_picture (TsnBuilder *builder, TsnVec3 at, double yaw, double width)
{
  static const guint32 grounds[] = { 0x31572c, 0x5a3d5c, 0x274060, 0x7f4f24 };
  static const guint32 skies[] = { 0xa9c8e8, 0xf2c59b, 0xd8cfe8, 0xbfd8d2 };
  double height = 0.72 * width;

  tsn_builder_start (builder, BACKGROUND, at, yaw);
  tsn_palette_paint_wood (builder, 0.3);
  tsn_builder_box (builder, tsn_vec3 (0, 0, 0.012), tsn_vec3 (width / 2, height / 2, 0.014), 0.004);
  tsn_builder_surface (builder);
  tsn_builder_plain (builder, 0xf2eee4);
  tsn_builder_box (builder, tsn_vec3 (0, 0, 0.026),
                   tsn_vec3 (width / 2 - 0.03, height / 2 - 0.03, 0.001), 0);
  tsn_builder_pattern (builder, TSN_PATTERN_PAINTING,
                       tsn_builder_choose (builder, grounds, G_N_ELEMENTS (grounds)),
                       tsn_builder_choose (builder, skies, G_N_ELEMENTS (skies)), width / 2 - 0.08);
  tsn_builder_box (builder, tsn_vec3 (0, 0, 0.0275),
                   tsn_vec3 (width / 2 - 0.08, height / 2 - 0.08, 0.001), 0);
  tsn_builder_end (builder);
}

/**
 * tsn_thing_add_rug:
 */
void
tsn_thing_add_rug (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  guint32 ground = tsn_palette_choose_cloth (builder);

  tsn_builder_start (builder, BACKGROUND, at, yaw);
  tsn_builder_pattern (
      builder, TSN_PATTERN_RUG, ground,
      tsn_builder_draw (builder, 0, 1) < 0.75 ? 0xe8e2d0 : tsn_palette_darken (ground), 1.15);
  tsn_builder_box (builder, tsn_vec3 (0, 0.006, 0), tsn_vec3 (1.15, 0.006, 0.782), 0.003);
  tsn_builder_end (builder);
}
