// SPDX-License-Identifier: Apache-2.0
#include "loader/AskedPoints.h"

#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Consents.h>
#include <gatehouse/facade/Discovery.h>
#include <gatehouse/facade/Logins.h>
#include <gatehouse/facade/Mails.h>
#include <gatehouse/facade/Pages.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/RecentEvents.h>
#include <gatehouse/facade/Requests.h>
#include <gatehouse/facade/ServerState.h>
#include <gatehouse/facade/Sessions.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/AnswerMember.h>
#include <gatehouse/point/Approver.h>
#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/point/ClaimsSource.h>
#include <gatehouse/point/ClientAuthMethod.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/point/ClientSource.h>
#include <gatehouse/point/EventSink.h>
#include <gatehouse/point/Grant.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/ImportFormat.h>
#include <gatehouse/point/KeyStore.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/Mailer.h>
#include <gatehouse/point/MetricsExporter.h>
#include <gatehouse/point/PasswordRule.h>
#include <gatehouse/point/RequestSource.h>
#include <gatehouse/point/ResourceRegistry.h>
#include <gatehouse/point/ResponseMode.h>
#include <gatehouse/point/ResponseType.h>
#include <gatehouse/point/Storage.h>
#include <gatehouse/point/TokenBinding.h>
#include <gatehouse/point/TokenFormat.h>
#include <gatehouse/point/TrustedIssuer.h>
#include <gatehouse/point/UserStore.h>

#include "file/GivenFile.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace gatehouse {

namespace {

/// No plugin comes near.
constexpr FileWish libraryWish{Keeping::shared, 256U << 20U};

struct NamedType {
    const char* point;
    const char* type;
};

template <class P> NamedType named() {
    return {P::point.name, typeid(P).name()};
}

/// Host::one() and all() cast to the point's interface, and a cast names its type in the library.
bool names(std::string_view library, const char* type) {
    constexpr std::string_view nul("\0", 1);
    const auto name = std::string(nul).append(type).append(nul);
    // find() stops at each zero byte, and a library is full of them.
    return ::memmem(library.data(), library.size(), name.data(), name.size()) != nullptr;
}

/// Of the point itself, or in need of it.
bool mayAsk(const PluginDescriptor& plugin, std::string_view point) {
    const auto& needs = plugin.needs;
    return point == plugin.point.name ||
           std::find(needs.begin(), needs.end(), point) != needs.end();
}

/// Of points and facades.
const std::vector<NamedType>& namedTypes() {
    static const std::vector<NamedType> types{named<ClientAuthMethod>(),
                                              named<EventSink>(),
                                              named<Grant>(),
                                              named<HttpModule>(),
                                              named<KeyStore>(),
                                              named<LoginStep>(),
                                              named<Storage>(),
                                              named<TokenFormat>(),
                                              named<MetricsExporter>(),
                                              named<UserStore>(),
                                              named<Clients>(),
                                              named<Tokens>(),
                                              named<People>(),
                                              named<Sessions>(),
                                              named<Pages>(),
                                              named<Discovery>(),
                                              named<ServerState>(),
                                              named<Requests>(),
                                              named<Logins>(),
                                              named<AuthorizationRule>(),
                                              named<ClaimsSource>(),
                                              named<ResponseMode>(),
                                              named<ResponseType>(),
                                              named<Consents>(),
                                              named<TokenBinding>(),
                                              named<ClientMetadataRule>(),
                                              named<RequestSource>(),
                                              named<AnswerMember>(),
                                              named<ResourceRegistry>(),
                                              named<TrustedIssuer>(),
                                              named<ClientSource>(),
                                              named<Approver>(),
                                              named<ImportFormat>(),
                                              named<PasswordRule>(),
                                              named<Mailer>(),
                                              named<Mails>(),
                                              named<RecentEvents>()};
    return types;
}

}  // namespace

std::vector<std::string> unlistedPoints(const PluginPath& path, const Library& plugins) {
    std::vector<std::string> unlisted;
    const auto library = readGivenFile(path.pinned, libraryWish);
    if (!library) {
        return unlisted;
    }
    for (const auto& [point, type] : namedTypes()) {
        const bool isListed =
            std::any_of(plugins.begin(), plugins.end(),
                        [name = point](const auto* plugin) { return mayAsk(*plugin, name); });
        if (!isListed && names(library->text, type)) {
            unlisted.emplace_back(point);
        }
    }
    return unlisted;
}

}  // namespace gatehouse
