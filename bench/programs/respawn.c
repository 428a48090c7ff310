/* Keeps one program alive, as bare as can be: respawn PROGRAM [WORD...]
   TERM ends both. */
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static volatile pid_t child;

static void stop(int number) {
    if (child > 0) kill(child, number);
    _exit(0);
}

int main(int count, char **words) {
    signal(SIGTERM, stop);
    for (;; wait(0)) {
        pid_t started;
        if (posix_spawn(&started, words[1], 0, 0, words + 1, environ)) return 1;
        child = started;
    }
}
