/* Short forms of the lines of a record's table; private to core/figure. */
#pragma once

#include "core/figure/tsn-record.h"

/* Names of tasks, classes, modules, nodes; labels; the most bytes of each. */
#define MAX_NAME 256
#define MAX_LABEL 1024

#define FIELD(type_, struct_, member_)                                                             \
  .name = #member_, .type = TSN_FIELD_##type_, .offset = G_STRUCT_OFFSET (struct_, member_)

#define SWITCH(struct_, member_, initial_)                                                         \
  {                                                                                                \
    FIELD (SWITCH, struct_, member_), .high = 1, .initial = initial_                               \
  }
#define NUMBER(struct_, member_, low_, high_, initial_)                                            \
  {                                                                                                \
    FIELD (NUMBER, struct_, member_), .low = low_, .high = high_, .initial = initial_              \
  }
#define COUNT(struct_, member_, high_)                                                             \
  {                                                                                                \
    FIELD (COUNT, struct_, member_), .high = high_                                                 \
  }
#define WORD(struct_, member_, words_, initial_)                                                   \
  {                                                                                                \
    FIELD (WORD, struct_, member_), .initial = initial_, .words = words_                           \
  }
#define TEXT(struct_, member_, high_)                                                              \
  {                                                                                                \
    FIELD (TEXT, struct_, member_), .high = high_                                                  \
  }
#define PATH(struct_, member_)                                                                     \
  {                                                                                                \
    FIELD (PATH, struct_, member_)                                                                 \
  }
#define ITEM(struct_, member_)                                                                     \
  {                                                                                                \
    FIELD (ITEM, struct_, member_)                                                                 \
  }
#define HASH(struct_, member_)                                                                     \
  {                                                                                                \
    FIELD (HASH, struct_, member_)                                                                 \
  }
#define TEXTS(struct_, member_)                                                                    \
  {                                                                                                \
    FIELD (TEXTS, struct_, member_), .high = MAX_NAME                                              \
  }
#define RECORD(struct_, member_, record_)                                                          \
  {                                                                                                \
    FIELD (RECORD, struct_, member_), .record = record_                                            \
  }
#define LIST(struct_, member_, record_, high_)                                                     \
  {                                                                                                \
    FIELD (LIST, struct_, member_), .high = high_, .record = record_                               \
  }
/* A record within others. */
#define DEFINE_RECORD(name_, struct_)                                                              \
  static const TsnRecord name_                                                                     \
      = { sizeof (struct_), G_N_ELEMENTS (name_##_fields), name_##_fields, NULL }

/* A record that is the item of a list. */
#define DEFINE_ITEM(name_, struct_)                                                                \
  static void free_##name_ (gpointer data);                                                        \
  static const TsnRecord name_                                                                     \
      = { sizeof (struct_), G_N_ELEMENTS (name_##_fields), name_##_fields, free_##name_ };         \
  static void free_##name_ (gpointer data)                                                         \
  {                                                                                                \
    tsn_record_clear (&name_, data);                                                               \
    g_free (data);                                                                                 \
  }
