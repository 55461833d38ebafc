// SPDX-License-Identifier: Apache-2.0
#include "http/Poller.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace gatehouse {

namespace {

constexpr std::uint32_t reserved = 0xFFFFFFFF;  // no connection has this slot
constexpr std::uint64_t wakeUpData = (std::uint64_t{1} << 32U) | reserved;
constexpr std::uint64_t listenerData = (std::uint64_t{2} << 32U) | reserved;

int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

}  // namespace

Descriptor::~Descriptor() {
    ::close(handle_);
}

WakeUp::WakeUp() : event_(checked(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")) {}

void WakeUp::ring() noexcept {
    ::eventfd_write(event_.handle(), 1);
}

Poller::Poller() : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")), events_() {}

void Poller::addWakeUp(int handle) {
    add(handle, EPOLLIN | EPOLLET, wakeUpData);
}

void Poller::addListener(int handle) {
    add(handle, EPOLLIN | EPOLLEXCLUSIVE, listenerData);
}

void Poller::addConnection(int handle, ConnectionId id) {
    add(handle, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
        (std::uint64_t{id.generation} << 32U) | id.slot);
}

void Poller::remove(int handle) noexcept {
    ::epoll_ctl(epoll_.handle(), EPOLL_CTL_DEL, handle, nullptr);
}

std::size_t Poller::wait(int milliseconds) noexcept {
    const int count = ::epoll_wait(epoll_.handle(), events_.data(),
                                   static_cast<int>(events_.size()), milliseconds);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
}

Poller::Event Poller::event(std::size_t index) const noexcept {
    const auto& event = events_[index];
    const ConnectionId id{static_cast<std::uint32_t>(event.data.u64),
                          static_cast<std::uint32_t>(event.data.u64 >> 32U)};
    if (event.data.u64 == wakeUpData) {
        return {Event::Source::wakeUp, id, event.events};
    }
    if (event.data.u64 == listenerData) {
        return {Event::Source::listener, id, event.events};
    }
    return {Event::Source::connection, id, event.events};
}

void Poller::add(int handle, std::uint32_t mask, std::uint64_t data) {
    epoll_event event{};
    event.events = mask;
    event.data.u64 = data;
    checked(::epoll_ctl(epoll_.handle(), EPOLL_CTL_ADD, handle, &event), "epoll_ctl");
}

}  // namespace gatehouse
