// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/Lower.h"

#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Which sites are asked just now by workers that wait for them: each by one at once, and few in
/// all, so that a slow one holds up one worker. Threads: any.
class SiteTurns {
public:
    explicit SiteTurns(std::size_t most) : most_(most) {}

    /// That a site is asked, while it lives.
    class Turn {
    public:
        /// `url`: absolute.
        Turn(SiteTurns& turns, std::string_view url)
            : turns_(turns),
              site_(lowered(url.substr(0, url.find_first_of("/?", endOfScheme(url))))),
              isOurs_(turns_.enter(site_)) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            if (isOurs_) {
                turns_.leave(site_);
            }
        }

        /// Otherwise the site is to be left alone.
        bool isOurs() const noexcept { return isOurs_; }

    private:
        static std::size_t endOfScheme(std::string_view url) { return url.find("//") + 2; }

        SiteTurns& turns_;
        const std::string site_;
        const bool isOurs_;
    };

private:
    bool enter(const std::string& site) {
        const std::lock_guard lock(mutex_);
        return sites_.size() < most_ && sites_.insert(site).second;
    }
    void leave(const std::string& site) {
        const std::lock_guard lock(mutex_);
        sites_.erase(site);
    }

    const std::size_t most_;
    std::mutex mutex_;
    std::set<std::string> sites_;
};

}  // namespace gatehouse
