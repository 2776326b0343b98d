/* What the tests of core/io share: a scratch folder, crafted files, checks of errors. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * IoFixture:
 * @folder: an empty folder, removed with its files afterwards
 */
typedef struct
{
  char *folder;
} IoFixture;

void io_fixture_set_up (IoFixture *fixture, gconstpointer data);
void io_fixture_tear_down (IoFixture *fixture, gconstpointer data);
void
io_fixture_add (const char *name, void (*test) (IoFixture *, gconstpointer), gconstpointer data);

char *io_path (IoFixture *fixture, const char *name);
char *io_write (IoFixture *fixture, const char *name, const void *bytes, size_t n);
guint io_count_files (IoFixture *fixture);

GByteArray *io_safetensors (const char *header, size_t data_bytes);
void io_assert_error (GError **error, int code, const char *name, const char *part);

G_END_DECLS
