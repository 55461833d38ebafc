// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <memory>
#include <string>
#include <utility>

namespace gatehouse {

/// A regular expression of a schema. Threads: any.
class Pattern {
public:
    /// Fault::badInput: it is none.
    static Result<Pattern> compile(const std::string& expression);
    /// Is it found in this UTF-8 text? One that takes too long to tell is not.
    bool isIn(const std::string& text) const;

private:
    struct Compiled;
    explicit Pattern(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace gatehouse
