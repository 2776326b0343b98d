#include "core/figure/tsn-record.h"

#include <string.h>

static void
init_field (const TsnField *field, gpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_SWITCH:
    case TSN_FIELD_COUNT:
    case TSN_FIELD_WORD:
      *(guint *) at = field->initial;
      break;
    case TSN_FIELD_NUMBER:
      *(double *) at = field->initial;
      break;
    case TSN_FIELD_RECORD:
      tsn_record_init (field->record, at);
      break;
    case TSN_FIELD_LIST:
      *(GPtrArray **) at = g_ptr_array_new_with_free_func (field->record->free_item);
      break;
    case TSN_FIELD_TEXT:
    case TSN_FIELD_PATH:
    case TSN_FIELD_ITEM:
    case TSN_FIELD_HASH:
    case TSN_FIELD_TEXTS:
    default:
      *(gpointer *) at = NULL;
      break;
    }
}

/**
 * tsn_record_init:
 * @data: (out): a structure whose content does not count
 */
void
tsn_record_init (const TsnRecord *record, gpointer data)
{
  memset (data, 0, record->size);
  for (guint i = 0; i < record->n_fields; i++)
    init_field (&record->fields[i], (char *) data + record->fields[i].offset);
}

/**
 * tsn_record_add_item:
 * @record: of the items
 *
 * Returns: (transfer none): a new item at the end of a list.
 */
gpointer
tsn_record_add_item (const TsnRecord *record, GPtrArray *list)
{
  gpointer item = g_malloc (record->size);

  tsn_record_init (record, item);
  g_ptr_array_add (list, item);
  return item;
}

static GPtrArray *
copy_list (const TsnRecord *record, const GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (record->free_item);

  for (guint i = 0; i < list->len; i++)
    {
      gpointer item = g_malloc (record->size);

      tsn_record_copy (record, g_ptr_array_index (list, i), item);
      g_ptr_array_add (copy, item);
    }
  return copy;
}

static void
copy_field (const TsnField *field, gconstpointer from, gpointer to)
{
  switch (field->type)
    {
    case TSN_FIELD_TEXT:
    case TSN_FIELD_PATH:
    case TSN_FIELD_ITEM:
    case TSN_FIELD_HASH:
      *(char **) to = g_strdup (*(char *const *) from);
      break;
    case TSN_FIELD_TEXTS:
      *(char ***) to = g_strdupv (*(char **const *) from);
      break;
    case TSN_FIELD_RECORD:
      tsn_record_copy (field->record, from, to);
      break;
    case TSN_FIELD_LIST:
      *(GPtrArray **) to = copy_list (field->record, *(GPtrArray *const *) from);
      break;
    case TSN_FIELD_NUMBER:
      *(double *) to = *(const double *) from;
      break;
    case TSN_FIELD_SWITCH:
    case TSN_FIELD_COUNT:
    case TSN_FIELD_WORD:
    default:
      *(guint *) to = *(const guint *) from;
      break;
    }
}

/**
 * tsn_record_copy:
 * @copy: (out): a structure whose content does not count
 */
void
tsn_record_copy (const TsnRecord *record, gconstpointer data, gpointer copy)
{
  memset (copy, 0, record->size);
  for (guint i = 0; i < record->n_fields; i++)
    {
      size_t offset = record->fields[i].offset;

      copy_field (&record->fields[i], (const char *) data + offset, (char *) copy + offset);
    }
}

static void
clear_field (const TsnField *field, gpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_TEXT:
    case TSN_FIELD_PATH:
    case TSN_FIELD_ITEM:
    case TSN_FIELD_HASH:
      g_clear_pointer ((char **) at, g_free);
      break;
    case TSN_FIELD_TEXTS:
      g_clear_pointer ((char ***) at, g_strfreev);
      break;
    case TSN_FIELD_RECORD:
      tsn_record_clear (field->record, at);
      break;
    case TSN_FIELD_LIST:
      g_clear_pointer ((GPtrArray **) at, g_ptr_array_unref);
      break;
    case TSN_FIELD_SWITCH:
    case TSN_FIELD_NUMBER:
    case TSN_FIELD_COUNT:
    case TSN_FIELD_WORD:
    default:
      break;
    }
}

/**
 * tsn_record_clear:
 *
 * Frees what belongs to a structure, not the structure itself.
 */
void
tsn_record_clear (const TsnRecord *record, gpointer data)
{
  for (guint i = 0; i < record->n_fields; i++)
    clear_field (&record->fields[i], (char *) data + record->fields[i].offset);
}

static gboolean
equal_lists (const TsnRecord *record, const GPtrArray *list, const GPtrArray *other)
{
  if (list->len != other->len)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!tsn_record_equal (record, g_ptr_array_index (list, i), g_ptr_array_index (other, i)))
      return FALSE;
  return TRUE;
}

static gboolean
equal_texts (const char *const *texts, const char *const *others)
{
  if (texts == NULL || others == NULL)
    return texts == others;
  return g_strv_equal (texts, others);
}

static gboolean
equal_field (const TsnField *field, gconstpointer a, gconstpointer b)
{
  switch (field->type)
    {
    case TSN_FIELD_TEXT:
    case TSN_FIELD_PATH:
    case TSN_FIELD_ITEM:
    case TSN_FIELD_HASH:
      return g_strcmp0 (*(char *const *) a, *(char *const *) b) == 0;
    case TSN_FIELD_TEXTS:
      return equal_texts (*(const char *const *const *) a, *(const char *const *const *) b);
    case TSN_FIELD_RECORD:
      return tsn_record_equal (field->record, a, b);
    case TSN_FIELD_LIST:
      return equal_lists (field->record, *(GPtrArray *const *) a, *(GPtrArray *const *) b);
    case TSN_FIELD_NUMBER:
      return *(const double *) a == *(const double *) b;
    case TSN_FIELD_SWITCH:
      return !*(const gboolean *) a == !*(const gboolean *) b;
    case TSN_FIELD_COUNT:
    case TSN_FIELD_WORD:
    default:
      return *(const guint *) a == *(const guint *) b;
    }
}

gboolean
tsn_record_equal (const TsnRecord *record, gconstpointer data, gconstpointer other)
{
  for (guint i = 0; i < record->n_fields; i++)
    {
      size_t offset = record->fields[i].offset;

      if (!equal_field (&record->fields[i], (const char *) data + offset,
                        (const char *) other + offset))
        return FALSE;
    }
  return TRUE;
}
