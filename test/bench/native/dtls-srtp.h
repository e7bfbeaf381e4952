/* DTLS-SRTP (RFC 5764), the client's side: a certificate, and the sessions that a handshake's keys make. */
#pragma once
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <srtp2/srtp.h>
#include <stdint.h>
#include <string.h>

/* What Chromium offers; servers take the first that they can do. */
static const char srtp_profiles[] = "SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";

/* A certificate of its own; `fingerprint` takes its 32 bytes of SHA-256. */
static SSL_CTX *make_context(uint8_t *fingerprint) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = X509_new();
  X509_NAME *name = X509_get_subject_name(certificate);
  SSL_CTX *context = SSL_CTX_new(DTLS_client_method());
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"load", -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  X509_digest(certificate, EVP_sha256(), fingerprint, NULL);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU);
  SSL_CTX_set_tlsext_use_srtp(context, srtp_profiles);
  return context;
}

static srtp_t srtp_session(srtp_profile_t profile, const uint8_t *key, const uint8_t *salt, srtp_ssrc_type_t side) {
  uint8_t master[SRTP_MAX_KEY_LEN];
  srtp_t made = NULL;
  srtp_policy_t policy;
  unsigned key_length = srtp_profile_get_master_key_length(profile);
  memset(&policy, 0, sizeof policy);
  memcpy(master, key, key_length);
  memcpy(master + key_length, salt, srtp_profile_get_master_salt_length(profile));
  srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, profile);
  srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, profile);
  policy.ssrc.type = side;
  policy.key = master;
  policy.window_size = 1024;
  return srtp_create(&made, &policy) == srtp_err_status_ok ? made : NULL;
}

/* After the handshake. Returns why not, or NULL. */
static const char *srtp_sessions(SSL *ssl, srtp_t *out, srtp_t *in) {
  uint8_t keys[2 * SRTP_MAX_KEY_LEN];
  const SRTP_PROTECTION_PROFILE *chosen = SSL_get_selected_srtp_profile(ssl);
  if (!chosen) return "no SRTP profile";
  /* Both libraries number them as RFC 5764 and RFC 7714 do. */
  srtp_profile_t profile = (srtp_profile_t)chosen->id;
  unsigned key = srtp_profile_get_master_key_length(profile), salt = srtp_profile_get_master_salt_length(profile);
  if (SSL_export_keying_material(ssl, keys, 2 * (key + salt), "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0) != 1)
    return "no SRTP keys";
  *out = srtp_session(profile, keys, keys + 2 * key, ssrc_any_outbound);
  *in = srtp_session(profile, keys + key, keys + 2 * key + salt, ssrc_any_inbound);
  return *out && *in ? NULL : "SRTP refused the keys";
}
