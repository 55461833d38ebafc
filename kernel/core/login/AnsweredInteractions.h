// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/Storage.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class SessionService;
struct Interaction;
struct Session;

/// What answered each interaction: written, sealed, with what it gives, so that whoever presses a
/// button twice, on whatever node, has one answer, and gets the same again. Threads: any; blocks on
/// the storage.
class AnsweredInteractions {
public:
    using Answer = std::vector<Form::Field>;

    /// `pagesLifetime`: for how long the pages of an interaction can lead to an answer;
    /// `answerLifetime`: for how long one is worth being given again.
    AnsweredInteractions(Host& host, const SessionService& sessions, seconds pagesLifetime,
                         seconds answerLifetime)
        : host_(host), sessions_(sessions), pagesLifetime_(pagesLifetime),
          answerLifetime_(answerLifetime) {}

    /// The batch is then applied only when the interaction has no answer yet. It is
    /// of this session.
    void add(const Interaction& interaction, const Session& session, const Answer& answer,
             Batch& batch) const;
    /// nullopt: none yet. Empty: one that is too old to be given again, speaks of somebody else, or
    /// is of a session that has ended.
    Result<std::optional<Answer>> find(const Context& context, const Interaction& interaction,
                                       std::string_view sub) const;

private:
    std::string keyOf(const Interaction& interaction) const;

    Host& host_;
    const SessionService& sessions_;
    seconds pagesLifetime_;
    seconds answerLifetime_;
};

}  // namespace gatehouse
