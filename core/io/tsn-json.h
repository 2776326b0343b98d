/* JSON from files that nobody vouches for, and JSON to write; private to libtsn. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** The most levels of nesting that tsn_json_parse() can be asked for. */
#define TSN_JSON_MAX_DEPTH 16

JsonNode *tsn_json_parse (const char *text, size_t length, guint max_depth, GError **error);
const char *tsn_json_get_node_string (JsonNode *node);
const char *tsn_json_get_string (JsonObject *object, const char *member);

void tsn_json_append_number (GString *text, double value);
void tsn_json_append_string (GString *text, const char *string);

G_END_DECLS
