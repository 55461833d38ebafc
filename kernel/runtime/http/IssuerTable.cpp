// SPDX-License-Identifier: Apache-2.0
#include "http/IssuerTable.h"

#include "text/HostName.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

bool endsWith(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view authorityOf(std::string_view url) {
    const auto scheme = url.find("://");
    const std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
    return rest.substr(0, rest.find('/'));
}

std::string_view prefixOf(const Issuer& issuer) {
    const std::string_view path = issuer.path;
    return endsWith(path, "/") ? path.substr(0, path.size() - 1) : path;
}

}  // namespace

IssuerTable::IssuerTable(std::vector<Issuer> issuers, HostRule rule)
    : issuers_(std::move(issuers)), loaded_(new std::atomic<bool>[issuers_.size()]()) {
    for (const auto& issuer : issuers_) {
        add(issuer.url, issuer);
        const std::string_view prefix = prefixOf(issuer);
        const auto slashes = std::count(prefix.begin(), prefix.end(), '/');
        depth_ = std::max(depth_, static_cast<std::size_t>(slashes));
    }
    if (rule == HostRule::anyForOne && hosts_.size() == 1) {
        everywhere_ = &hosts_.begin()->second;
        return;
    }
    for (const auto& issuer : issuers_) {
        if (!issuer.mtlsUrl.empty()) {
            add(issuer.mtlsUrl, issuer);
        }
    }
}

void IssuerTable::add(std::string_view url, const Issuer& issuer) {
    hosts_[hostName(authorityOf(url))].emplace(prefixOf(issuer), &issuer);
}

IssuerTable::Found IssuerTable::find(std::string_view host, std::string_view path) const {
    const Paths& paths = pathsOf(host);
    Found best;
    std::size_t end = 0;
    for (std::size_t depth = 0; depth <= depth_ && end <= path.size(); ++depth) {
        const auto found = paths.find(path.substr(0, end));
        if (found != paths.end()) {
            best = {found->second, path.substr(end)};
        }
        end = end < path.size() ? std::min(path.find('/', end + 1), path.size()) : end + 1;
    }
    return best;
}

const Issuer* IssuerTable::exactly(std::string_view host, std::string_view path) const {
    const Paths& paths = pathsOf(host);
    const auto found = paths.find(path);
    return found == paths.end() ? nullptr : found->second;
}

const IssuerTable::Paths& IssuerTable::pathsOf(std::string_view host) const {
    if (everywhere_ != nullptr) {
        return *everywhere_;
    }
    const auto found = hosts_.find(hostName(host));
    return found == hosts_.end() ? nowhere_ : found->second;
}

std::vector<const Issuer*> IssuerTable::loaded() const {
    std::vector<const Issuer*> loaded;
    for (const auto& issuer : issuers_) {
        if (isLoaded(issuer)) {
            loaded.push_back(&issuer);
        }
    }
    return loaded;
}

}  // namespace gatehouse
