// What Swift cannot call or see by itself: variadic calls, names that the C library declares only with _GNU_SOURCE, and
// global variables. Header only; nothing here is compiled on its own.
#ifndef ONEVISIT_CPLATFORM_SHIM_H
#define ONEVISIT_CPLATFORM_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <bits/types/cookie_io_functions_t.h>
#include <stdio.h>
#include <string.h>
// <stdio.h> declares it only with _GNU_SOURCE.
extern FILE *fopencookie(void *__restrict, const char *__restrict, cookie_io_functions_t);
#endif

#ifdef __linux__
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#endif

#ifdef __SSE2__
#include <emmintrin.h>
#endif

extern char **environ;

static inline char **cs_environment(void) { return environ; }

/// renameat2(2) with the bits below; ENOSYS where the system has none.
static inline int cs_renameat2(int from, const char *old, int to, const char *name, unsigned flags) {
#if defined(__linux__) && defined(SYS_renameat2)
  return (int)syscall(SYS_renameat2, from, old, to, name, flags);
#else
  (void)from, (void)old, (void)to, (void)name, (void)flags;
  errno = ENOSYS;
  return -1;
#endif
}
static inline unsigned cs_rename_noreplace(void) { return 1; }
static inline unsigned cs_rename_exchange(void) { return 2; }

/// O_TMPFILE, or 0 where there is none.
static inline int cs_o_tmpfile(void) {
#ifdef __linux__
  return 020000000 | O_DIRECTORY;
#else
  return 0;
#endif
}

/// O_PATH, or 0 where there is none.
static inline int cs_o_path(void) {
#ifdef __linux__
  return 010000000;
#else
  return 0;
#endif
}

/// POSIX_SPAWN_SETSID, or 0 where there is none.
static inline int16_t cs_spawn_setsid(void) {
#ifdef __linux__
  return 0x80;
#else
  return 0;
#endif
}

/// MSG_NOSIGNAL, or 0 where there is none.
static inline int cs_msg_nosignal(void) {
#ifdef MSG_NOSIGNAL
  return MSG_NOSIGNAL;
#else
  return 0;
#endif
}

/// A connected pair of stream sockets that no other program inherits.
static inline int cs_socketpair(int pair[2]) {
#ifdef __linux__
  return socketpair(AF_UNIX, SOCK_STREAM | 02000000 /* SOCK_CLOEXEC */, 0, pair);
#else
  return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
#endif
}

/// Closes every descriptor from `first` on.
static inline void cs_close_from(int first) {
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
#endif
  long last = sysconf(_SC_OPEN_MAX);
  if (last < 0 || last > 65536) last = 65536;
  for (int descriptor = first; descriptor < last; descriptor++) close(descriptor);
}

/// Whether the descriptor is a folder of procfs.
static inline int cs_is_proc(int descriptor) {
#ifdef __linux__
  struct statfs status;
  return fstatfs(descriptor, &status) == 0 && status.f_type == 0x9fa0;
#else
  (void)descriptor;
  return 0;
#endif
}

/// Which of the 64 bytes at `bytes` are at most `bound`: bit i for byte i. With SSE2 a quarter of the instructions of eight
/// bytes at a time in a word.
static inline uint64_t cs_low_bytes(const uint8_t *bytes, uint8_t bound) {
  uint64_t low = 0;
#ifdef __SSE2__
  const __m128i most = _mm_set1_epi8((char)bound);
  for (int part = 0; part < 4; part++) {
    const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    const __m128i isLow = _mm_cmpeq_epi8(_mm_min_epu8(block, most), block);
    low |= (uint64_t)(unsigned)_mm_movemask_epi8(isLow) << (16 * part);
  }
#else
  for (int index = 0; index < 64; index++) low |= (uint64_t)(bytes[index] <= bound) << index;
#endif
  return low;
}

/// Begins to load the memory at `address` into the cache.
static inline void cs_prefetch(const void *address) { __builtin_prefetch(address); }

/// When the content was last changed, in nanoseconds.
static inline int64_t cs_changed(const struct stat *status) {
#ifdef __linux__
  return (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
#else
  return (int64_t)status->st_mtimespec.tv_sec * 1000000000 + status->st_mtimespec.tv_nsec;
#endif
}

/// Gives `to` the content times of `status`.
static inline int cs_copy_times(const struct stat *status, int to) {
#ifdef __linux__
  struct timespec times[2] = {status->st_atim, status->st_mtim};
#else
  struct timespec times[2] = {status->st_atimespec, status->st_mtimespec};
#endif
  return futimens(to, times);
}

/// Copies what extended attributes (access lists, labels) may be copied; the rest is left.
static inline void cs_copy_attributes(int from, int to) {
#ifdef __linux__
  char names[4096], value[16384];
  ssize_t length = flistxattr(from, names, sizeof names);
  for (ssize_t at = 0; at < length;) {
    const char *name = names + at;
    ssize_t size = fgetxattr(from, name, value, sizeof value);
    if (size >= 0) (void)fsetxattr(to, name, value, (size_t)size, 0);
    while (names[at]) at++;
    at++;
  }
#else
  (void)from, (void)to;
#endif
}

#ifdef __GLIBC__
/// Writes through to the descriptor, unless the Swift runtime reports an allocation that was refused: then it calls what
/// the cookie points to.
static inline ssize_t cs_stderr_write(void *refused, const char *text, size_t size) {
  static const char report[] = "failed to allocate ";
  const size_t length = sizeof report - 1;
  for (size_t at = 0; at + length <= size && at < 32; at++) {
    if (memcmp(text + at, report, length) == 0) ((void (*)(void))refused)();
  }
  for (size_t done = 0; done < size;) {
    ssize_t taken = write(2, text + done, size - done);
    if (taken < 0 && errno != EINTR) break;
    if (taken > 0) done += (size_t)taken;
  }
  return (ssize_t)size;
}
#endif

/// Has `refused` called instead of printing what the Swift runtime prints on `stderr` before it aborts because an
/// allocation was refused. `refused` must not allocate, and must not return. Not available outside glibc.
static inline void cs_on_refused_allocation(void (*refused)(void)) {
#ifdef __GLIBC__
  // Given here, since a buffer could not be allocated any more when it is needed.
  static char buffer[1024];
  cookie_io_functions_t functions = {0, cs_stderr_write, 0, 0};
  FILE *stream = fopencookie((void *)refused, "w", functions);
  if (stream == 0) return;
  setvbuf(stream, buffer, _IOLBF, sizeof buffer);
  stderr = stream;
#else
  (void)refused;
#endif
}

#endif
