// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// What the record kinds, counters and crypto labels of one plugin instance are called behind its
/// back: "login_step.totp/enrolment". So no plugin reaches what is another's or the kernel's. Some
/// plain names are an extension point's: the plugin of it that KeepsPlainNames has them, and
/// the label of client secrets is lent to all that authenticate clients. The kernel owns all
/// others.
class InstanceNames {
public:
    /// `use` names the plugin, "login_step.totp", or the kernel's own "core"; `instance` is the
    /// `name:` of its entry.
    InstanceNames(std::string_view use, std::string_view instance);
    /// From now on the plain names of its extension point are its own.
    void keepPlainNames() noexcept { keepsPlainNames_ = true; }

    bool isKernel() const noexcept { return prefix_.empty(); }
    std::string kindIn(std::string_view kind) const;
    std::string kindOut(std::string_view kind) const;
    std::string labelIn(std::string_view label) const;
    /// The record kind of the tickets it calls this; no plugin's own records have it.
    std::string ticketIn(std::string_view kind) const;
    /// Whether ticketIn() leaves it as it is.
    bool isPlainTicket(std::string_view kind) const;
    std::string counterIn(std::string_view counter) const { return prefix_ + std::string(counter); }
    /// Every kind and topic of the batch.
    void putIn(Batch& batch) const;

private:
    struct PointNames;
    static const PointNames& namesOf(std::string_view point);

    const PointNames& point_;
    bool keepsPlainNames_ = false;
    std::string prefix_;
};

}  // namespace gatehouse
