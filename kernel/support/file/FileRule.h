// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace gatehouse {

/// How what an operator supplies has to be kept: the one rule, which the operators' guide tells
/// under "Whose files are taken".
enum class Keeping : std::uint8_t {
    shared,  ///< not everybody can write it: pages and texts
    own,  ///< and it belongs to root or to this process's user: configuration, clients, people
    secret  ///< and not everybody can read it
};

struct FileFacts {
    mode_t mode;
    uid_t owner;
    bool isReadOnly;  ///< mounted so: here nobody can write it, nor change its mode
};

/// What is wrong with how something is kept: its name and this text make a sentence. Both empty:
/// nothing.
struct FileVerdict {
    std::string refusal;
    std::string doubt;  ///< only to be told, since this process could not put it right
};

/// `self`: the user who reads.
FileVerdict judge(const FileFacts& facts, uid_t self, Keeping keeping);

FileFacts factsOf(int descriptor);

}  // namespace gatehouse
