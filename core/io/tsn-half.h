/* 16-bit floating point numbers, as files store them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

float tsn_half_to_float (guint16 half);
guint16 tsn_half_from_float (float value);
float tsn_bfloat_to_float (guint16 bfloat);
guint16 tsn_bfloat_from_float (float value);

void tsn_half_read (const guint8 *bytes, float *out, size_t n);
void tsn_half_write (const float *values, guint8 *out, size_t n);
void tsn_bfloat_read (const guint8 *bytes, float *out, size_t n);
void tsn_bfloat_write (const float *values, guint8 *out, size_t n);

/** The largest number that rounds to a finite IEEE half: just below 65520. */
#define TSN_HALF_MAX 65519.996f

G_END_DECLS
