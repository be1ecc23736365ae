/* launch REPORT COMMAND...: runs a command and writes its status, wall time, CPU times and peak memory, as launch.py does.
   In C and linked statically, since the memory of the process that forks counts for the child. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: launch REPORT COMMAND...\n");
    return 2;
  }
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = vfork();
  if (child < 0) {
    perror("vfork");
    return 2;
  }
  if (child == 0) {
    execvp(words[2], words + 2);
    _exit(127);
  }
  int status = 0;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) {
      perror("wait4");
      return 2;
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  FILE *report = fopen(words[1], "w");
  if (!report) {
    perror(words[1]);
    return 2;
  }
  double wall = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
  double user = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
  double system = (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  fprintf(report, "%d %.9f %.6f %.6f %lld\n", code, wall, user, system, (long long)usage.ru_maxrss * 1024);
  return fclose(report) == 0 ? 0 : 2;
}
