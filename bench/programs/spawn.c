/* Starts a program so many times, so many at once, and waits for each: spawn COUNT PARALLEL PROGRAM [WORD...]
   Prints runs a second and CPU seconds for a run. Nothing is recorded: it is what the machine can do at most. */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double cpu(int who) {
    struct rusage usage;
    getrusage(who, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int count, char **words) {
    int left = atoi(words[1]), most = atoi(words[2]), running = 0, total = left;
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    while (left || running) {
        for (pid_t pid; left && running < most; left--, running++)
            if (posix_spawn(&pid, words[3], 0, 0, words + 3, environ)) return 1;
        wait(0);
        running--;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = end.tv_sec - begin.tv_sec + (end.tv_nsec - begin.tv_nsec) / 1e9;
    printf("%f %f\n", total / seconds, (cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN)) / total);
    return 0;
}
