/* Event files, read back byte by byte. */
#include "core/training/tsn-event-file.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_crc (void)
{
  guint8 zeros[32] = { 0 };

  /* Check values of the algorithm and of RFC 3720. */
  g_assert_cmphex (tsn_crc32c ((const guint8 *) "123456789", 9), ==, 0xe3069283);
  g_assert_cmphex (tsn_crc32c (zeros, sizeof zeros), ==, 0x8a9136aa);
  g_assert_cmphex (tsn_crc32c (zeros, 0), ==, 0);
}

static guint64
little_endian (const guint8 *bytes, guint n)
{
  guint64 value = 0;

  for (guint i = n; i-- > 0;)
    value = value << 8 | bytes[i];
  return value;
}

static guint32
unmask (guint32 masked)
{
  guint32 rotated = masked - 0xa282ead8u;

  return rotated >> 17 | rotated << 15;
}

/* Steps over one record, checking its sums; @data is the event. */
static const guint8 *
read_record (const guint8 *at, const guint8 *end, const guint8 **data, size_t *n)
{
  g_assert_cmpuint (end - at, >=, 16);
  *n = little_endian (at, 8);
  g_assert_cmphex (unmask (little_endian (at + 8, 4)), ==, tsn_crc32c (at, 8));
  *data = at + 12;
  g_assert_cmpuint (end - *data, >=, *n + 4);
  g_assert_cmphex (unmask (little_endian (*data + *n, 4)), ==, tsn_crc32c (*data, *n));
  return *data + *n + 4;
}

static void
test_scalars (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tsn-events-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "events.out.tfevents.0000000000.tsn", NULL);
  g_autoptr (TsnEventFile) file = tsn_event_file_new (folder, 300, &error);
  g_autofree char *content = NULL;
  const guint8 *at, *end, *data;
  size_t length, n;
  /* step 300; summary { value { tag "loss/edge", simple_value 0.5 } } */
  const guint8 expected[] = { 0x10, 0xac, 0x02, 0x2a, 0x12, 0x0a, 0x10, 0x0a, 0x09, 'l', 'o', 's',
                              's',  '/',  'e',  'd',  'g',  'e',  0x15, 0,    0,    0,   0x3f };

  g_assert_no_error (error);
  g_assert_true (tsn_event_file_add (file, 300, "loss/edge", 0.5, &error));
  g_assert_true (tsn_event_file_flush (file, &error));
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  at = (const guint8 *) content;
  end = at + length;
  at = read_record (at, end, &data, &n);
  g_assert_cmpmem (data + 11, n - 11,
                   "\x1a\x0d"
                   "brain.Event:2",
                   15);
  at = read_record (at, end, &data, &n);
  g_assert_cmpmem (data + 9, n - 9, "\x10\xac\x02\x3a\x02\x08\x01", 7);
  at = read_record (at, end, &data, &n);
  g_assert_cmphex (data[0], ==, 0x09);
  g_assert_cmpmem (data + 9, n - 9, expected, sizeof expected);
  g_assert_true (at == end);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_sessions_have_files_of_their_own (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tsn-events-XXXXXX", NULL);
  g_autoptr (TsnEventFile) a = tsn_event_file_new (folder, 0, NULL);
  g_autoptr (TsnEventFile) b = tsn_event_file_new (folder, 5, NULL);
  g_autofree char *first = g_build_filename (folder, "events.out.tfevents.0000000000.tsn", NULL);
  g_autofree char *second = g_build_filename (folder, "events.out.tfevents.0000000001.tsn", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (a != NULL && b != NULL);
  g_assert_cmpint (g_unlink (first), ==, 0);
  g_assert_cmpint (g_unlink (second), ==, 0);
  g_rmdir (folder);
  g_assert_null (tsn_event_file_new (folder, 0, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/event-file/crc", test_crc);
  g_test_add_func ("/training/event-file/scalars", test_scalars);
  g_test_add_func ("/training/event-file/sessions-have-files-of-their-own",
                   test_sessions_have_files_of_their_own);
  return g_test_run ();
}
