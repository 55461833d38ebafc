// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Sessions.h>

namespace gatehouse {

class Services;

/// See Sessions.
class LentSessions final : public Sessions {
public:
    explicit LentSessions(Services& core) : core_(core) {}

    Result<std::optional<SignOn>> find(const Context& context,
                                       const HttpRequest& request) const override;
    Result<std::vector<SignOn>> list(const Context& context, std::string_view sub) const override;
    Result<std::vector<Cookie>> end(const Context& context,
                                    const HttpRequest& request) const override;
    Status endAll(const Context& context, std::string_view sub) const override;
    Result<std::vector<std::string>> frames(const Context& context,
                                            const SignOn& session) const override;
    Result<std::string> sidFor(const Context& context, const Client& client,
                               const SignOn& session) const override;
    Result<std::vector<SignOn>> findAll(const Context& context,
                                        const HttpRequest& request) const override;
    Result<std::vector<Cookie>> endThese(const Context& context, const HttpRequest& request,
                                         const std::vector<SignOn>& sessions) const override;
    Result<bool> endOne(const Context& context, std::string_view sub, std::string_view sid,
                        const std::string& remoteAddress) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
