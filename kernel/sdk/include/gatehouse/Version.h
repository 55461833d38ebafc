// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gatehouse {

/// Version of these headers. Until 1.0 a plugin fits only the server built with the same version.
constexpr std::uint16_t sdkMajor = 0;
constexpr std::uint16_t sdkMinor = 2;

// What must agree between a plugin and the server for C++ objects to cross; g++ and clang++ agree.
#if defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI
#define GATEHOUSE_CXX11 "1"
#else
#define GATEHOUSE_CXX11 "0"
#endif
#if defined(_GLIBCXX_DEBUG)
#define GATEHOUSE_DEBUG "1"
#else
#define GATEHOUSE_DEBUG "0"
#endif
#if defined(__LP64__)
#define GATEHOUSE_MODEL "lp64"
#else
#define GATEHOUSE_MODEL "ilp32"
#endif

/// Build tag: the properties of the C++ ABI this was compiled with.
constexpr const char* buildTag =
    "itanium libstdc++ cxx11=" GATEHOUSE_CXX11 " debug=" GATEHOUSE_DEBUG " " GATEHOUSE_MODEL;

}  // namespace gatehouse
