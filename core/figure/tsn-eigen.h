/* Eigenvalues and eigenvectors of symmetric matrices. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tsn_symmetric_eigen (double *matrix, guint n, double *values, double *vectors);

G_END_DECLS
