/* What cairo's SVG files lack: metadata, and names that do not depend on what was drawn before. */
#include "core/figure/tsn-figure-xmp.h"

#include <string.h>

/* The ways in which a picture is named and referred to. */
static const char *const prefixes[] = { "id=\"surface", "href=\"#surface", "url(#surface" };

static const char *
match_prefix (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (text, prefixes[i]))
      return prefixes[i];
  return NULL;
}

/* Gives a number its place in the order in which numbers occur. */
static guint
renumber (GHashTable *numbers, guint64 number)
{
  gpointer known = g_hash_table_lookup (numbers, GSIZE_TO_POINTER (number));

  if (known == NULL)
    {
      known = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, GSIZE_TO_POINTER (number), known);
    }
  return GPOINTER_TO_UINT (known);
}

/* cairo numbers pictures over the whole life of the program. */
static GString *
rename_surfaces (const char *text)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_direct_hash, g_direct_equal);
  GString *renamed = g_string_sized_new (strlen (text));
  const char *copied = text;

  for (const char *at = text; (at = strpbrk (at, "ihu")) != NULL; at++)
    {
      const char *prefix = match_prefix (at);
      char *end;
      guint64 number;

      if (prefix == NULL)
        continue;
      at += strlen (prefix);
      number = g_ascii_strtoull (at, &end, 10);
      g_string_append_len (renamed, copied, at - copied);
      g_string_append_printf (renamed, "%u", renumber (numbers, number));
      copied = end;
      at = end - 1;
    }
  g_string_append (renamed, copied);
  return renamed;
}

static void
insert_metadata (GString *svg, const char *packet)
{
  const char *root = strstr (svg->str, "<svg ");
  const char *end = root != NULL ? strchr (root, '>') : NULL;
  g_autofree char *element = g_strdup_printf ("\n<metadata>\n%s</metadata>", packet);

  g_return_if_fail (end != NULL);

  g_string_insert (svg, end + 1 - svg->str, element);
}

/**
 * tsn_figure_svg_finish:
 * @svg: a file that cairo wrote
 * @packet: (nullable): XMP
 */
void
tsn_figure_svg_finish (GByteArray *svg, const char *packet)
{
  GString *text;

  g_byte_array_append (svg, (const guint8 *) "", 1);
  text = rename_surfaces ((const char *) svg->data);
  if (packet != NULL)
    insert_metadata (text, packet);
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *) text->str, text->len);
  g_string_free (text, TRUE);
}
