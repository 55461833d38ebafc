// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "json/Json.h"
#include "plugin/ReadAgain.h"
#include "plugin/Watched.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

/// Of a note as JSON, in bytes.
constexpr std::size_t longestNote = 4096;

/// What a rule notes, as it will be read again; Fault::internal where it cannot be kept.
template <class P> Result<ValueMap> keptNote(const Watched<P>& rule, const ValueMap& note) {
    const auto text = toJson(note);
    if (text.size() > longestNote) {
        return rule.fault("its note is too long");
    }
    auto again = readAgain(text);
    return again ? Result<ValueMap>(*std::move(again))
                 : rule.fault("its note cannot be read again");
}

}  // namespace gatehouse
