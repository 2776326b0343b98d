/* Structures described by tables, so that they are copied, compared, written and read by one piece
 * of code; private to core/figure. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TsnFieldType:
 * @TSN_FIELD_SWITCH: a gboolean
 * @TSN_FIELD_NUMBER: a double from low to high
 * @TSN_FIELD_COUNT: a guint from low to high
 * @TSN_FIELD_WORD: an enumeration from 0 on, written as one of the words
 * @TSN_FIELD_TEXT: a string or %NULL, of at most high bytes
 * @TSN_FIELD_PATH: the absolute path of a file, or %NULL; written relative to a folder
 * @TSN_FIELD_ITEM: the path of a file within a folder, as seen from it, or %NULL; it leads nowhere
 *   else, symbolic links that lie in the folder excepted
 * @TSN_FIELD_HASH: 64 hexadecimal digits, or %NULL
 * @TSN_FIELD_TEXTS: a %NULL-terminated array of strings, or %NULL
 * @TSN_FIELD_RECORD: a structure within the structure
 * @TSN_FIELD_LIST: a #GPtrArray of at most high structures
 */
typedef enum
{
  TSN_FIELD_SWITCH,
  TSN_FIELD_NUMBER,
  TSN_FIELD_COUNT,
  TSN_FIELD_WORD,
  TSN_FIELD_TEXT,
  TSN_FIELD_PATH,
  TSN_FIELD_ITEM,
  TSN_FIELD_HASH,
  TSN_FIELD_TEXTS,
  TSN_FIELD_RECORD,
  TSN_FIELD_LIST,
} TsnFieldType;

typedef struct _TsnRecord TsnRecord;

/**
 * TsnField:
 * @name: in JSON
 * @type: what is at @offset
 * @low, @high: bounds
 * @initial: the value of a switch, number, count or word that nobody has set
 * @words: (array zero-terminated=1): for a word
 * @record: of a structure, or of the items of a list
 */
typedef struct
{
  const char *name;
  TsnFieldType type;
  size_t offset;
  double low;
  double high;
  double initial;
  const char *const *words;
  const TsnRecord *record;
} TsnField;

/**
 * TsnRecord:
 * @size: of the structure in bytes
 * @n_fields: how many
 * @fields: (array length=n_fields): in the order in which they are written
 * @free_item: for records that are items of lists
 */
struct _TsnRecord
{
  size_t size;
  guint n_fields;
  const TsnField *fields;
  GDestroyNotify free_item;
};

/** The most items of a list of texts, the most bytes of a path. */
#define TSN_RECORD_MAX_TEXTS 256
#define TSN_RECORD_MAX_PATH 4096

void tsn_record_init (const TsnRecord *record, gpointer data);
void tsn_record_copy (const TsnRecord *record, gconstpointer data, gpointer copy);
void tsn_record_clear (const TsnRecord *record, gpointer data);
gboolean tsn_record_equal (const TsnRecord *record, gconstpointer data, gconstpointer other);
gpointer tsn_record_add_item (const TsnRecord *record, GPtrArray *list);

gboolean tsn_record_write (
    const TsnRecord *record, gconstpointer data, const char *base, GString *text, GError **error);
gboolean tsn_record_read (
    const TsnRecord *record, gpointer data, JsonObject *object, const char *base, GError **error);

G_END_DECLS
