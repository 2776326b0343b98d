/* libmatio, loaded when the first MATLAB file is read; private to the library. */
#pragma once

#include <glib.h>
#include <matio.h>

G_BEGIN_DECLS

/**
 * TsnMatio:
 *
 * The functions of libmatio in use.  It brings HDF5 and fifty other libraries along, and a program
 * that reads no MATLAB file should not wait for them to be loaded: nothing links to it, and its
 * functions are called through this table.
 */
typedef struct
{
  mat_t *(*open) (const char *path, int mode);
  int (*close) (mat_t *mat);
  matvar_t *(*read) (mat_t *mat, const char *name);
  matvar_t *(*read_next) (mat_t *mat);
  void (*free) (matvar_t *variable);
  matvar_t *(*get_cell) (matvar_t *variable, int index);
  matvar_t *(*get_field) (const matvar_t *variable, const char *name, size_t index);
  unsigned (*count_fields) (const matvar_t *variable);
  char *const *(*get_field_names) (const matvar_t *variable);
} TsnMatio;

const TsnMatio *tsn_matio_get (GError **error);

G_END_DECLS
