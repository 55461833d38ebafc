// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include "page/Branding.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// A page to show to a person: a template of share/pages and what it is filled with.
struct PageView {
    std::string name;  ///< the template, without ".html"
    std::string language;  ///< of PageRenderer::language()
    ValueMap values;  ///< escaped by the template
    std::string
        postsTo;  ///< URI the page's form is posted to instead of us; empty: forms are for us
    std::string logo;  ///< URL of an image the page shows; empty: none
    std::vector<std::string> frames;  ///< URLs that it loads in frames
    Branding brand = {};  ///< of a client, in place of the issuer's; without a logo
};

/// What a browser is told: go there, or see this.
struct BrowserAnswer {
    std::string location;  ///< where to go; empty: show `page`
    PageView page;  ///< beside a location: shown, and goes on there by itself
    int status = 200;  ///< of the page; going elsewhere without one is 303
    seconds retryAfter{0};
    std::vector<Cookie> cookies;

    static BrowserAnswer goTo(std::string location) {
        BrowserAnswer answer;
        answer.location = std::move(location);
        return answer;
    }
    static BrowserAnswer show(PageView page, int status = 200) {
        BrowserAnswer answer;
        answer.page = std::move(page);
        answer.status = status;
        return answer;
    }
};

}  // namespace gatehouse
