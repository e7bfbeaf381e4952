// Stands in for ankerl::unordered_dense, which Debian 12 does not package: the same names over the
// standard containers. These are never less safe (references and iterators survive more), only a
// little slower, and no lookup of the worker's is on them more than once per packet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense {

/// Hash whose result is well spread for numbers too. The standard one returns an integer as it is,
/// and the worker feeds hashes of ports and addresses to a combiner that expects better.
template <typename T>
struct hash {
  std::size_t operator()(const T& value) const noexcept {
    auto bits = static_cast<std::uint64_t>(std::hash<T>{}(value));

    // The finaliser of splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
    // generators", 2014): every input bit changes about half of the output bits.
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;

    return static_cast<std::size_t>(bits ^ (bits >> 31));
  }
};

template <typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
using map = std::unordered_map<Key, Value, Hash, Equal>;

template <typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
using set = std::unordered_set<Key, Hash, Equal>;

}  // namespace ankerl::unordered_dense
