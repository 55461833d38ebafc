// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/LoginStep.h>

#include <string>

namespace gatehouse {

/// How somebody's app makes its codes (RFC 6238), as another server kept it.
struct ForeignTotpKey {
    Secret secret;  ///< the bytes
    std::string algorithm = "SHA1";  ///< of HMAC, as in otpauth: links
    int digits = 6;
    seconds period{30};
};

/// Beside a LoginStep: takes keys that people had on another server. Threads: any.
class TakesTotpKeys {
public:
    static constexpr Capability capability{"login_step.totp_keys", 1};
    TakesTotpKeys(const TakesTotpKeys&) = delete;
    TakesTotpKeys& operator=(const TakesTotpKeys&) = delete;
    virtual ~TakesTotpKeys() = default;

    /// Why no code is taken that is made by it, going on from "its key"; empty: it is good.
    virtual std::string problem(const ForeignTotpKey& key) const = 0;
    /// `person` need not be there yet. True: the key is kept, now or already. False: another one
    /// is, which stays.
    virtual Result<bool> take(const Context&, const FoundUser& person,
                              const ForeignTotpKey& key) = 0;
    /// What take() would say now.
    virtual Result<bool> wouldTake(const Context&, const FoundUser& person,
                                   const ForeignTotpKey& key) const = 0;
    /// Undoes take(): who stays away has no key here. Another key stays.
    virtual Status giveBack(const Context&, const FoundUser& person, const ForeignTotpKey& key) = 0;

private:
    template <class P, class... C> friend class With;
    TakesTotpKeys() = default;
};

}  // namespace gatehouse
