// SPDX-License-Identifier: Apache-2.0
#include "page/PageBook.h"

namespace gatehouse {

namespace {

const std::string& orElse(const std::string& own, const std::string& common) {
    return own.empty() ? common : own;
}

}  // namespace

Result<std::unique_ptr<PageBook>> PageBook::load(PageFolders folders, std::string defaultLanguage,
                                                 Branding branding, Looks looks, Host& host) {
    auto common = PageRenderer::load(folders, defaultLanguage, branding);
    if (!common) {
        return common.error();
    }
    std::unique_ptr<PageBook> book(new PageBook(std::move(folders), std::move(defaultLanguage),
                                                std::move(branding), std::move(looks), host));
    book->common_ = *std::move(common);
    return book;
}

PageBook::PageBook(PageFolders folders, std::string defaultLanguage, Branding branding, Looks looks,
                   Host& host)
    : folders_(std::move(folders)), defaultLanguage_(std::move(defaultLanguage)),
      branding_(std::move(branding)), looks_(std::move(looks)), log_(host.log()),
      own_(host.clock(), [this](IssuerId issuer) { return read(issuer); }) {}

const PageRenderer& PageBook::of(const Issuer& issuer) const {
    if (looks_.find(issuer.id) == looks_.end()) {
        return *common_;
    }
    const auto own = own_.of(issuer.id);
    return own ? **own : *common_;
}

Status PageBook::check(const Issuer& issuer) const {
    if (looks_.find(issuer.id) == looks_.end()) {
        return done();
    }
    const auto own = load(issuer.id);
    return own ? done() : Status{own.error()};
}

Result<std::unique_ptr<PageRenderer>> PageBook::load(IssuerId issuer) const {
    const auto& [overrides, own] = looks_.at(issuer);
    PageFolders folders = folders_;
    folders.overrides = orElse(overrides, folders_.overrides);
    return PageRenderer::load(folders, defaultLanguage_,
                              {orElse(own.name, branding_.name), orElse(own.logo, branding_.logo),
                               orElse(own.color, branding_.color)});
}

PerIssuer<PageRenderer>::Made PageBook::read(IssuerId issuer) const {
    auto own = load(issuer);
    if (!own) {
        log_.write(Level::error, "issuer without its own pages: " + own.error().detail,
                   {{"issuer", std::int64_t{issuer}}});
        return own.error();
    }
    return std::shared_ptr<const PageRenderer>(*std::move(own));
}

}  // namespace gatehouse
