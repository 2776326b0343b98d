#include "tests/core/io/onnx-reader.h"

#include <string.h>

/* A message, or what is left of it. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Span;

typedef struct
{
  guint number;
  guint wire;
  guint64 integer;
  float real;
  Span bytes;
} Field;

static guint64
read_varint (Span *span)
{
  guint64 value = 0;

  for (guint shift = 0;; shift += 7)
    {
      g_assert_true (span->at < span->end && shift < 64);
      value |= (guint64) (*span->at & 0x7f) << shift;
      if ((*span->at++ & 0x80) == 0)
        return value;
    }
}

/* Reads the next field; returns FALSE at the end of the message. */
static gboolean
read_field (Span *span, Field *field)
{
  guint64 tag;

  if (span->at == span->end)
    return FALSE;
  tag = read_varint (span);
  *field = (Field){ .number = tag >> 3, .wire = tag & 7 };
  switch (field->wire)
    {
    case 0:
      field->integer = read_varint (span);
      break;
    case 2:
      field->integer = read_varint (span);
      g_assert_cmpuint (field->integer, <=, span->end - span->at);
      field->bytes = (Span){ span->at, span->at + field->integer };
      span->at = field->bytes.end;
      break;
    case 5:
      g_assert_cmpuint (span->end - span->at, >=, 4);
      memcpy (&field->real, span->at, 4);
      span->at += 4;
      break;
    default:
      g_error ("field %u has wire type %u", field->number, field->wire);
    }
  return TRUE;
}

static char *
text_of (const Field *field)
{
  size_t length = field->bytes.end - field->bytes.at;

  g_assert_cmpuint (field->wire, ==, 2);
  g_assert_true (g_utf8_validate ((const char *) field->bytes.at, length, NULL));
  return g_strndup ((const char *) field->bytes.at, length);
}

static void
set_text (char **text, const Field *field)
{
  g_assert_null (*text);
  *text = text_of (field);
}

static void
value_free (OnnxValue *value)
{
  g_free (value->name);
  for (guint i = 0; i < ONNX_MAX_RANK; i++)
    g_free (value->symbol[i]);
  g_free (value);
}

static void
attribute_free (OnnxAttribute *attribute)
{
  g_free (attribute->name);
  g_free (attribute->text);
  g_array_unref (attribute->integers);
  g_free (attribute);
}

static void
node_free (OnnxNode *node)
{
  g_free (node->op);
  g_free (node->name);
  g_ptr_array_unref (node->inputs);
  g_ptr_array_unref (node->outputs);
  g_ptr_array_unref (node->attributes);
  g_free (node);
}

static OnnxValue *
read_tensor (Span span)
{
  OnnxValue *tensor = g_new0 (OnnxValue, 1);
  Field field;

  while (read_field (&span, &field))
    if (field.number == 1)
      {
        g_assert_cmpuint (tensor->rank, <, ONNX_MAX_RANK);
        tensor->dim[tensor->rank++] = field.integer;
      }
    else if (field.number == 2)
      tensor->type = field.integer;
    else if (field.number == 8)
      set_text (&tensor->name, &field);
    else if (field.number == 9)
      {
        tensor->bytes = field.bytes.at;
        tensor->n_bytes = field.bytes.end - field.bytes.at;
      }
    else
      g_error ("a tensor has field %u", field.number);
  return tensor;
}

static void
read_shape (OnnxValue *value, Span span)
{
  Field dim, field;

  for (; read_field (&span, &dim); value->rank++)
    {
      g_assert_cmpuint (dim.number, ==, 1);
      g_assert_cmpuint (value->rank, <, ONNX_MAX_RANK);
      while (read_field (&dim.bytes, &field))
        if (field.number == 1)
          value->dim[value->rank] = field.integer;
        else
          set_text (&value->symbol[value->rank], &field);
    }
}

/* A type, which must be that of a tensor. */
static void
read_type (OnnxValue *value, Span span)
{
  Field tensor, field;

  g_assert_true (read_field (&span, &tensor));
  g_assert_cmpuint (tensor.number, ==, 1);
  while (read_field (&tensor.bytes, &field))
    if (field.number == 1)
      value->type = field.integer;
    else
      read_shape (value, field.bytes);
  g_assert_true (span.at == span.end);
}

static OnnxValue *
read_value (Span span)
{
  OnnxValue *value = g_new0 (OnnxValue, 1);
  Field field;

  while (read_field (&span, &field))
    if (field.number == 1)
      set_text (&value->name, &field);
    else if (field.number == 2)
      read_type (value, field.bytes);
    else
      g_assert_cmpuint (field.number, ==, 3);
  return value;
}

static OnnxAttribute *
read_attribute (Span span)
{
  OnnxAttribute *attribute = g_new0 (OnnxAttribute, 1);
  Field field;

  attribute->integers = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (read_field (&span, &field))
    if (field.number == 1)
      set_text (&attribute->name, &field);
    else if (field.number == 2)
      attribute->real = field.real;
    else if (field.number == 3)
      attribute->integer = field.integer;
    else if (field.number == 4)
      set_text (&attribute->text, &field);
    else if (field.number == 8)
      {
        gint64 integer = field.integer;

        g_array_append_val (attribute->integers, integer);
      }
    else if (field.number == 20)
      attribute->type = field.integer;
    else
      g_error ("an attribute has field %u", field.number);
  return attribute;
}

static OnnxNode *
read_node (Span span)
{
  OnnxNode *node = g_new0 (OnnxNode, 1);
  Field field;

  node->inputs = g_ptr_array_new_with_free_func (g_free);
  node->outputs = g_ptr_array_new_with_free_func (g_free);
  node->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) attribute_free);
  while (read_field (&span, &field))
    if (field.number == 1)
      g_ptr_array_add (node->inputs, text_of (&field));
    else if (field.number == 2)
      g_ptr_array_add (node->outputs, text_of (&field));
    else if (field.number == 3)
      set_text (&node->name, &field);
    else if (field.number == 4)
      set_text (&node->op, &field);
    else if (field.number == 5)
      g_ptr_array_add (node->attributes, read_attribute (field.bytes));
    else
      g_error ("a node has field %u", field.number);
  return node;
}

static void
read_graph (OnnxFile *file, Span span)
{
  Field field;

  while (read_field (&span, &field))
    if (field.number == 1)
      g_ptr_array_add (file->nodes, read_node (field.bytes));
    else if (field.number == 5)
      g_ptr_array_add (file->initialisers, read_tensor (field.bytes));
    else if (field.number == 11)
      g_ptr_array_add (file->inputs, read_value (field.bytes));
    else if (field.number == 12)
      g_ptr_array_add (file->outputs, read_value (field.bytes));
    else
      g_assert_cmpuint (field.number, ==, 2);
}

static void
read_entry (OnnxFile *file, Span span)
{
  char *key = NULL, *value = NULL;
  Field field;

  while (read_field (&span, &field))
    set_text (field.number == 1 ? &key : &value, &field);
  g_assert_nonnull (key);
  g_assert_nonnull (value);
  g_assert_true (g_hash_table_insert (file->metadata, key, value));
}

static void
read_opset (OnnxFile *file, Span span)
{
  Field field;

  while (read_field (&span, &field))
    if (field.number == 2)
      file->opset = field.integer;
}

static void
read_model (OnnxFile *file, Span span)
{
  Field field;

  while (read_field (&span, &field))
    if (field.number == 1)
      file->ir_version = field.integer;
    else if (field.number == 6)
      set_text (&file->doc, &field);
    else if (field.number == 7)
      read_graph (file, field.bytes);
    else if (field.number == 8)
      read_opset (file, field.bytes);
    else if (field.number == 14)
      read_entry (file, field.bytes);
    else
      g_assert_cmpuint (field.number, ==, 2);
}

OnnxFile *
onnx_file_read (const char *path)
{
  OnnxFile *file = g_new0 (OnnxFile, 1);
  g_autoptr (GError) error = NULL;
  Span span;
  size_t n;

  g_file_get_contents (path, &file->contents, &n, &error);
  g_assert_no_error (error);
  file->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  file->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  file->initialisers = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);
  file->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);
  file->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);
  span.at = (const guint8 *) file->contents;
  span.end = span.at + n;
  read_model (file, span);
  return file;
}

void
onnx_file_free (OnnxFile *file)
{
  g_free (file->contents);
  g_free (file->doc);
  g_hash_table_unref (file->metadata);
  g_ptr_array_unref (file->nodes);
  g_ptr_array_unref (file->initialisers);
  g_ptr_array_unref (file->inputs);
  g_ptr_array_unref (file->outputs);
  g_free (file);
}

/* Returns: the value of that name, or NULL. */
OnnxValue *
onnx_find_value (GPtrArray *values, const char *name)
{
  for (guint i = 0; i < values->len; i++)
    {
      OnnxValue *value = g_ptr_array_index (values, i);

      if (g_str_equal (value->name, name))
        return value;
    }
  return NULL;
}

/* Returns: the attribute, which must be there. */
const OnnxAttribute *
onnx_node_attribute (const OnnxNode *node, const char *name)
{
  for (guint i = 0; i < node->attributes->len; i++)
    {
      const OnnxAttribute *attribute = g_ptr_array_index (node->attributes, i);

      if (g_str_equal (attribute->name, name))
        return attribute;
    }
  g_error ("%s '%s' has no attribute '%s'", node->op, node->name, name);
}

guint
onnx_count_ops (const OnnxFile *file, const char *op)
{
  guint n = 0;

  for (guint i = 0; i < file->nodes->len; i++)
    n += g_str_equal (((OnnxNode *) g_ptr_array_index (file->nodes, i))->op, op);
  return n;
}
