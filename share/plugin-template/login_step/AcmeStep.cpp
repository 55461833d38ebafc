// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

namespace {

using namespace gatehouse;

/// Asks for a word that was given to the person.
class AcmeStep final : public LoginStep {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        words_ = config.map("words");
        return done();
    }
    std::string_view amr() const noexcept override { return "kba"; }

    Need needed(const Context& /*context*/, const LoginState& state) const override {
        return wordOf(state).empty() ? Need::unable : Need::yes;
    }
    Result<StepOutcome> ask(const Context& /*context*/, LoginState& /*state*/) const override {
        return StepOutcome::show({"acme", {}});
    }
    Result<StepOutcome> answer(const Context& /*context*/, LoginState& state,
                               const Form& form) const override {
        const auto word = wordOf(state);
        return !word.empty() && host_->crypto().equal(form.text("word"), word)
                   ? StepOutcome::passed()
                   : StepOutcome::again("acme.wrong");
    }

private:
    std::string_view wordOf(const LoginState& state) const {
        return state.person ? words_.text(state.person->user.login) : std::string_view();
    }

    Host* host_ = nullptr;
    ValueMap words_;
};

constexpr Field fields[] = {
    {"words", Kind::map, required, "by user name: the person's word"},
};

}  // namespace

GATEHOUSE_PLUGIN(AcmeStep, "acme", "1.0.0", "Asks for the person's word", fields)
