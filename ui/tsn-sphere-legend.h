/* The legend of surface normals: a sphere in the colours of its directions. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_SPHERE_LEGEND (tsn_sphere_legend_get_type ())
G_DECLARE_FINAL_TYPE (TsnSphereLegend, tsn_sphere_legend, TSN, SPHERE_LEGEND, GtkBox)

G_END_DECLS
