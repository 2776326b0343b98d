#include "core/data/tsn-scene-beings.h"

/* Class indices of PASCAL VOC, and the parts of a person. */
enum
{
  DOG = 12,
  PERSON = 15,
};

enum
{
  HEAD = 1,
  TORSO,
  ARMS,
  LOWER_BODY,
  LEGS,
  FEET,
};

/* What a person wears and is like. */
typedef struct
{
  guint32 skin;
  guint32 hair;
  guint32 shirt;
  guint32 trousers;
  guint32 shoes;
  gboolean shorts;
  gboolean long_hair;
} Looks;

static Looks
choose_looks (TsnBuilder *builder)
{
  static const guint32 skins[] = { 0xd9a27f, 0xb97a55, 0x80503a, 0x5a3826, 0xe0b08e };
  static const guint32 hairs[] = { 0x2a1c14, 0x4e3222, 0x8a5a2b, 0x17130f, 0xb9925a };
  static const guint32 shirts[] = { 0xb8402f, 0x2f5f8a, 0xe0b23c, 0x3b7a57, 0xe6e1d6, 0x6d4a86 };
  static const guint32 trousers[] = { 0x2c3e57, 0x6b5a44, 0x3a3a3d, 0x7d8a5e };
  static const guint32 shoes[] = { 0x2a2420, 0xe9e4da, 0x7a2f22 };

  return (Looks){
    .skin = tsn_builder_choose (builder, skins, G_N_ELEMENTS (skins)),
    .hair = tsn_builder_choose (builder, hairs, G_N_ELEMENTS (hairs)),
    .shirt = tsn_builder_choose (builder, shirts, G_N_ELEMENTS (shirts)),
    .trousers = tsn_builder_choose (builder, trousers, G_N_ELEMENTS (trousers)),
    .shoes = tsn_builder_choose (builder, shoes, G_N_ELEMENTS (shoes)),
    .shorts = tsn_builder_draw (builder, 0, 1) < 0.6,
    .long_hair = tsn_builder_draw (builder, 0, 1) < 0.5,
  };
}

static void
start_part (TsnBuilder *builder, guint part)
{
  builder->part = part;
  tsn_builder_surface (builder);
}

static void
add_head (TsnBuilder *builder, const Looks *looks, double h)
{
  TsnVec3 skull = tsn_vec3 (0, 0.925 * h, 0.01 * h);

  start_part (builder, HEAD);
  tsn_builder_plain (builder, looks->skin);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.80 * h, -0.008 * h), tsn_vec3 (0, 0.88 * h, 0),
                    0.030 * h, 0.029 * h);
  tsn_builder_ellipsoid (builder, skull, tsn_vec3 (0.046 * h, 0.066 * h, 0.054 * h));
  tsn_builder_limb (builder, tsn_vec3 (0, 0.875 * h, 0.022 * h), tsn_vec3 (0, 0.90 * h, 0.022 * h),
                    0.026 * h, 0.034 * h);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.925 * h, 0.060 * h), tsn_vec3 (0, 0.908 * h, 0.068 * h),
                    0.006 * h, 0.009 * h);
  for (int side = -1; side <= 1; side += 2)
    {
      tsn_builder_ellipsoid (builder, tsn_vec3 (side * 0.047 * h, 0.917 * h, 0),
                             tsn_vec3 (0.007 * h, 0.016 * h, 0.010 * h));
      tsn_builder_plain (builder, 0x1c1512);
      tsn_builder_ellipsoid (builder, tsn_vec3 (side * 0.018 * h, 0.929 * h, 0.0585 * h),
                             tsn_vec3 (0.0065 * h, 0.0055 * h, 0.004 * h));
      builder->material--;
    }
  tsn_builder_plain (builder, 0xa84f46);
  tsn_builder_ellipsoid (builder, tsn_vec3 (0, 0.889 * h, 0.0545 * h),
                         tsn_vec3 (0.015 * h, 0.0035 * h, 0.004 * h));
  tsn_builder_pattern (builder, TSN_PATTERN_MOTTLED, looks->hair, 0x0f0b08, 0.012);
  tsn_builder_ellipsoid (builder, tsn_vec3 (0, 0.952 * h, -0.002 * h),
                         tsn_vec3 (0.052 * h, 0.051 * h, 0.061 * h));
  if (looks->long_hair)
    tsn_builder_limb (builder, tsn_vec3 (0, 0.93 * h, -0.022 * h),
                      tsn_vec3 (0, 0.83 * h, -0.035 * h), 0.046 * h, 0.036 * h);
}

static void
add_torso (TsnBuilder *builder, const Looks *looks, double h)
{
  start_part (builder, TORSO);
  tsn_builder_pattern (
      builder, tsn_builder_draw (builder, 0, 1) < 0.3 ? TSN_PATTERN_STRIPES : TSN_PATTERN_WOVEN,
      looks->shirt, 0xe6e1d6, 0.03);
  tsn_builder_box (builder, tsn_vec3 (0, 0.735 * h, 0), tsn_vec3 (0.098 * h, 0.085 * h, 0.062 * h),
                   0.055 * h);
  tsn_builder_box (builder, tsn_vec3 (0, 0.615 * h, 0), tsn_vec3 (0.086 * h, 0.105 * h, 0.058 * h),
                   0.052 * h);
  tsn_builder_limb (builder, tsn_vec3 (-0.075 * h, 0.785 * h, 0),
                    tsn_vec3 (0.075 * h, 0.785 * h, 0), 0.036 * h, 0.036 * h);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.79 * h, -0.004 * h),
                    tsn_vec3 (0, 0.822 * h, -0.006 * h), 0.05 * h, 0.034 * h);
}

/* Sleeves down to above the elbow, then bare arms and hands. */
static void
add_arm (TsnBuilder *builder, const Looks *looks, double h, int side, guint shirt)
{
  double swing = tsn_builder_draw (builder, -0.1, 0.35),
         out = tsn_builder_draw (builder, 0.08, 0.3);
  double bend = tsn_builder_draw (builder, 0.1, 1.3);
  TsnVec3 shoulder = tsn_vec3 (side * 0.112 * h, 0.785 * h, 0);
  TsnVec3 elbow = tsn_vec3_add (shoulder, tsn_vec3 (side * 0.17 * h * sin (out),
                                                    -0.17 * h * cos (out) * cos (swing),
                                                    0.17 * h * sin (swing)));
  TsnVec3 wrist
      = tsn_vec3_add (elbow, tsn_vec3 (side * -0.03 * h * bend, -0.145 * h * cos (swing + bend),
                                       0.145 * h * sin (swing + bend)));
  TsnVec3 palm = tsn_vec3_mad (wrist, 0.24, tsn_vec3_sub (wrist, elbow));

  start_part (builder, ARMS);
  builder->material = shirt;
  tsn_builder_limb (builder, shoulder, tsn_vec3_mix (shoulder, elbow, 0.62), 0.036 * h, 0.031 * h);
  tsn_builder_plain (builder, looks->skin);
  tsn_builder_limb (builder, tsn_vec3_mix (shoulder, elbow, 0.4), elbow, 0.026 * h, 0.023 * h);
  tsn_builder_limb (builder, elbow, wrist, 0.023 * h, 0.016 * h);
  tsn_builder_limb (builder, wrist, palm, 0.016 * h, 0.020 * h);
  tsn_builder_limb (builder, palm, tsn_vec3_mad (palm, 0.22, tsn_vec3_sub (wrist, elbow)),
                    0.018 * h, 0.011 * h);
  tsn_builder_limb (builder, palm,
                    tsn_vec3_add (palm, tsn_vec3 (side * -0.024 * h, -0.016 * h, 0.01 * h)),
                    0.011 * h, 0.008 * h);
}

static void
add_leg (TsnBuilder *builder, const Looks *looks, double h, int side, guint trousers)
{
  double stride = side * tsn_builder_draw (builder, -0.02, 0.05);
  TsnVec3 hip = tsn_vec3 (side * 0.052 * h, 0.50 * h, 0);
  TsnVec3 knee = tsn_vec3 (side * 0.060 * h, 0.275 * h, (stride + 0.01) * h);
  TsnVec3 ankle = tsn_vec3 (side * 0.064 * h, 0.052 * h, (stride - 0.008) * h);

  start_part (builder, LOWER_BODY);
  builder->material = trousers;
  tsn_builder_limb (builder, hip, tsn_vec3_mix (hip, knee, looks->shorts ? 0.85 : 1), 0.056 * h,
                    looks->shorts ? 0.050 * h : 0.041 * h);
  if (looks->shorts)
    {
      start_part (builder, LEGS);
      tsn_builder_plain (builder, looks->skin);
      tsn_builder_limb (builder, tsn_vec3_mix (hip, knee, 0.6), knee, 0.042 * h, 0.035 * h);
    }
  tsn_builder_limb (builder, knee, ankle, looks->shorts ? 0.034 * h : 0.041 * h,
                    looks->shorts ? 0.021 * h : 0.034 * h);
  start_part (builder, FEET);
  tsn_builder_plain (builder, looks->shoes);
  tsn_builder_limb (builder, tsn_vec3 (ankle.x, 0.030 * h, ankle.z - 0.012 * h),
                    tsn_vec3 (ankle.x + side * 0.014 * h, 0.024 * h, ankle.z + 0.088 * h),
                    0.030 * h, 0.024 * h);
}

/**
 * tsn_being_add_person:
 * @at: where the feet are
 * @yaw: where the face is turned
 *
 * Adds a person who stands, in shirt and trousers or shorts, with arms somehow.
 */
void
tsn_being_add_person (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  double h = tsn_builder_draw (builder, 1.58, 1.84);
  Looks looks = choose_looks (builder);
  guint shirt, trousers;

  tsn_builder_start (builder, PERSON, at, yaw);
  builder->salient = TRUE;
  add_torso (builder, &looks, h);
  shirt = builder->material;
  start_part (builder, LOWER_BODY);
  tsn_builder_pattern (builder, TSN_PATTERN_WOVEN, looks.trousers, looks.trousers, 1);
  trousers = builder->material;
  tsn_builder_box (builder, tsn_vec3 (0, 0.515 * h, 0), tsn_vec3 (0.092 * h, 0.058 * h, 0.062 * h),
                   0.055 * h);
  for (int side = -1; side <= 1; side += 2)
    {
      add_leg (builder, &looks, h, side, trousers);
      add_arm (builder, &looks, h, side, shirt);
    }
  add_head (builder, &looks, h);
  tsn_builder_end (builder);
}

static void
add_dog_head (TsnBuilder *builder, double h, guint coat)
{
  double y = 1.22 * h, z = 0.72 * h;

  builder->material = coat;
  tsn_builder_ellipsoid (builder, tsn_vec3 (0, y, z), tsn_vec3 (0.165 * h, 0.17 * h, 0.19 * h));
  tsn_builder_limb (builder, tsn_vec3 (0, y - 0.03 * h, z + 0.1 * h),
                    tsn_vec3 (0, y - 0.07 * h, z + 0.30 * h), 0.10 * h, 0.065 * h);
  for (int side = -1; side <= 1; side += 2)
    {
      tsn_builder_plain (builder, 0x3b2415);
      tsn_builder_blade (builder, tsn_vec3 (side * 0.12 * h, y + 0.14 * h, z - 0.04 * h),
                         tsn_vec3 (side * 0.21 * h, y - 0.16 * h, z + 0.02 * h), 0.17 * h,
                         0.055 * h);
      tsn_builder_plain (builder, 0x0c0908);
      tsn_builder_ellipsoid (builder, tsn_vec3 (side * 0.075 * h, y + 0.045 * h, z + 0.160 * h),
                             tsn_vec3 (0.024 * h, 0.026 * h, 0.022 * h));
    }
  tsn_builder_ellipsoid (builder, tsn_vec3 (0, y - 0.04 * h, z + 0.36 * h),
                         tsn_vec3 (0.042 * h, 0.034 * h, 0.03 * h));
}

static void
add_dog_legs (TsnBuilder *builder, double h)
{
  for (int i = 0; i < 4; i++)
    {
      double side = i % 2 ? 1 : -1, z = i / 2 ? 0.42 * h : -0.40 * h;
      TsnVec3 top = tsn_vec3 (side * 0.14 * h, 0.72 * h, z);
      TsnVec3 knee = tsn_vec3 (side * 0.15 * h, 0.38 * h, z + (i / 2 ? -0.02 : -0.05) * h);
      TsnVec3 paw = tsn_vec3 (side * 0.15 * h, 0.045 * h, z + (i / 2 ? 0.0 : 0.02) * h);

      tsn_builder_limb (builder, top, knee, i / 2 ? 0.11 * h : 0.145 * h, 0.065 * h);
      tsn_builder_limb (builder, knee, paw, 0.062 * h, 0.045 * h);
      tsn_builder_limb (builder, paw, tsn_vec3_add (paw, tsn_vec3 (0, 0, 0.07 * h)), 0.045 * h,
                        0.042 * h);
    }
}

/**
 * tsn_being_add_dog:
 * @at: below it
 * @yaw: where its head is turned
 */
void
tsn_being_add_dog (TsnBuilder *builder, TsnVec3 at, double yaw)
{
  static const guint32 coats[] = { 0xb9814a, 0x8a5a33, 0x4a3a2e, 0xd8c3a0 };
  double h = tsn_builder_draw (builder, 0.40, 0.52); /* at the withers */
  guint32 coat = tsn_builder_choose (builder, coats, G_N_ELEMENTS (coats));
  guint fur;

  tsn_builder_start (builder, DOG, at, yaw);
  builder->salient = TRUE;
  tsn_builder_pattern (builder, TSN_PATTERN_MOTTLED, coat, 0xe8d9bf, 0.12);
  fur = builder->material;
  tsn_builder_limb (builder, tsn_vec3 (0, 0.78 * h, 0.34 * h), tsn_vec3 (0, 0.80 * h, -0.36 * h),
                    0.25 * h, 0.20 * h);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.86 * h, 0.42 * h), tsn_vec3 (0, 1.15 * h, 0.64 * h),
                    0.19 * h, 0.13 * h);
  tsn_builder_limb (builder, tsn_vec3 (0, 0.90 * h, -0.52 * h),
                    tsn_vec3 (0.08 * h, 1.22 * h, -0.82 * h), 0.06 * h, 0.03 * h);
  add_dog_legs (builder, h);
  add_dog_head (builder, h, fur);
  tsn_builder_end (builder);
}
