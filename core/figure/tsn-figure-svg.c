/* What cairo's SVG files lack: metadata, and names that do not depend on what was drawn before. */
#include "core/figure/tsn-figure-xmp.h"

#include <string.h>

/* The ways in which something is named and referred to, and what has a number of cairo's own. */
static const char *const forms[] = { "id=\"", "href=\"#", "url(#" };
static const char *const words[] = { "surface", "image", "source" };

/* Returns: the place behind a name's word, %NULL if there is none at @text. */
static const char *
match_name (const char *text, guint *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const char *name = text + strlen (forms[i]);

      if (!g_str_has_prefix (text, forms[i]))
        continue;
      for (*word = 0; *word < G_N_ELEMENTS (words); ++*word)
        if (g_str_has_prefix (name, words[*word]))
          return name + strlen (words[*word]);
    }
  return NULL;
}

/* Gives a number its place in the order in which the numbers of a word occur. */
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

static GString *
rename_numbered (const char *text, GHashTable *const *numbers)
{
  GString *renamed = g_string_sized_new (strlen (text));
  const char *copied = text;

  for (const char *at = text; (at = strpbrk (at, "ihu")) != NULL; at++)
    {
      guint word;
      const char *digits = match_name (at, &word);
      char *end;

      if (digits == NULL || !g_ascii_isdigit (*digits))
        continue;
      g_string_append_len (renamed, copied, digits - copied);
      g_string_append_printf (renamed, "%u",
                              renumber (numbers[word], g_ascii_strtoull (digits, &end, 10)));
      copied = end;
      at = end - 1;
    }
  g_string_append (renamed, copied);
  return renamed;
}

/* cairo numbers pictures over the whole life of the program. */
static GString *
rename_pictures (const char *text)
{
  GHashTable *numbers[G_N_ELEMENTS (words)];
  GString *renamed;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    numbers[i] = g_hash_table_new (g_direct_hash, g_direct_equal);
  renamed = rename_numbered (text, numbers);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_hash_table_unref (numbers[i]);
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
  text = rename_pictures ((const char *) svg->data);
  if (packet != NULL)
    insert_metadata (text, packet);
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *) text->str, text->len);
  g_string_free (text, TRUE);
}
