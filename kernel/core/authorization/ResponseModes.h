// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/ResponseMode.h>

#include "authorization/OwnModes.h"
#include "plugin/Watched.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The ways in which answers reach clients: the kernel's, and those of plugins; made once a
/// generation. What a plugin throws or answers amiss is Fault::internal. Threads: any.
class ResponseModes {
public:
    ResponseModes(Host& host, const std::vector<Host::Named<ResponseMode>>& plugins);

    bool has(std::string_view mode) const noexcept { return find(mode) != nullptr; }
    std::vector<std::string> names() const;
    /// Do servers see what comes by it?
    static bool isQuery(std::string_view mode) noexcept {
        return mode.substr(0, mode.find('.')) == ResponseMode::query;
    }
    /// `mode` is one of them. It leads to the redirect URI. Errors are logged already.
    Result<AnswerOnItsWay> write(std::string_view mode, const AnswerInHand& answer) const;

private:
    const Watched<ResponseMode>* find(std::string_view mode) const noexcept;

    Log& log_;
    QueryMode query_;
    FormPostMode formPost_;
    std::vector<Watched<ResponseMode>> modes_;
};

}  // namespace gatehouse
