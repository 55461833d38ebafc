// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

/// When is one authorization detail no more than another (RFC 9396 section 6)? All members must be
/// equal, but those for which something else is said, by path: `subset`, a list of some of the
/// items, never none; `at_most`, a number that is not larger. The lists that RFC 9396 section 2.2
/// defines are compared as subsets where nothing is said.
class Narrowing {
public:
    /// The first member whose word is not known; empty: there is none.
    std::string read(const ValueMap& words);

    bool isWithin(const ValueMap& granted, const ValueMap& asked) const;

private:
    bool isWithin(const Value& granted, const Value& asked, const std::string& path) const;
    bool areWithin(const ValueMap& granted, const ValueMap& asked, const std::string& path) const;

    std::map<std::string, std::string> words_{{"locations", "subset"},
                                              {"actions", "subset"},
                                              {"datatypes", "subset"},
                                              {"privileges", "subset"}};
};

}  // namespace gatehouse
