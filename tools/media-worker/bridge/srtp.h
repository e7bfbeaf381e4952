// mediasoup is written against libsrtp 3; Debian 12 has libsrtp 2.5. This header offers the part of
// version 3's interface that the worker uses, on top of version 2. C++ overloading lets functions
// that kept their name but changed their parameters live beside version 2's own.
#pragma once

// Version 2 calls its policy struct what version 3 calls its opaque handle.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string.h>  // explicit_bzero()

// Error codes that version 3 added.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err = static_cast<srtp_err_status_t>(29);

namespace srtp_bridge {

/// What version 3 hides behind its policy handle: a version 2 policy and the key it points to.
struct Policy {
  srtp2_policy_t v2{};
  /// Master key and salt, one after the other, as version 2 wants them.
  unsigned char key[SRTP_MAX_KEY_LEN]{};
  srtp_profile_t profile{ srtp_profile_reserved };
  bool hasKey{ false };
};

/// Runs one of version 2's in-place functions over separate buffers with explicit sizes.
///
/// @param growth  how many bytes the function may append, which version 2 does not check itself.
/// @param outLen  in: size of `out` in bytes; on success: size of the result.
template <typename InPlace>
srtp_err_status_t transform(
  const std::uint8_t* in, std::size_t inLen, std::uint8_t* out, std::size_t* outLen, std::size_t growth, InPlace inPlace)
{
  if (in == nullptr || out == nullptr || outLen == nullptr || inLen > INT_MAX)
  {
    return srtp_err_status_bad_param;
  }

  if (*outLen < inLen || *outLen - inLen < growth)
  {
    return srtp_err_status_buffer_small;
  }

  if (in != out)
  {
    std::memmove(out, in, inLen);
  }

  int len = static_cast<int>(inLen);
  const srtp_err_status_t status = inPlace(out, &len);

  if (status == srtp_err_status_ok)
  {
    *outLen = static_cast<std::size_t>(len);
  }

  return status;
}

}  // namespace srtp_bridge

using srtp_policy_t = srtp_bridge::Policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
  *policy = new (std::nothrow) srtp_bridge::Policy();

  return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
  if (policy != nullptr)
  {
    explicit_bzero(policy->key, sizeof(policy->key));
    delete policy;
  }
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
  policy->v2.ssrc = ssrc;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
  const srtp_err_status_t status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

  if (status != srtp_err_status_ok)
  {
    return status;
  }

  policy->profile = profile;

  return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile);
}

/// One key without an identifier, which is all that DTLS-SRTP needs. The profile must be set first.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const std::uint8_t* key,
  std::size_t keyLen,
  const std::uint8_t* salt,
  std::size_t saltLen,
  const std::uint8_t* mki,
  std::size_t mkiLen)
{
  if (
    mki != nullptr || mkiLen != 0 || policy->hasKey || keyLen + saltLen > sizeof(policy->key) ||
    keyLen != srtp_profile_get_master_key_length(policy->profile) ||
    saltLen != srtp_profile_get_master_salt_length(policy->profile))
  {
    return srtp_err_status_bad_param;
  }

  std::memcpy(policy->key, key, keyLen);
  std::memcpy(policy->key + keyLen, salt, saltLen);
  policy->v2.key = policy->key;
  policy->hasKey = true;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
  policy->v2.allow_repeat_tx = allow ? 1 : 0;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, std::size_t packets)
{
  policy->v2.window_size = packets;

  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
  if (policy == nullptr || !policy->hasKey)
  {
    return srtp_err_status_bad_param;
  }

  return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->v2));
}

/// @param ssrc  in network byte order, in both versions.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, std::uint32_t ssrc)
{
  return srtp_remove_stream(session, ssrc);
}

// The key index is ignored below: srtp_policy_add_key() accepts one key only.

inline srtp_err_status_t srtp_protect(
  srtp_t session, const std::uint8_t* rtp, std::size_t rtpLen, std::uint8_t* srtp, std::size_t* srtpLen, std::size_t /*mkiIndex*/)
{
  return srtp_bridge::transform(
    rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN, [session](std::uint8_t* packet, int* len) {
      return srtp_protect(session, static_cast<void*>(packet), len);
    });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const std::uint8_t* rtcp, std::size_t rtcpLen, std::uint8_t* srtcp, std::size_t* srtcpLen, std::size_t /*mkiIndex*/)
{
  // SRTCP also carries a 4 byte index.
  return srtp_bridge::transform(
    rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN + 4, [session](std::uint8_t* packet, int* len) {
      return srtp_protect_rtcp(session, static_cast<void*>(packet), len);
    });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const std::uint8_t* srtp, std::size_t srtpLen, std::uint8_t* rtp, std::size_t* rtpLen)
{
  return srtp_bridge::transform(srtp, srtpLen, rtp, rtpLen, 0, [session](std::uint8_t* packet, int* len) {
    return srtp_unprotect(session, static_cast<void*>(packet), len);
  });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const std::uint8_t* srtcp, std::size_t srtcpLen, std::uint8_t* rtcp, std::size_t* rtcpLen)
{
  return srtp_bridge::transform(srtcp, srtcpLen, rtcp, rtcpLen, 0, [session](std::uint8_t* packet, int* len) {
    return srtp_unprotect_rtcp(session, static_cast<void*>(packet), len);
  });
}
