// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "AccountDesk.h"
#include "EventsPage.h"
#include "NewWayPage.h"
#include "OverviewPage.h"
#include "PasswordPage.h"
#include "ProfilePage.h"
#include "SessionsPage.h"
#include "SitesPage.h"
#include "WaysPage.h"

#include <chrono>
#include <memory>

namespace gatehouse {

namespace {

/// Each built of those before it.
struct AccountPages {
    AccountPages(Host& host, seconds freshFor) : desk(host, freshFor) {}

    AccountDesk desk;
    WaysPage ways{desk};
    NewWayPage newWay{desk, ways};
    EventsPage events{desk};
    OverviewPage overview{desk, ways, events};
    ProfilePage profile{desk};
    SessionsPage sessions{desk};
    PasswordPage password{desk, sessions};
    SitesPage sites{desk};
};

}  // namespace

/// Owns /account and what is below: where people look after their account.
class AccountModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        freshFor_ = std::chrono::duration_cast<seconds>(config.duration("fresh_for"));
        return done();
    }
    Status start() override {
        pages_ = std::make_unique<AccountPages>(*host_, freshFor_);
        return done();
    }
    std::vector<Route> routes() override {
        using All = AccountPages;
        return {
            get(OverviewPage::path, &All::overview, &OverviewPage::show),
            get(ProfilePage::path, &All::profile, &ProfilePage::show),
            post(ProfilePage::path, &All::profile, &ProfilePage::post),
            get(PasswordPage::path, &All::password, &PasswordPage::show),
            post(PasswordPage::path, &All::password, &PasswordPage::post, Lane::login),
            get(WaysPage::path, &All::ways, &WaysPage::show),
            get(WaysPage::removePath, &All::ways, &WaysPage::showRemoval),
            post(WaysPage::removePath, &All::ways, &WaysPage::remove),
            post(WaysPage::cancelPath, &All::ways, &WaysPage::cancel),
            get(NewWayPage::path, &All::newWay, &NewWayPage::show),
            post(NewWayPage::path, &All::newWay, &NewWayPage::post),
            get(SessionsPage::path, &All::sessions, &SessionsPage::show),
            post(SessionsPage::path, &All::sessions, &SessionsPage::post),
            get(SessionsPage::everywherePath, &All::sessions, &SessionsPage::showEverywhere),
            post(SessionsPage::everywherePath, &All::sessions, &SessionsPage::postEverywhere),
            get(EventsPage::path, &All::events, &EventsPage::show),
            get(SitesPage::path, &All::sites, &SitesPage::show),
            post(SitesPage::path, &All::sites, &SitesPage::post),
        };
    }

private:
    template <class Page>
    using Answer = HttpResponse (Page::*)(const Context&, const HttpRequest&) const;

    template <class Page>
    Route route(const char* method, const char* path, Lane lane, Page AccountPages::*page,
                Answer<Page> answer) const {
        return {method, path, lane,
                [this, page, answer](const Context& context, const HttpRequest& request) {
                    return (pages_.get()->*page.*answer)(context, request);
                }};
    }
    template <class Page>
    Route get(const char* path, Page AccountPages::*page, Answer<Page> answer) const {
        return route("GET", path, Lane::people, page, answer);
    }
    template <class Page>
    Route post(const char* path, Page AccountPages::*page, Answer<Page> answer,
               Lane lane = Lane::people) const {
        return route("POST", path, lane, page, answer);
    }

    Host* host_ = nullptr;
    seconds freshFor_{0};
    std::unique_ptr<AccountPages> pages_;
};

constexpr Field fields[] = {
    {"fresh_for", Kind::duration, byDefault("5m"),
     "how long after a login dangerous things need no other one", between(1'000, 3'600'000)},
};

constexpr const char* needs[] = {"clients", "consents", "login_step",    "logins",      "pages",
                                 "people",  "sessions", "recent_events", "module.login"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::AccountModule, "account", "0.1.0",
                 "Pages where people look after their account", gatehouse::fields, gatehouse::needs)
