/* Keeps one program alive, as bare as can be: respawn PROGRAM [WORD...] */
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

int main(int count, char **words) {
    for (pid_t pid;; wait(0))
        if (posix_spawn(&pid, words[1], 0, 0, words + 1, environ)) return 1;
}
