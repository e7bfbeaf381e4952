/*
 * The least that a relay of calls can do: UDP datagrams that come to one port are sent on to the other person of the call.
 * Who belongs together is known by the SSRC of the first packet: 2n and 2n + 1 talk with each other. One thread; says its
 * port on stdout and ends with its input.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PEOPLE = 1 << 12, TABLE = 1 << 14, PACKET = 2048 };

struct entry {
  uint32_t ip;
  uint16_t port;
  uint32_t person;
};

/* Address -> person, open addressing; person -> address. */
static struct entry table[TABLE];
static struct sockaddr_in people[PEOPLE];

static struct entry *find(const struct sockaddr_in *from) {
  uint32_t at = (from->sin_addr.s_addr ^ from->sin_port * 2654435761u) % TABLE;
  while (table[at].port && (table[at].port != from->sin_port || table[at].ip != from->sin_addr.s_addr)) at = (at + 1) % TABLE;
  return &table[at];
}

int main(void) {
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t own_length = sizeof own;
  int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 4 << 20;
  struct pollfd waiting[2] = {{.fd = fd, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (bind(fd, (struct sockaddr *)&own, sizeof own)) return 1;
  getsockname(fd, (struct sockaddr *)&own, &own_length);
  printf("%d\n", ntohs(own.sin_port));
  fflush(stdout);
  for (;;) {
    poll(waiting, 2, -1);
    if (waiting[1].revents) return 0;
    for (;;) {
      uint8_t packet[PACKET];
      struct sockaddr_in from;
      socklen_t length = sizeof from;
      ssize_t size = recvfrom(fd, packet, sizeof packet, MSG_DONTWAIT, (struct sockaddr *)&from, &length);
      struct entry *entry;
      struct sockaddr_in *to;
      if (size < 0) break;
      if (size < 12) continue;
      entry = find(&from);
      if (!entry->port) {
        uint32_t person = (uint32_t)packet[8] << 24 | packet[9] << 16 | packet[10] << 8 | packet[11];
        if (person >= PEOPLE) continue;
        *entry = (struct entry){from.sin_addr.s_addr, from.sin_port, person};
        people[person] = from;
      }
      to = &people[entry->person ^ 1];
      if (to->sin_port) sendto(fd, packet, size, 0, (struct sockaddr *)to, sizeof *to);
    }
  }
}
