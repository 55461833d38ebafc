// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/LoginStep.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Pages with the looks, texts and languages of the issuer. Where somebody needs them, templates
/// and texts must be installed. Lent by the kernel to who lists "pages" in its needs, for use while
/// serving; grows at its end. Threads: any.
class Pages : public Plugin {
public:
    static constexpr Point point{"pages", 1, Cardinality::one};
    /// The template `page.name`, filled with its values, in the person's language. What a page
    /// loads from elsewhere is in two of them: `logo` of the value `client`, an image; and
    /// `frames`, a list of URLs.
    virtual HttpResponse show(const Context&, const HttpRequest& request, Page page,
                              int status = 200) const = 0;
    /// The same with a form: the value `csrf` is added, and goes back as the hidden field of that
    /// name. `purpose` says what the form does, and is the same in accepts().
    virtual HttpResponse showForm(const Context&, const HttpRequest& request, Page page,
                                  std::string_view purpose) const = 0;
    /// Was this form on a page that this browser was shown? No other site can post it.
    virtual bool accepts(const Context&, const HttpRequest& request, const Form& form,
                         std::string_view purpose) const = 0;
    /// The page with the texts "message.KEY.heading" and "message.KEY".
    virtual HttpResponse message(const Context&, const HttpRequest& request, std::string_view key,
                                 int status) const = 0;
    /// The page that says what is wrong with a request.
    virtual HttpResponse error(const Context&, const HttpRequest& request,
                               const OAuthError& error) const = 0;
    /// What a page tells of a client, in the person's language: the value `client`, with `name`,
    /// `logo`, `uri`, `policy`, `terms`, and `links` when there is one of the last three.
    virtual ValueMap client(const Context&, const HttpRequest& request,
                            const Client& client) const = 0;
    /// The image for a browser's tab, an SVG.
    virtual std::string icon(const Issuer&) const = 0;
    /// What pages call a scope, in the person's language: the text "scope.NAME", or one for all
    /// others.
    virtual std::string scope(const Context&, const HttpRequest& request,
                              std::string_view scope) const = 0;
    /// A text of the locale files in the person's language, with its values; empty: there is none
    /// of this key.
    virtual std::string text(const Context&, const HttpRequest& request, std::string_view key,
                             const ValueMap& values = {}) const = 0;
};

}  // namespace gatehouse
