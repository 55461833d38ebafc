// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>

#include "page/Branding.h"
#include "page/BrowserAnswer.h"
#include "page/MailTemplate.h"
#include "page/PageTemplate.h"
#include "page/Texts.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Shows pages: mustache templates and texts, read and checked once. A template is kept from when
/// it is first shown: most servers are asked for few of the languages. Threads: any.
class PageRenderer {
public:
    /// Fault::badInput with every problem of every file, one a line.
    static Result<std::unique_ptr<PageRenderer>>
    load(const PageFolders& folders, std::string defaultLanguage, const Branding& branding = {});

    /// The best language for a person; `uiLocales` may be empty.
    const std::string& language(std::string_view uiLocales, const HttpRequest& request) const {
        return texts_.choose(uiLocales, request.header("accept-language"));
    }
    /// What a scope is called: its own text, or that for all others.
    std::string scope(std::string_view language, std::string_view scope) const;
    /// A text of the locale files with its values put in; the templates escape it.
    std::string text(std::string_view language, std::string_view key,
                     const ValueMap& values = {}) const {
        return texts_.text(language, key, values);
    }
    std::vector<std::string> languages() const { return texts_.languages(); }
    /// The image for a browser's tab, an SVG.
    const std::string& icon() const noexcept { return files_.icon.text; }

    /// The page that says what is wrong with a request (id "oauth-error").
    static BrowserAnswer error(std::string_view language, const OAuthError& error);
    /// The page with the texts "message.KEY.heading" and "message.KEY".
    BrowserAnswer message(std::string_view language, std::string_view key, int status,
                          const ValueMap& values = {}) const;

    /// The answer on the wire, with the headers that keep it out of caches, frames and referrers. A
    /// page of an unknown name is Fault::internal's error page.
    HttpResponse respond(const Context& context, const BrowserAnswer& answer) const;

    struct MailText {
        std::string subject;  ///< one line
        std::string text;
    };
    /// nullopt: there is no such mail.
    std::optional<MailText> mail(const Context& context, std::string_view language,
                                 std::string_view name, const ValueMap& values) const;

private:
    struct Kept {
        std::once_flag once;
        std::unique_ptr<PageTemplate> page;
    };

    explicit PageRenderer(Texts texts) : texts_(std::move(texts)) {}
    void compile(PageFiles files, std::vector<std::string>& problems);
    /// nullptr when there is no such page.
    const PageTemplate* find(const std::string& language, const std::string& name) const;
    ValueMap brandOf(const PageView& page) const;
    void show(const Context& context, const PageView& page, HttpResponse& response) const;

    Texts texts_;
    PageFiles files_;
    mutable std::map<std::string, Kept> templates_;  ///< by "de/login"
    std::map<std::string, std::unique_ptr<MailTemplate>, std::less<>> mails_;  ///< by "de/notice"
    std::string styleSource_;
    ValueMap brand_;
};

}  // namespace gatehouse
