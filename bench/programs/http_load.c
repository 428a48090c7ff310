// Sends one HTTP/1.1 request again and again over connections that are kept, and writes how long each took:
//
//     http_load PORT REQUEST CONNECTIONS COUNT
//
// REQUEST is a file with the bytes to send. Each line of the output is a request: microseconds to the first byte of the answer, and to its
// end. An answer that has not the status 200, or a connection that is closed, ends it with an error.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 16384, MOST = 1024 };

struct connection {
    int socket;
    double sent, first;
    char head[HEAD + 1];
    size_t head_size;
    int in_body;
    long left;     // of a body with a length; -1 for one in chunks
    char tail[8];  // the last bytes of a body in chunks
    size_t sent_size;
};

static char *request;
static size_t request_size;
static uint32_t *firsts, *totals;
static long begun, done, count;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void fail(const char *what, const char *more) {
    fprintf(stderr, "http_load: %s: %s\n", what, more);
    exit(1);
}

static void begin(struct connection *c) {
    if (begun == count) {
        return;
    }
    begun++;
    c->head_size = 0, c->in_body = 0, c->first = 0;
    memset(c->tail, 0, sizeof c->tail);
    c->sent = now();
    // A request is small, and so fits into the buffer of the socket.
    if (send(c->socket, request, request_size, MSG_NOSIGNAL) != (ssize_t)request_size) {
        fail("cannot send", strerror(errno));
    }
}

static void finish(struct connection *c) {
    double ended = now();
    firsts[done] = (uint32_t)(c->first - c->sent);
    totals[done] = (uint32_t)(ended - c->sent);
    done++;
    begin(c);
}

// Looks for the end of a body in chunks: an empty chunk at the end of what has come.
static int ends(struct connection *c, const char *data, size_t size) {
    static const char end[] = "\r\n0\r\n\r\n";
    const size_t length = sizeof end - 1;
    if (size >= length) {
        memcpy(c->tail, data + size - length, length);
    } else {
        memmove(c->tail, c->tail + size, length - size);
        memcpy(c->tail + length - size, data, size);
    }
    return memcmp(c->tail, end, length) == 0;
}

static void take(struct connection *c, const char *data, size_t size) {
    if (!c->in_body) {
        size_t taken = size < HEAD - c->head_size ? size : HEAD - c->head_size;
        memcpy(c->head + c->head_size, data, taken);
        c->head_size += taken;
        c->head[c->head_size] = 0;
        char *end = strstr(c->head, "\r\n\r\n");
        if (!end) {
            return;
        }
        size_t body = c->head_size - (size_t)(end + 4 - c->head);
        end[2] = 0;
        if (strncmp(c->head + 9, "200", 3) != 0) {
            fail("an answer without the status 200", c->head);
        }
        char *length = strcasestr(c->head, "\r\ncontent-length:");
        c->left = length ? atol(length + 17) : -1;
        c->in_body = 1;
        data += size - body;
        size = body;
    }
    if (c->left >= 0) {
        c->left -= (long)size;
        if (c->left == 0) {
            finish(c);
        }
    } else if (size > 0 && ends(c, data, size)) {
        finish(c);
    }
}

int main(int many, char **given) {
    if (many != 5) {
        fail("expected", "http_load PORT REQUEST CONNECTIONS COUNT");
    }
    FILE *file = fopen(given[2], "rb");
    request = malloc(1 << 20);
    if (!file || !request || !(request_size = fread(request, 1, 1 << 20, file))) {
        fail("cannot read", given[2]);
    }
    int connections = atoi(given[3]);
    count = atol(given[4]);
    if (connections < 1 || connections > MOST || count < 1) {
        fail("expected", "1 to 1024 connections, and at least one request");
    }
    firsts = calloc((size_t)count, sizeof *firsts), totals = calloc((size_t)count, sizeof *totals);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(given[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int poll = epoll_create1(0);
    struct connection *all = calloc((size_t)connections, sizeof *all);
    for (int i = 0; i < connections; i++) {
        int on = 1;
        all[i].socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(all[i].socket, (struct sockaddr *)&address, sizeof address) != 0) {
            fail("cannot connect", strerror(errno));
        }
        setsockopt(all[i].socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &event);
    }
    for (int i = 0; i < connections; i++) {
        begin(&all[i]);
    }
    static char buffer[1 << 16];
    while (done < count) {
        struct epoll_event events[64];
        int found = epoll_wait(poll, events, 64, 60000);
        if (found <= 0) {
            fail("no answer within a minute", strerror(errno));
        }
        for (int i = 0; i < found; i++) {
            struct connection *c = events[i].data.ptr;
            ssize_t size = recv(c->socket, buffer, sizeof buffer, 0);
            if (size <= 0) {
                fail("the connection was closed", size < 0 ? strerror(errno) : "before the end of the answer");
            }
            if (c->first == 0) {
                c->first = now();
            }
            take(c, buffer, (size_t)size);
        }
    }
    for (long i = 0; i < count; i++) {
        printf("%u %u\n", firsts[i], totals[i]);
    }
    return 0;
}
