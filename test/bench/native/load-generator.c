/*
 * Voices as a load: WebRTC connections to an ICE-lite server (STUN, DTLS-SRTP as client, SRTP) or plain UDP ones, one thread
 * for all of them. Packets received are counted by their RTP header; only the first of each connection is decrypted, which
 * shows that its keys fit. It costs a tenth of what a WebRTC library does, so that servers can be loaded from one core.
 *
 * Commands are lines on stdin, answers lines on stdout; it ends with its input. `fingerprint F` is said at the start.
 *   secure ID GROUP LOCAL-IP LOCAL-PORT IP PORT REMOTE-UFRAG REMOTE-PASSWORD LOCAL-UFRAG LOCAL-PASSWORD SSRC PAYLOAD-TYPE PAYLOAD-BYTES
 *   plain  ID GROUP LOCAL-IP LOCAL-PORT IP PORT SSRC PAYLOAD-TYPE PAYLOAD-BYTES
 *       opens a connection, from any port if LOCAL-PORT is 0, which sends nothing by itself when SSRC is 0; answered by `connected ID` or `failed ID WHY`
 *   start GROUP     sends from all connections of a group, 50 packets a second each
 *   stop            sends no more
 *   count GROUP     answered by `count SENT RECEIVED`, of all packets of the group so far
 *   close ID
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "dtls-srtp.h"
#include "stun.h"

enum { MOST = 4096, FRAME_MS = 20, SAMPLES = 960, SLOTS = FRAME_MS, EVENTS = 256, PACKET = 2048 };
/* Between two tries of a STUN request or looks at DTLS's timer; between two signs of life (RFC 7675); until giving up. */
enum { RETRY_MS = 50, CONSENT_MS = 5000, GIVE_UP_MS = 30000 };

enum state { FREE, CHECKING, SHAKING, UP, FAILED };

struct connection {
  enum state state;
  int fd, group, verified;
  char user[300], password[300], own_password[140];
  SSL *ssl;
  srtp_t out, in;
  uint32_t ssrc, timestamp;
  uint16_t sequence;
  uint8_t payload_type;
  int payload_bytes;
  uint64_t sent, received, opened_ms, next_ms;
};

static struct connection connections[MOST];
static int used, epoll_fd, sending_group = -1, members[MOST], member_count;
static SSL_CTX *context;

static uint64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void answer(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vprintf(format, values);
  va_end(values);
  fflush(stdout);
}

static void fail(struct connection *c, const char *why) {
  if (c->state == UP) fprintf(stderr, "connection %d: %s\n", (int)(c - connections), why);
  else answer("failed %d %s\n", (int)(c - connections), why);
  c->state = FAILED;
}

static void send_check(struct connection *c) {
  uint8_t message[STUN_MOST];
  send(c->fd, message, stun_check(message, c->user, c->password), 0);
}

/* A lite server asks nothing (RFC 8445, section 2.5), but the one of libnice does, and waits for the answer. */
static void answer_check(struct connection *c, const uint8_t *request) {
  uint8_t message[STUN_MOST];
  struct sockaddr_in peer;
  socklen_t length = sizeof peer;
  getpeername(c->fd, (struct sockaddr *)&peer, &length);
  size_t size = stun_answer(message, request, ntohl(peer.sin_addr.s_addr), ntohs(peer.sin_port), c->own_password);
  send(c->fd, message, size, 0);
}

static void shake(struct connection *c) {
  int result = SSL_do_handshake(c->ssl);
  if (result != 1) {
    int error = SSL_get_error(c->ssl, result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) fail(c, "DTLS failed");
    return;
  }
  const char *fault = srtp_sessions(c->ssl, &c->out, &c->in);
  if (fault) return fail(c, fault);
  c->state = UP;
  c->next_ms = now_ms() + CONSENT_MS;
  answer("connected %d\n", (int)(c - connections));
}

static void begin_shaking(struct connection *c) {
  BIO *bio = BIO_new_dgram(c->fd, BIO_NOCLOSE);
  struct sockaddr_storage peer;
  socklen_t length = sizeof peer;
  getpeername(c->fd, (struct sockaddr *)&peer, &length);
  BIO_ctrl(bio, BIO_CTRL_DGRAM_SET_CONNECTED, 0, &peer);
  c->ssl = SSL_new(context);
  SSL_set_bio(c->ssl, bio, bio);
  SSL_set_connect_state(c->ssl);
  SSL_set_mtu(c->ssl, 1200);
  c->state = SHAKING;
  shake(c);
}

/* --- packets --- */

static void send_packet(struct connection *c) {
  uint8_t packet[PACKET];
  int length = 12 + c->payload_bytes;
  packet[0] = 0x80;
  packet[1] = c->payload_type;
  put16(packet + 2, c->sequence++);
  put32(packet + 4, c->timestamp);
  put32(packet + 8, c->ssrc);
  memset(packet + 12, 0x5a, c->payload_bytes);
  c->timestamp += SAMPLES;
  if (c->out && srtp_protect(c->out, packet, &length) != srtp_err_status_ok) return;
  if (send(c->fd, packet, length, 0) == length) c->sent++;
}

static void receive(struct connection *c) {
  uint8_t packet[PACKET];
  if (c->state == SHAKING) {
    /* DTLS reads its own datagrams. */
    if (recv(c->fd, packet, 1, MSG_PEEK) == 1 && packet[0] >= 20 && packet[0] <= 63) return shake(c);
  }
  int length = recv(c->fd, packet, sizeof packet, 0);
  if (length < 12) return;
  if (c->state == CHECKING && packet[0] == 0x01 && packet[1] == 0x01) return begin_shaking(c);
  if (packet[0] == 0x00 && packet[1] == 0x01 && length >= 20) return answer_check(c, packet);
  /* RTP, told from STUN and DTLS by the first byte (RFC 7983) and from RTCP by the second (RFC 5761). */
  if (packet[0] < 128 || packet[0] > 191 || (packet[1] >= 192 && packet[1] <= 223)) return;
  c->received++;
  if (c->in && !c->verified) {
    c->verified = 1;
    if (srtp_unprotect(c->in, packet, &length) != srtp_err_status_ok) fail(c, "what came could not be decrypted");
  }
}

static void send_due(uint64_t from, uint64_t to) {
  for (uint64_t ms = from; ms <= to; ms++)
    for (int i = ms % SLOTS; i < member_count; i += SLOTS) send_packet(&connections[members[i]]);
}

/* Tries again, gives up, and shows the server that somebody is there. */
static void look_after(struct connection *c, uint64_t now) {
  if (c->state == FREE || c->state == FAILED || now < c->next_ms || !c->user[0]) return;
  c->next_ms = now + (c->state == UP ? CONSENT_MS : RETRY_MS);
  if (c->state != UP && now > c->opened_ms + GIVE_UP_MS) return fail(c, c->state == CHECKING ? "no answer to STUN" : "no answer to DTLS");
  if (c->state == SHAKING) DTLSv1_handle_timeout(c->ssl);
  send_check(c);
}

/* --- commands --- */

static struct connection *open_connection(int id, int group, const char *local, int local_port, const char *ip, int port) {
  struct connection *c = &connections[id];
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_port = htons(local_port)}, to = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = id};
  if (id < 0 || id >= MOST || c->state != FREE) return NULL;
  memset(c, 0, sizeof *c);
  c->group = group;
  c->opened_ms = c->next_ms = now_ms();
  c->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  inet_pton(AF_INET, local, &from.sin_addr);
  inet_pton(AF_INET, ip, &to.sin_addr);
  if (bind(c->fd, (struct sockaddr *)&from, sizeof from) || connect(c->fd, (struct sockaddr *)&to, sizeof to)) {
    close(c->fd);
    return NULL;
  }
  event.data.u32 = id;
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event);
  if (id >= used) used = id + 1;
  return c;
}

static void close_connection(struct connection *c) {
  if (c->state == FREE) return;
  close(c->fd);
  if (c->ssl) SSL_free(c->ssl);
  if (c->out) srtp_dealloc(c->out);
  if (c->in) srtp_dealloc(c->in);
  c->state = FREE;
}

static void start_group(int group) {
  sending_group = group;
  member_count = 0;
  for (int i = 0; i < used; i++)
    if (connections[i].state == UP && connections[i].group == group && connections[i].ssrc)
      members[member_count++] = i;
}

static void command(const char *line) {
  char local[64], ip[64], user[140], password[300], name[140], own_password[140];
  int id, group, local_port, port;
  unsigned ssrc, type, bytes;
  struct connection *c = NULL;
  int secure = sscanf(line, "secure %d %d %63s %d %63s %d %139s %299s %139s %139s %u %u %u", &id, &group, local, &local_port, ip, &port, user,
                      password, name, own_password, &ssrc, &type, &bytes) == 13;
  if (secure || sscanf(line, "plain %d %d %63s %d %63s %d %u %u %u", &id, &group, local, &local_port, ip, &port, &ssrc, &type, &bytes) == 9) {
    if (bytes > PACKET - 100 || !(c = open_connection(id, group, local, local_port, ip, port))) {
      answer("failed %d it cannot be opened\n", id);
      return;
    }
    c->ssrc = ssrc;
    c->payload_type = type;
    c->payload_bytes = bytes;
    c->state = secure ? CHECKING : UP;
    if (!secure) {
      answer("connected %d\n", id);
      return;
    }
    snprintf(c->user, sizeof c->user, "%s:%s", user, name);
    snprintf(c->password, sizeof c->password, "%s", password);
    snprintf(c->own_password, sizeof c->own_password, "%s", own_password);
    look_after(c, now_ms());
  } else if (sscanf(line, "start %d", &group) == 1) start_group(group);
  else if (!strncmp(line, "stop", 4)) member_count = 0;
  else if (sscanf(line, "count %d", &group) == 1) {
    uint64_t sent = 0, received = 0;
    for (int i = 0; i < used; i++) {
      if (connections[i].group != group) continue;
      sent += connections[i].sent;
      received += connections[i].received;
    }
    answer("count %lu %lu\n", sent, received);
  } else if (sscanf(line, "close %d", &id) == 1 && id >= 0 && id < MOST) close_connection(&connections[id]);
}

/* Returns 0 at the end of the input. */
static int read_commands(void) {
  static char text[1 << 16];
  static size_t length;
  ssize_t more = read(0, text + length, sizeof text - length - 1);
  char *line, *end;
  if (more < 0) return errno == EAGAIN;
  if (more == 0) return 0;
  length += more;
  text[length] = 0;
  for (line = text; (end = strchr(line, '\n')); line = end + 1) {
    *end = 0;
    command(line);
  }
  length -= line - text;
  memmove(text, line, length);
  return 1;
}

int main(void) {
  struct epoll_event events[EVENTS], input = {.events = EPOLLIN, .data.u32 = MOST};
  uint64_t next = now_ms(), looked = 0;
  uint8_t fingerprint[32];
  srtp_init();
  context = make_context(fingerprint);
  printf("fingerprint ");
  for (int i = 0; i < 32; i++) printf(i ? ":%02X" : "%02X", fingerprint[i]);
  answer("\n");
  epoll_fd = epoll_create1(0);
  fcntl(0, F_SETFL, O_NONBLOCK);
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, 0, &input);
  for (;;) {
    uint64_t now = now_ms();
    if (member_count) {
      /* After a stall the missed milliseconds are left out rather than sent in a burst. */
      if (now > next + FRAME_MS) next = now - FRAME_MS;
      if (now >= next) send_due(next, now);
    }
    next = now + 1;
    if (now > looked + RETRY_MS / 5) {
      looked = now;
      for (int i = 0; i < used; i++) look_after(&connections[i], now);
    }
    int count = epoll_wait(epoll_fd, events, EVENTS, member_count ? 1 : RETRY_MS / 5);
    for (int i = 0; i < count; i++) {
      if (events[i].data.u32 != MOST) receive(&connections[events[i].data.u32]);
      else if (!read_commands()) return 0;
    }
  }
}
