/* A folder to work in, a tiny model, and the built `tsn` to run there. */
#pragma once

#include <gio/gio.h>

#include "core/figure/tsn-study.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * CliFixture:
 * @folder: a temporary folder, removed with all its files at the end
 * @model: a file of a six-task network with random weights
 * @status: exit status of the last run
 * @out: what it printed on standard output
 * @err: what it printed on standard error
 */
typedef struct
{
  char *folder;
  char *model;
  int status;
  char *out;
  char *err;
} CliFixture;

#define CLI_MODEL_SIZE 64

void cli_fixture_set_up (CliFixture *fixture, gconstpointer unused);
void cli_fixture_tear_down (CliFixture *fixture, gconstpointer unused);

void cli_fixture_write_model (const char *path, guint size);

char *cli_fixture_path (CliFixture *fixture, const char *name);
void cli_fixture_write (CliFixture *fixture, const char *name, const void *bytes, size_t n);
void cli_fixture_write_photo (CliFixture *fixture, const char *name, int width, int height);
GBytes *cli_fixture_read (CliFixture *fixture, const char *name);
void cli_fixture_read_study (CliFixture *fixture, const char *name, TsnStudy *study);
guint cli_fixture_count_files (CliFixture *fixture, const char *folder);

void cli_fixture_run (CliFixture *fixture, ...) G_GNUC_NULL_TERMINATED;
GSubprocess *cli_fixture_start_many (CliFixture *fixture,
                                     const char *const *args,
                                     const char *photo,
                                     guint n);
void cli_fixture_assert_same (CliFixture *fixture, const char *a, const char *b);
void cli_fixture_assert_written (CliFixture *fixture, const char *name);
void cli_fixture_assert_fails (CliFixture *fixture, int status, const char *named);

G_END_DECLS
