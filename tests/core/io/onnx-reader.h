/* Reads ONNX files for the tests: every byte is accounted for, and what is odd fails the test. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONNX_MAX_RANK 4

/* An initialiser, an input or an output.  Free dimensions are 0 and have a symbol. */
typedef struct
{
  char *name;
  int type;
  guint rank;
  size_t dim[ONNX_MAX_RANK];
  char *symbol[ONNX_MAX_RANK];
  const guint8 *bytes;
  size_t n_bytes;
} OnnxValue;

typedef struct
{
  char *name;
  int type;
  gint64 integer;
  float real;
  char *text;
  GArray *integers; /* of gint64 */
} OnnxAttribute;

typedef struct
{
  char *op;
  char *name;
  GPtrArray *inputs;  /* of char * */
  GPtrArray *outputs; /* of char * */
  GPtrArray *attributes;
} OnnxNode;

typedef struct
{
  char *contents;
  gint64 ir_version;
  gint64 opset;
  char *doc;
  GHashTable *metadata;
  GPtrArray *nodes;
  GPtrArray *initialisers;
  GPtrArray *inputs;
  GPtrArray *outputs;
} OnnxFile;

OnnxFile *onnx_file_read (const char *path);
void onnx_file_free (OnnxFile *file);
OnnxValue *onnx_find_value (GPtrArray *values, const char *name);
const OnnxAttribute *onnx_node_attribute (const OnnxNode *node, const char *name);
guint onnx_count_ops (const OnnxFile *file, const char *op);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OnnxFile, onnx_file_free)

G_END_DECLS
