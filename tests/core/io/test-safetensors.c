#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"
#include "core/io/tsn-half.h"
#include "core/io/tsn-safetensors.h"
#include "tests/core/io/io-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A tensor: two dimensions of six numbers of one byte. */
#define A "\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[0,6]}"

typedef struct
{
  const char *name;
  const char *header;
  size_t data_bytes;
  const char *message;
} BadHeader;

static const BadHeader bad_headers[] = {
  { "no-json", "no json at all", 0, "begins with neither" },
  { "empty", "", 0, "is not complete JSON" },
  { "cut-json", "{" A, 6, "is not complete JSON" },
  { "broken-json", "{\"a\" 1}", 0, "is not valid JSON" },
  { "comment", "{/* \" */" A "}", 6, "character that JSON does not know" },
  { "two-values", "{" A "}{}", 6, "goes on after its end" },
  { "not-utf8", "{\"\xff\":1}", 0, "is not UTF-8" },
  { "array", "[1,2]", 0, "not a JSON object" },
  { "entry-not-object", "{\"a\":[1]}", 0, "'a' is not an object" },
  { "duplicate", "{" A "," A "}", 6, "two members 'a'" },
  { "no-dtype", "{\"a\":{\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "'a' has no dtype" },
  { "dtype-number", "{\"a\":{\"dtype\":4,\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "no dtype" },
  { "no-shape", "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,2]}}", 2, "'a' has no shape" },
  { "negative", "{\"a\":{\"dtype\":\"U8\",\"shape\":[-2],\"data_offsets\":[0,2]}}", 2,
    "dimension 0 of tensor 'a'" },
  { "fraction", "{\"a\":{\"dtype\":\"U8\",\"shape\":[2.0],\"data_offsets\":[0,2]}}", 2,
    "dimension 0 of tensor 'a'" },
  { "overflow",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 0,
    "shape of tensor 'a' overflows" },
  { "byte-overflow",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}", 0,
    "shape of tensor 'a' overflows" },
  { "huge-number",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[99999999999999999999],"
    "\"data_offsets\":[0,2]}}",
    2, "tensor 'a'" },
  { "no-offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[2]}}", 2, "no pair of data_offsets" },
  { "one-offset", "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0]}}", 2,
    "no pair of data_offsets" },
  { "backwards", "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,0]}}", 2,
    "before it begins" },
  { "outside", "{" A "}", 5, "ends at byte 6 of the data, which are only 5 bytes" },
  { "far-outside",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],"
    "\"data_offsets\":[9223372036854775806,9223372036854775807]}}",
    5, "only 5 bytes" },
  { "wrong-bytes", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,6]}}", 6,
    "takes 24 bytes, but its data_offsets span 6" },
  { "overlap", "{" A ",\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[5,7]}}", 7,
    "'a' and 'b' overlap" },
  { "hole", "{" A ",\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[8,10]}}", 10,
    "2 bytes before tensor 'b'" },
  { "left-over", "{" A "}", 9, "last 3 bytes belong to no tensor" },
  { "metadata-number", "{\"__metadata__\":{\"size\":4}," A "}", 6, "'size' is not a string" },
  { "metadata-array", "{\"__metadata__\":[]," A "}", 6, "__metadata__ is not an object" },
  { "nested", "{\"a\":[[[1]]]}", 0, "nested too deeply" },
};

static void
test_bad_header (IoFixture *fixture, gconstpointer data)
{
  const BadHeader *bad = data;
  g_autoptr (GByteArray) bytes = io_safetensors (bad->header, bad->data_bytes);
  g_autofree char *path = io_write (fixture, "bad.safetensors", bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_safetensors_open (path, &error));
  io_assert_error (&error, TSN_ERROR_FORMAT, path, bad->message);
}

static void
test_deep_nesting (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (4000000, '[');
  g_autoptr (GByteArray) bytes = io_safetensors (deep, 0);
  g_autofree char *path = io_write (fixture, "deep.safetensors", bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_safetensors_open (path, &error));
  io_assert_error (&error, TSN_ERROR_FORMAT, path, "nested too deeply");
}

/* The first eight bytes lie about the header's length. */
static void
test_lying_length (IoFixture *fixture, gconstpointer data)
{
  static const guint64 lengths[] = { 1000000000000000000u, G_MAXUINT64, 200000000, 100 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) bytes = io_safetensors ("{}", 0);
      guint64 length = GUINT64_TO_LE (lengths[i]);
      g_autofree char *path = NULL;

      memcpy (bytes->data, &length, sizeof length);
      path = io_write (fixture, "liar.safetensors", bytes->data, bytes->len);
      g_assert_null (tsn_safetensors_open (path, &error));
      io_assert_error (&error, TSN_ERROR_FORMAT, path, "claims a header of");
    }
}

static void
test_short_files (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = io_safetensors ("{" A "}", 6);
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < bytes->len; n++)
    {
      g_autofree char *path = io_write (fixture, "cut.safetensors", bytes->data, n);

      g_assert_null (tsn_safetensors_open (path, &error));
      io_assert_error (&error, TSN_ERROR_FORMAT, path, n == 0 ? "is empty" : "safetensors file");
    }
}

static void
test_no_file (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "missing.safetensors");
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_safetensors_open (path, &error));
  io_assert_error (&error, TSN_ERROR_IO, path, "No such file");
  g_assert_null (tsn_safetensors_open (fixture->folder, &error));
  io_assert_error (&error, TSN_ERROR_IO, fixture->folder, "is a folder");
  g_assert_null (tsn_safetensors_open ("/dev/null", &error));
  io_assert_error (&error, TSN_ERROR_IO, "/dev/null", "not a regular file");
}

static void
test_read_types (IoFixture *fixture, gconstpointer data)
{
  static const char header[] =
      "{\"f64\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
      "\"i64\":{\"dtype\":\"I64\",\"shape\":[1,1],\"data_offsets\":[16,24]},"
      "\"i32\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[24,28]},"
      "\"u8\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[28,31]},"
      "\"none\":{\"dtype\":\"F32\",\"shape\":[3,0],\"data_offsets\":[31,31]}}";
  g_autoptr (GByteArray) bytes = io_safetensors (header, 31);
  const double f64[] = { -0.5, 1e10 };
  const gint64 i64 = -7;
  const gint32 i32 = -100000;
  guint8 *at = bytes->data + bytes->len - 31;
  g_autoptr (TsnSafetensors) file = NULL;
  g_autoptr (TsnTensor) a = NULL, b = NULL, c = NULL, d = NULL, e = NULL;
  g_autoptr (GBytes) all = NULL;

  memcpy (at, f64, 16);
  memcpy (at + 16, &i64, 8);
  memcpy (at + 24, &i32, 4);
  all = g_bytes_new (bytes->data, bytes->len);
  file = tsn_safetensors_new_from_bytes (all, "types", NULL);
  g_assert_nonnull (file);
  a = tsn_safetensors_read (file, "f64", NULL);
  b = tsn_safetensors_read (file, "i64", NULL);
  c = tsn_safetensors_read (file, "i32", NULL);
  d = tsn_safetensors_read (file, "u8", NULL);
  e = tsn_safetensors_read (file, "none", NULL);
  g_assert_cmpfloat (a->data[0], ==, -0.5f);
  g_assert_cmpfloat (a->data[1], ==, 1e10f);
  g_assert_cmpfloat (b->data[0], ==, -7);
  g_assert_true (tsn_tensor_has_shape (b, 2, (const size_t[]){ 1, 1 }));
  g_assert_cmpfloat (c->data[0], ==, -100000);
  g_assert_cmpuint (c->rank, ==, 0);
  g_assert_cmpfloat (d->data[2], ==, 30);
  g_assert_cmpuint (tsn_tensor_length (e), ==, 0);
}

/* What cannot be read as numbers may be in a file as long as nobody asks for it. */
static void
test_unreadable (IoFixture *fixture, gconstpointer data)
{
  static const char header[] =
      "{\"deep\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,2],\"data_offsets\":[0,2]},"
      "\"odd\":{\"dtype\":\"F9\",\"shape\":[1],\"data_offsets\":[2,3]},"
      "\"bool\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[3,4]},"
      "\"huge\":{\"dtype\":\"U8\",\"shape\":[0,4611686018427387904],\"data_offsets\":[4,4]},"
      "\"fine\":{\"dtype\":\"U8\",\"shape\":[1,2],\"data_offsets\":[4,6]}}";
  g_autoptr (GByteArray) bytes = io_safetensors (header, 6);
  g_autofree char *path = io_write (fixture, "odd.safetensors", bytes->data, bytes->len);
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, NULL);
  g_autoptr (TsnTensor) small = tsn_tensor_new_vector (2), fine = NULL, huge = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (file);
  g_assert_null (tsn_safetensors_read (file, "deep", &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "'deep'");
  g_assert_null (tsn_safetensors_read (file, "odd", &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "F9");
  g_assert_null (tsn_safetensors_read (file, "bool", &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "BOOL");
  g_assert_null (tsn_safetensors_read (file, "gone", &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "no tensor 'gone'");
  g_assert_false (tsn_safetensors_read_into (file, "fine", small, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "'fine'");
  huge = tsn_safetensors_read (file, "huge", &error);
  g_assert_no_error (error);
  fine = tsn_safetensors_read (file, "fine", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (fine->data[1], ==, 5);
  g_assert_true (tsn_safetensors_check (file, "fine", 2, (const size_t[]){ 1, 2 }, &error));
  g_assert_false (tsn_safetensors_check (file, "fine", 2, (const size_t[]){ 2, 1 }, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "should be 2 x 1, but is 1 x 2");
}

static TsnTensor *
random_tensor (TsnRandom *random, size_t n, size_t c)
{
  TsnTensor *tensor = tsn_tensor_new_nchw (n, c, 3, 1);

  for (size_t i = 0; i < tsn_tensor_length (tensor); i++)
    tensor->data[i] = tsn_random_normal (random);
  return tensor;
}

static float
rounded (float value, TsnDtype dtype)
{
  if (dtype == TSN_DTYPE_F16)
    return tsn_half_to_float (tsn_half_from_float (value));
  if (dtype == TSN_DTYPE_BF16)
    return tsn_bfloat_to_float (tsn_bfloat_from_float (value));
  return value;
}

/* An odd number of halves comes first, so that a careless writer would misalign the rest. */
static void
test_round_trip (IoFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "half", "brain \"quoted\"", "full", "more/\xc3\xa4" };
  static const TsnDtype dtypes[] = { TSN_DTYPE_F16, TSN_DTYPE_BF16, TSN_DTYPE_F32, TSN_DTYPE_F32 };
  g_autoptr (TsnSafetensorsWriter) writer = tsn_safetensors_writer_new ();
  g_autoptr (TsnSafetensors) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = io_path (fixture, "round.safetensors");
  TsnTensor *tensors[4];
  TsnRandom random;

  tsn_random_init (&random, 1);
  tsn_safetensors_writer_set_metadata (writer, "key", "a \"value\"\n\xe2\x82\xac");
  for (int i = 0; i < 4; i++)
    {
      tensors[i] = random_tensor (&random, 1 + 600 * i, 5);
      tsn_safetensors_writer_add (writer, names[i], tensors[i], dtypes[i]);
    }
  tsn_safetensors_writer_save (writer, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (io_count_files (fixture), ==, 1);

  file = tsn_safetensors_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tsn_safetensors_get_path (file), ==, path);
  g_assert_cmpstr (tsn_safetensors_get_metadata (file, "key"), ==, "a \"value\"\n\xe2\x82\xac");
  g_assert_null (tsn_safetensors_get_metadata (file, "other"));
  g_assert_cmpuint (tsn_safetensors_get_n_tensors (file), ==, 4);
  g_assert_cmpstr (tsn_safetensors_get_name (file, 0), ==, "full");
  g_assert_cmpstr (tsn_safetensors_get_name (file, 1), ==, "more/\xc3\xa4");
  g_assert_cmpstr (tsn_safetensors_get_name (file, 2), ==, "half");
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (TsnTensor) back = tsn_safetensors_read (file, names[i], &error);

      g_assert_no_error (error);
      g_assert_true (tsn_tensor_has_shape (back, 4, tensors[i]->dim));
      for (size_t j = 0; j < tsn_tensor_length (back); j++)
        g_assert_cmpfloat (back->data[j], ==, rounded (tensors[i]->data[j], dtypes[i]));
      tsn_tensor_unref (tensors[i]);
    }
}

static void
test_reproducible (IoFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a", "b" };
  g_autofree char *contents = NULL;
  size_t length = 0;
  guint64 header;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (TsnSafetensorsWriter) writer = tsn_safetensors_writer_new ();
      g_autoptr (TsnTensor) tensor = tsn_tensor_new_vector (7);
      g_autofree char *path = io_path (fixture, names[i]);
      g_autofree char *before = g_steal_pointer (&contents);
      size_t length_before = length;

      tsn_safetensors_writer_set_metadata (writer, "one", "1");
      tsn_safetensors_writer_set_metadata (writer, "two", "2");
      tsn_safetensors_writer_add (writer, "z", tensor, TSN_DTYPE_F16);
      tsn_safetensors_writer_add (writer, "a", tensor, TSN_DTYPE_F16);
      g_assert_true (tsn_safetensors_writer_save (writer, path, NULL));
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      if (i > 0)
        g_assert_cmpmem (contents, length, before, length_before);
    }
  memcpy (&header, contents, sizeof header);
  g_assert_cmpuint (GUINT64_FROM_LE (header) % 8, ==, 0);
  g_assert_true (strstr (contents + 8, "\"z\"") < strstr (contents + 8, "\"a\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad_headers); i++)
    {
      g_autofree char *name =
          g_strconcat ("/io/safetensors/bad-header/", bad_headers[i].name, NULL);

      io_fixture_add (name, test_bad_header, &bad_headers[i]);
    }
  io_fixture_add ("/io/safetensors/deep-nesting", test_deep_nesting, NULL);
  io_fixture_add ("/io/safetensors/lying-length", test_lying_length, NULL);
  io_fixture_add ("/io/safetensors/short-files", test_short_files, NULL);
  io_fixture_add ("/io/safetensors/no-file", test_no_file, NULL);
  io_fixture_add ("/io/safetensors/read-types", test_read_types, NULL);
  io_fixture_add ("/io/safetensors/unreadable", test_unreadable, NULL);
  io_fixture_add ("/io/safetensors/round-trip", test_round_trip, NULL);
  io_fixture_add ("/io/safetensors/reproducible", test_reproducible, NULL);
  return g_test_run ();
}
