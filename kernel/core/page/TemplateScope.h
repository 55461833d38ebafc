// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <array>
#include <deque>
#include <string>
#include <vector>
#if __has_include(<kainjow/mustache.hpp>)
#include <kainjow/mustache.hpp>
#else
#include <mustache.hpp>  // where Fedora has it
#endif

namespace gatehouse {

namespace mustache = kainjow::mustache;

/// What the names in a template stand for, the innermost first. Of a page's values only what the
/// template asks for is made into data of the library. All arguments must outlive it. One thread.
class TemplateScope : public mustache::basic_context<std::string> {
public:
    TemplateScope(const mustache::data& constants, const ValueMap& values, const ValueMap& common)
        : within_{&constants}, values_{&values, &common} {}

    void push(const mustache::data* data) override { within_.push_back(data); }
    void pop() override { within_.pop_back(); }
    const mustache::data* get(const std::string& name) const override;
    const mustache::data* get_partial(const std::string& name) const override { return get(name); }

private:
    std::vector<const mustache::data*> within_;
    std::array<const ValueMap*, 2> values_;
    mutable std::deque<mustache::data> made_;
};

}  // namespace gatehouse
