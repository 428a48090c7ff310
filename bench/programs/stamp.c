/* Notes the time as its first act and tells it to the named pipe: stamp [PIPE [stay]]
   Without a pipe it does nothing. */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **words) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (count < 2) return 0;
    char line[64];
    int length = snprintf(line, sizeof line, "%ld.%09ld %d\n", (long)now.tv_sec, now.tv_nsec, (int)getpid());
    int pipe = open(words[1], O_WRONLY);
    if (pipe < 0 || write(pipe, line, length) != length) return 1;
    close(pipe);
    while (count > 2) pause();
    return 0;
}
