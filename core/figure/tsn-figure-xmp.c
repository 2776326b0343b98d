#include "core/figure/tsn-figure-xmp.h"

#include "config.h"
#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAMESPACE "urn:tsn-studio:figure:1"
#define BEGIN "<x:xmpmeta"
#define END "</x:xmpmeta>"
#define OURS "<tsn:session>"

/* A session of a thousand photos, and what escaping makes of it. */
#define MAX_PACKET (64 * 1024 * 1024)

/**
 * tsn_figure_xmp_write:
 *
 * Returns: (transfer full) (nullable): a packet, %NULL if there is nothing to say.
 */
char *
tsn_figure_xmp_write (const TsnFigureFile *file)
{
  g_autofree char *command = NULL;
  g_autofree char *session = NULL;

  if (file->command == NULL && file->session == NULL)
    return NULL;
  command = g_markup_escape_text (file->command != NULL ? file->command : "", -1);
  session = g_markup_escape_text (file->session != NULL ? file->session : "", -1);
  return g_strdup_printf (
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" BEGIN
      " xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
      "xmlns:tsn=\"" NAMESPACE "\">\n"
      "<xmp:CreatorTool>TSN Studio " TSN_VERSION "</xmp:CreatorTool>\n"
      "<tsn:command>%s</tsn:command>\n"
      "<tsn:session>%s</tsn:session>\n"
      "</rdf:Description>\n</rdf:RDF>\n" END "\n<?xpacket end=\"r\"?>\n",
      command, session);
}

/* What a parser is looking for. */
typedef struct
{
  const char *element;
  GString *text; /* NULL until the element begins */
  gboolean inside;
} Search;

static void
start_element_cb (GMarkupParseContext *context,
                  const char *name,
                  const char **attributes,
                  const char **values,
                  gpointer data,
                  GError **error)
{
  Search *search = data;

  search->inside = search->text == NULL && g_str_equal (name, search->element);
  if (search->inside)
    search->text = g_string_new (NULL);
}

static void
end_element_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Search *search = data;

  search->inside = FALSE;
}

static void
text_cb (
    GMarkupParseContext *context, const char *text, size_t length, gpointer data, GError **error)
{
  Search *search = data;

  if (search->inside)
    g_string_append_len (search->text, text, length);
}

static char *
parse (const char *packet, size_t length, const char *property, GError **error)
{
  static const GMarkupParser parser
      = { .start_element = start_element_cb, .end_element = end_element_cb, .text = text_cb };
  g_autofree char *element = g_strconcat ("tsn:", property, NULL);
  Search search = { .element = element };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &search, NULL);
  g_autoptr (GError) reason = NULL;

  if (g_markup_parse_context_parse (context, packet, length, &reason)
      && g_markup_parse_context_end_parse (context, &reason) && search.text != NULL
      && search.text->len > 0)
    return g_string_free (search.text, FALSE);
  if (reason != NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("has metadata that are damaged (%s)"),
                 reason->message);
  else
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 _ ("should carry a session of TSN Studio, but its metadata have none"));
  if (search.text != NULL)
    g_string_free (search.text, TRUE);
  return NULL;
}

/* The end of the packet that begins there, or NULL. */
static const char *
find_end (const char *begin, size_t length)
{
  const char *end = memmem (begin, length, END, strlen (END));

  return end != NULL && end - begin <= MAX_PACKET ? end + strlen (END) : NULL;
}

/* The last packet that is ours, or the last of any; @end: (out): where it ends. */
static const char *
find_packet (const char *data, size_t length, const char **end)
{
  const char *next = data, *found = NULL, *after;
  gboolean ours = FALSE;

  while (next != NULL
         && (next = memmem (next, length - (next - data), BEGIN, strlen (BEGIN))) != NULL)
    {
      after = find_end (next, length - (next - data));
      if (after != NULL && (!ours || memmem (next, after - next, OURS, strlen (OURS)) != NULL))
        {
          ours = memmem (next, after - next, OURS, strlen (OURS)) != NULL;
          found = next;
          *end = after;
        }
      next = after;
    }
  return found;
}

/**
 * tsn_figure_xmp_find:
 * @bytes: of a file of any format that holds a packet as it is, not compressed
 * @property: "command" or "session"
 * @error: %TSN_ERROR_FORMAT, as the end of a sentence
 *
 * Packets are made to be found without knowledge of the format around them.  Of several the last
 * counts: a PDF file is changed by adding to its end.  Packets of other programs do not count, such
 * as the one that GStreamer puts into MP4 files beside ours.
 *
 * Returns: (transfer full) (nullable): what the packet says.
 */
char *
tsn_figure_xmp_find (GBytes *bytes, const char *property, GError **error)
{
  size_t length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *end = NULL, *begin = data != NULL ? find_packet (data, length, &end) : NULL;

  if (begin != NULL)
    return parse (begin, end - begin, property, error);
  g_set_error_literal (error, TSN_ERROR, TSN_ERROR_FORMAT,
                       _ ("should carry a session of TSN Studio, but it carries none"));
  return NULL;
}
