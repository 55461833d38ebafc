// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "page/PageFiles.h"
#include "page/Texts.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// One mail in one language: plain text. Threads: any.
class MailTemplate {
public:
    /// As PageTemplate's, but that nothing is escaped and there are no parts.
    MailTemplate(const PageFile& file, const Texts& texts, const std::string& language,
                 std::vector<std::string>& problems);
    MailTemplate(const MailTemplate&) = delete;
    MailTemplate& operator=(const MailTemplate&) = delete;
    ~MailTemplate();

    /// A value stays on its line, whatever is in it.
    std::string render(const ValueMap& values, const ValueMap& common) const;

private:
    struct Parsed;

    std::unique_ptr<Parsed> parsed_;
};

/// What is said in one line: a blank for each control character.
std::string onOneLine(const std::string& text);

}  // namespace gatehouse
