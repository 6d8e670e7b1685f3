/* Stands between the program and the C library (LD_PRELOAD) and watches one folder.
 *
 * Between fault_begin() and fault_end() every call that changes something below the folder is counted and logged, and
 * one of them can be made to kill the process or to fail. A sync is only noted, never passed on: the log alone says
 * what a power cut may take, and tests need not wait for a disk. Used from one thread.
 *
 * Log record (little endian): kind u8, path length u16, second path length u16, offset i64, length u32, paths, data.
 *   W write   S sync of a file   D sync of a folder   T new size (offset)   C file made   M folder made
 *   R rename (path -> second path)   L second name (path -> second path)   U name removed   K mark of the program
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, RESIZE = 4, MAKE = 8, RENAME = 16, REMOVE = 32 };
enum { NOTHING, KILL, FAIL_ONCE, FAIL_FROM, FAIL_UNTIL_FREED }; /* the last: until reserve.bin gives room */

static char folder[PATH_MAX];
static size_t folder_length;
static int log_handle = -1;
static int watching, how, classes, error_number, full;
static long at, counted;

/* ---- what the tests call ---- */

void fault_begin(const char *watched, const char *log_file, int new_how, int new_classes, long new_at, int new_error) {
  snprintf(folder, sizeof folder, "%s", watched);
  folder_length = strlen(folder);
  log_handle = *log_file ? (int)syscall(SYS_openat, AT_FDCWD, log_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  how = new_how, classes = new_classes, at = new_at, error_number = new_error;
  counted = 0, full = 0, watching = 1;
}

void fault_stop_failing(void) { how = NOTHING, full = 0; }

long fault_end(void) {
  watching = 0;
  if (log_handle >= 0) syscall(SYS_close, log_handle);
  log_handle = -1;
  return counted;
}

static void note(char kind, const char *path, const char *second, int64_t offset, const void *data, uint32_t length) {
  if (log_handle < 0) return;
  uint16_t first_length = (uint16_t)strlen(path), second_length = (uint16_t)strlen(second);
  size_t size = 17 + first_length + second_length + (data ? length : 0);
  char *record = malloc(size), *end = record;
  *end++ = kind;
  memcpy(end, &first_length, 2), memcpy(end + 2, &second_length, 2), memcpy(end + 4, &offset, 8);
  memcpy(end + 12, &length, 4), end += 16;
  memcpy(end, path, first_length), end += first_length;
  memcpy(end, second, second_length), end += second_length;
  if (data) memcpy(end, data, length), end += length;
  if (syscall(SYS_write, log_handle, record, (size_t)(end - record)) != end - record) abort();
  free(record);
}

void fault_mark(const char *text) {
  if (watching) note('K', "", "", 0, text, (uint32_t)strlen(text));
}

/* ---- which calls concern the folder ---- */

static const char *below(const char *path) { /* the part after the folder, NULL when it lies elsewhere */
  if (strncmp(path, folder, folder_length) != 0) return NULL;
  if (path[folder_length] == 0) return "";
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *path_of(int handle, char *space) {
  if (!watching || handle == log_handle) return NULL;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, space, PATH_MAX - 1);
  if (length < 0) return NULL;
  space[length] = 0;
  return strstr(space, " (deleted)") ? NULL : below(space);
}

static const char *named(int base, const char *path, char *space) {
  if (!watching) return NULL;
  char joined[PATH_MAX], *slash;
  if (*path != '/') {
    char link[64], start[PATH_MAX];
    if (base == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", base);
    ssize_t length = readlink(link, start, PATH_MAX - 1);
    if (length < 0) return NULL;
    start[length] = 0;
    if (snprintf(joined, sizeof joined, "%s/%s", start, path) >= (int)sizeof joined) return NULL;
  } else snprintf(joined, sizeof joined, "%s", path);
  if (!(slash = strrchr(joined, '/'))) return NULL;
  char last[NAME_MAX + 1];
  snprintf(last, sizeof last, "%s", slash + 1);
  slash[slash == joined] = 0;
  if (!realpath(joined, space) || strlen(space) + strlen(last) + 2 > PATH_MAX) return NULL;
  strcat(space, "/"), strcat(space, last);
  return below(space);
}

/* ---- what happens at one of them ---- */

static int refused(int kind, const char *path) { /* 0: go on; else errno is set */
  if (how == FAIL_UNTIL_FREED && full && (kind & (REMOVE | RESIZE)) && strcmp(path, "reserve.bin") == 0) how = NOTHING;
  if (how == NOTHING || !(classes & kind)) return 0;
  counted++;
  if (how == KILL && counted == at) kill(getpid(), SIGKILL);
  if (how == KILL || counted < at || (how == FAIL_ONCE && counted > at)) return 0;
  full = 1;
  errno = error_number;
  return 1;
}

static int half_fits(int kind) { /* a disk that fills takes the first half of a write, and nothing after it */
  return how == FAIL_FROM && error_number == ENOSPC && (classes & kind) && counted + 1 == at;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int handle, const void *data, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  char space[PATH_MAX];
  const char *path = path_of(handle, space);
  if (!path) return real(handle, data, length);
  if (length > 1 && half_fits(WRITE)) length /= 2, counted++;
  else if (refused(WRITE, path)) return -1;
  ssize_t done = real(handle, data, length);
  if (done > 0) note('W', path, "", lseek(handle, 0, SEEK_CUR) - done, data, (uint32_t)done);
  return done;
}

ssize_t pwrite64(int handle, const void *data, size_t length, off64_t offset) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  char space[PATH_MAX];
  const char *path = path_of(handle, space);
  if (!path) return real(handle, data, length, offset);
  if (length > 1 && half_fits(WRITE)) length /= 2, counted++;
  else if (refused(WRITE, path)) return -1;
  ssize_t done = real(handle, data, length, offset);
  if (done > 0) note('W', path, "", offset, data, (uint32_t)done);
  return done;
}
ssize_t pwrite(int handle, const void *data, size_t length, off_t offset) { return pwrite64(handle, data, length, offset); }

ssize_t writev(int handle, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  char space[PATH_MAX];
  if (!path_of(handle, space)) return real(handle, parts, count);
  ssize_t total = 0;
  for (int part = 0; part < count; part++) {
    ssize_t done = write(handle, parts[part].iov_base, parts[part].iov_len);
    if (done < 0) return total ? total : -1;
    total += done;
  }
  return total;
}

static void note_what_was_copied(int handle, const char *path, off_t offset, size_t length) {
  char *data = malloc(length);
  int reading = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC), again;
  char name[32];
  snprintf(name, sizeof name, "%d", handle);
  again = (int)syscall(SYS_openat, reading, name, O_RDONLY | O_CLOEXEC);
  if (pread(again, data, length, offset) != (ssize_t)length) abort();
  note('W', path, "", offset, data, (uint32_t)length);
  syscall(SYS_close, again), syscall(SYS_close, reading);
  free(data);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
  REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
  char space[PATH_MAX];
  const char *path = path_of(out, space);
  if (!path) return real(out, in, offset, count);
  if (refused(WRITE, path)) return -1;
  ssize_t done = real(out, in, offset, count);
  if (done > 0) note_what_was_copied(out, path, lseek(out, 0, SEEK_CUR) - done, (size_t)done);
  return done;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return sendfile64(out, in, offset, count); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  char space[PATH_MAX];
  if (!path_of(out, space)) return real(in, from, out, to, length, flags);
  errno = EXDEV; /* the caller copies in another way, which is watched */
  return -1;
}

static int sync_of(int handle, int (*real)(int)) {
  char space[PATH_MAX];
  const char *path = path_of(handle, space);
  if (!path) return real(handle);
  struct stat what;
  if (refused(SYNC, path)) return -1;
  if (fstat(handle, &what)) return -1;
  note(S_ISDIR(what.st_mode) ? 'D' : 'S', path, "", 0, NULL, 0);
  return 0;
}
int fsync(int handle) { REAL(int, "fsync", int); return sync_of(handle, real); }
int fdatasync(int handle) { REAL(int, "fdatasync", int); return sync_of(handle, real); }

int ftruncate64(int handle, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  char space[PATH_MAX];
  const char *path = path_of(handle, space);
  if (!path) return real(handle, size);
  if (refused(RESIZE, path)) return -1;
  int result = real(handle, size);
  if (!result) note('T', path, "", size, NULL, 0);
  return result;
}
int ftruncate(int handle, off_t size) { return ftruncate64(handle, size); }

int truncate64(const char *name, off64_t size) {
  REAL(int, "truncate64", const char *, off64_t);
  char space[PATH_MAX];
  const char *path = named(AT_FDCWD, name, space);
  if (!path) return real(name, size);
  if (refused(RESIZE, path)) return -1;
  int result = real(name, size);
  if (!result) note('T', path, "", size, NULL, 0);
  return result;
}
int truncate(const char *name, off_t size) { return truncate64(name, size); }

int posix_fallocate64(int handle, off64_t offset, off64_t length) { /* returns the error, does not set errno */
  REAL(int, "posix_fallocate64", int, off64_t, off64_t);
  char space[PATH_MAX];
  const char *path = path_of(handle, space);
  if (!path) return real(handle, offset, length);
  if (refused(WRITE, path)) return errno;
  int result = real(handle, offset, length);
  struct stat now;
  if (!result && !fstat(handle, &now)) note('T', path, "", now.st_size, NULL, 0);
  return result;
}
int posix_fallocate(int handle, off_t offset, off_t length) { return posix_fallocate64(handle, offset, length); }

static int say_full(const char *name, struct statvfs64 *found) { /* the system says what a full disk would say */
  char space[PATH_MAX];
  if (full && how != NOTHING && error_number == ENOSPC && named(AT_FDCWD, name, space)) found->f_bfree = found->f_bavail = 0;
  return 0;
}
int statvfs64(const char *name, struct statvfs64 *found) {
  REAL(int, "statvfs64", const char *, struct statvfs64 *);
  return real(name, found) ? -1 : say_full(name, found);
}
int statvfs(const char *name, struct statvfs *found) { return statvfs64(name, (struct statvfs64 *)found); }

static int opened(int base, const char *name, int flags, mode_t mode) {
  char space[PATH_MAX];
  const char *path = flags & (O_CREAT | O_TRUNC) ? named(base, name, space) : NULL;
  struct stat before;
  int there = path && fstatat(base, name, &before, AT_SYMLINK_NOFOLLOW) == 0;
  int makes = path && !there && (flags & O_CREAT), cuts = path && there && (flags & O_TRUNC) && before.st_size > 0;
  if ((makes && refused(MAKE, path)) || (cuts && refused(RESIZE, path))) return -1;
  int handle = (int)syscall(SYS_openat, base, name, flags, mode);
  if (handle >= 0 && makes) note('C', path, "", 0, NULL, 0);
  if (handle >= 0 && cuts) note('T', path, "", 0, NULL, 0);
  return handle;
}

#define MODE_AFTER(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open64(const char *name, int flags, ...) { MODE_AFTER(flags) return opened(AT_FDCWD, name, flags, mode); }
int open(const char *name, int flags, ...) { MODE_AFTER(flags) return opened(AT_FDCWD, name, flags, mode); }
int openat64(int base, const char *name, int flags, ...) { MODE_AFTER(flags) return opened(base, name, flags, mode); }
int openat(int base, const char *name, int flags, ...) { MODE_AFTER(flags) return opened(base, name, flags, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int mkdirat(int base, const char *name, mode_t mode) {
  char space[PATH_MAX];
  const char *path = named(base, name, space);
  if (path && refused(MAKE, path)) return -1;
  int result = (int)syscall(SYS_mkdirat, base, name, mode);
  if (!result && path) note('M', path, "", 0, NULL, 0);
  return result;
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

int unlinkat(int base, const char *name, int flags) {
  char space[PATH_MAX];
  const char *path = named(base, name, space);
  struct stat what;
  if (path && !fstatat(base, name, &what, AT_SYMLINK_NOFOLLOW) && refused(REMOVE, path)) return -1;
  int result = (int)syscall(SYS_unlinkat, base, name, flags);
  if (!result && path) note('U', path, "", 0, NULL, 0);
  return result;
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char *name) { return unlink(name) ? (errno == EISDIR ? rmdir(name) : -1) : 0; }

static int moved(char kind, int from, const char *old, int to, const char *new, long (*act)(int, const char *, int, const char *)) {
  char old_space[PATH_MAX], new_space[PATH_MAX];
  const char *old_path = named(from, old, old_space), *new_path = named(to, new, new_space);
  if ((old_path || new_path) && refused(kind == 'R' ? RENAME : MAKE, old_path ? old_path : new_path)) return -1;
  int result = (int)act(from, old, to, new);
  if (!result && old_path && new_path) note(kind, old_path, new_path, 0, NULL, 0);
  else if (!result && (old_path || new_path)) abort(); /* what crosses the folder's edge cannot be replayed */
  return result;
}
static long do_rename(int from, const char *old, int to, const char *new) { return syscall(SYS_renameat2, from, old, to, new, 0); }
static long do_link(int from, const char *old, int to, const char *new) { return syscall(SYS_linkat, from, old, to, new, 0); }
int rename(const char *old, const char *new) { return moved('R', AT_FDCWD, old, AT_FDCWD, new, do_rename); }
int renameat(int from, const char *old, int to, const char *new) { return moved('R', from, old, to, new, do_rename); }
int link(const char *old, const char *new) { return moved('L', AT_FDCWD, old, AT_FDCWD, new, do_link); }
int linkat(int from, const char *old, int to, const char *new, int flags) { (void)flags; return moved('L', from, old, to, new, do_link); }
