// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "page/PageFiles.h"
#include "page/Texts.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// One page in one language: a mustache template whose parts and texts are already in place, so
/// that nothing about it can fail while serving. Threads: any.
class PageTemplate {
public:
    /// "{{text.KEY}}" becomes the text of the language, escaped; "{{rich.KEY}}" the same with its
    /// values in <strong>; "{{>NAME}}" the part. The files are those that checkTemplates() found
    /// good; what can be wrong only where all comes together is added to `problems`.
    PageTemplate(const std::string& name, const PageFiles& files, const Texts& texts,
                 const std::string& language, std::vector<std::string>& problems);
    PageTemplate(const PageTemplate&) = delete;
    PageTemplate& operator=(const PageTemplate&) = delete;
    ~PageTemplate();

    /// HTML; every value is escaped. `common` holds what `values` does not.
    std::string render(const ValueMap& values, const ValueMap& common) const;
    /// CSP sources of the scripts in it: " 'sha256-...'" for each.
    const std::string& scriptSources() const noexcept { return scriptSources_; }

private:
    struct Parsed;

    std::unique_ptr<Parsed> parsed_;
    std::string scriptSources_;
};

}  // namespace gatehouse
