/* Tells ThreadSanitizer what GLib's functions order, which it cannot see: GLib is not built with
 * it, and its locks are its own.  In the tests of a build with -Db_sanitize=thread alone. */
#include <dlfcn.h>
#include <glib-object.h>

/* Of the sanitizer's runtime. */
void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define REAL(name) ((__typeof__ (&name)) find (#name))

static void *
find (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

/* What was done before with @object is done; also the last of those who share it sees all. */
static void
meet (gpointer object)
{
  __tsan_release (object);
  __tsan_acquire (object);
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);

  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end)
{
  gboolean signalled;

  __tsan_release (mutex);
  signalled = REAL (g_cond_wait_until) (cond, mutex, end);
  __tsan_acquire (mutex);
  return signalled;
}

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  meet (count);
  return REAL (g_atomic_ref_count_dec) (count);
}

void (g_object_unref) (gpointer object)
{
  meet (object);
  REAL (g_object_unref) (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  meet (bytes);
  REAL (g_bytes_unref) (bytes);
}

/* A callback of a source, which another thread may have set and made ready. */
typedef struct
{
  GSource *source; /* borrowed; NULL where it is made inside GLib */
  GSourceFunc call;
  gpointer data;
  GDestroyNotify destroy;
} Call;

static Call *
call_new (GSource *source, GSourceFunc call, gpointer data, GDestroyNotify destroy)
{
  Call *self = g_new (Call, 1);

  *self = (Call){ source, call, data, destroy };
  __tsan_release (self);
  return self;
}

static void
call_meet (Call *self)
{
  __tsan_acquire (self);
  if (self->source != NULL)
    __tsan_acquire (self->source);
}

static gboolean
call_cb (gpointer data)
{
  Call *self = data;

  call_meet (self);
  return self->call (self->data);
}

static void
call_free (gpointer data)
{
  Call *self = data;

  call_meet (self);
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

/* Whether what it calls has no arguments but its data. */
static gboolean
is_plain (GSource *source)
{
  const char *name = g_source_get_name (source);

  return name == NULL
         || (!g_str_has_prefix (name, "GStreamer") && !g_str_has_prefix (name, "GCancellable"));
}

void
g_source_set_callback (GSource *source, GSourceFunc call, gpointer data, GDestroyNotify destroy)
{
  if (is_plain (source))
    REAL (g_source_set_callback)
    (source, call_cb, call_new (source, call, data, destroy), call_free);
  else
    REAL (g_source_set_callback) (source, call, data, destroy);
}

guint
g_source_attach (GSource *source, GMainContext *context)
{
  __tsan_release (source);
  return REAL (g_source_attach) (source, context);
}

void
g_source_set_ready_time (GSource *source, gint64 time)
{
  __tsan_release (source);
  REAL (g_source_set_ready_time) (source, time);
}

guint
g_idle_add_full (int priority, GSourceFunc call, gpointer data, GDestroyNotify destroy)
{
  return REAL (g_idle_add_full) (priority, call_cb, call_new (NULL, call, data, destroy),
                                 call_free);
}

void
g_main_context_invoke_full (
    GMainContext *context, int priority, GSourceFunc call, gpointer data, GDestroyNotify destroy)
{
  REAL (g_main_context_invoke_full)
  (context, priority, call_cb, call_new (NULL, call, data, destroy), call_free);
}
