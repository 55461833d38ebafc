// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>

#include "text/Lower.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Which sites are asked just now by workers that wait for them: each by few at once, and few in
/// all, so that a slow one holds up few workers. It then rests, longer each time, so that the turns
/// are for others. Threads: any.
class SiteTurns {
public:
    struct Most {
        std::size_t inAll;
        std::size_t ofOne = 1;
    };

    SiteTurns(const Clock& clock, Most most) : clock_(clock), most_(most) {}

    /// That a site is asked, while it lives.
    class Turn {
    public:
        /// `url`: absolute.
        Turn(SiteTurns& turns, std::string_view url)
            : turns_(turns),
              site_(lowered(url.substr(0, url.find_first_of("/?", endOfScheme(url))))),
              begun_(turns.clock_.steady()), isOurs_(turns.enter(site_, begun_)) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            if (isOurs_) {
                turns_.leave(site_, begun_);
            }
        }

        /// Otherwise the site is to be left alone.
        bool isOurs() const noexcept { return isOurs_; }
        /// That of the call: somebody looks at an empty page meanwhile.
        Context hurried(const Context& context) const {
            Context hurried = context;
            hurried.deadline = std::min<SteadyPoint>(context.deadline, begun_ + patience);
            return hurried;
        }

    private:
        static std::size_t endOfScheme(std::string_view url) { return url.find("//") + 2; }

        SiteTurns& turns_;
        const std::string site_;
        const SteadyPoint begun_;
        const bool isOurs_;
    };

private:
    static constexpr seconds patience{2};
    static constexpr milliseconds slow{1500};
    static constexpr seconds shortestRest{10};
    static constexpr seconds longestRest{300};

    struct Rest {
        seconds length;
        SteadyPoint until;

        bool isForgotten(SteadyPoint now) const { return now >= until + length; }
    };

    bool enter(const std::string& site, SteadyPoint now) {
        const std::lock_guard lock(mutex_);
        const auto rest = rests_.find(site);
        const bool rests = rest != rests_.end() && now < rest->second.until;
        const bool isOurs =
            !rests && asked_.size() < most_.inAll && asked_.count(site) < most_.ofOne;
        if (isOurs) {
            asked_.insert(site);
        }
        return isOurs;
    }

    void leave(const std::string& site, SteadyPoint begun) {
        const std::lock_guard lock(mutex_);
        asked_.erase(asked_.find(site));
        const SteadyPoint now = clock_.steady();
        if (now - begun < slow) {
            rests_.erase(site);
        } else {
            rest(site, now);
        }
    }

    /// There are no more than turns of `slow` in the time until one is forgotten.
    void rest(const std::string& site, SteadyPoint now) {
        for (auto each = rests_.begin(); each != rests_.end();) {
            each = each->second.isForgotten(now) ? rests_.erase(each) : std::next(each);
        }
        const auto known = rests_.find(site);
        const auto length =
            known == rests_.end() ? shortestRest : std::min(known->second.length * 2, longestRest);
        rests_.insert_or_assign(site, Rest{length, now + length});
    }

    const Clock& clock_;
    const Most most_;
    std::mutex mutex_;
    std::multiset<std::string> asked_;
    std::map<std::string, Rest> rests_;
};

}  // namespace gatehouse
