/* STUN (RFC 8489) as ICE asks for it (RFC 8445, section 7): the two messages of a client, written into a buffer. */
#pragma once
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <string.h>

/* Room for the longest message. */
enum { STUN_MOST = 1024 };

static const uint32_t stun_magic = 0x2112a442;

static uint32_t crc32_of(const uint8_t *data, size_t length) {
  uint32_t crc = 0xffffffff;
  for (size_t i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc;
}

static void put16(uint8_t *at, unsigned value) {
  at[0] = value >> 8;
  at[1] = value;
}

static void put32(uint8_t *at, uint32_t value) {
  put16(at, value >> 16);
  put16(at + 2, value & 0xffff);
}

static size_t attribute(uint8_t *message, size_t at, unsigned type, const void *value, size_t length) {
  size_t padded = (length + 3) & ~(size_t)3;
  put16(message + at, type);
  put16(message + at + 2, length);
  memset(message + at + 4, 0, padded);
  memcpy(message + at + 4, value, length);
  return at + 4 + padded;
}

/* Adds both sums, each taken with a length that counts it already. Returns the message's length. */
static size_t signed_with(const char *password, uint8_t *message, size_t at) {
  uint8_t mac[20], crc[4];
  unsigned mac_length = sizeof mac;
  put16(message + 2, at - 20 + 24);
  HMAC(EVP_sha1(), password, strlen(password), message, at, mac, &mac_length);
  at = attribute(message, at, 0x0008, mac, sizeof mac);
  put16(message + 2, at - 20 + 8);
  put32(crc, crc32_of(message, at) ^ 0x5354554e);
  return attribute(message, at, 0x8028, crc, 4);
}

/* A check by the controlling side, which nominates at once. `user` is "remote:local". */
static size_t stun_check(uint8_t *message, const char *user, const char *remote_password) {
  uint8_t priority[4], tie_breaker[8] = {1};
  size_t at = 20;
  put16(message, 0x0001);
  put32(message + 4, stun_magic);
  RAND_bytes(message + 8, 12);
  put32(priority, 0x6e7f00ff);
  at = attribute(message, at, 0x0006, user, strlen(user));
  at = attribute(message, at, 0x0024, priority, 4);
  at = attribute(message, at, 0x802a, tie_breaker, 8);
  at = attribute(message, at, 0x0025, "", 0);
  return signed_with(remote_password, message, at);
}

/* The answer to a check that came from an IPv4 address, both in the host's byte order. */
static size_t stun_answer(uint8_t *message, const uint8_t *request, uint32_t ip, uint16_t port, const char *own_password) {
  uint8_t mapped[8] = {0, 1};
  put16(mapped + 2, port ^ (stun_magic >> 16));
  put32(mapped + 4, ip ^ stun_magic);
  put16(message, 0x0101);
  memcpy(message + 4, request + 4, 16);
  return signed_with(own_password, message, attribute(message, 20, 0x0020, mapped, 8));
}
