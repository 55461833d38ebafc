// SPDX-License-Identifier: Apache-2.0
// A login step as a third party writes it, against the SDK alone: who has a card tells its number
// on one page, and on the next a word that is printed on it.
#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace gatehouse;

constexpr const char* position = "position";  ///< kept while the second page is shown

struct Card {
    std::string number;
    std::vector<std::string> words;
};

class WordCard final : public LoginStep {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        cards_ = config.map("cards");
        return done();
    }
    std::string_view amr() const noexcept override { return "otp"; }

    Need needed(const Context& /*context*/, const LoginState& state) const override {
        return cardOf(state).words.empty() ? Need::unable : Need::yes;
    }

    Result<StepOutcome> ask(const Context& /*context*/, LoginState& state) const override {
        const Value* asked = state.kept.find(position);
        if (asked == nullptr) {
            return StepOutcome::show({"word_card_number", {}});
        }
        return StepOutcome::show({"word_card_word", {{position, *asked->integer() + 1}}});
    }

    Result<StepOutcome> answer(const Context& /*context*/, LoginState& state,
                               const Form& form) const override {
        const Card card = cardOf(state);
        const Value* asked = state.kept.find(position);
        if (asked == nullptr) {
            return takeNumber(card, state, form.text("number"));
        }
        const std::string& word = card.words.at(static_cast<std::size_t>(*asked->integer()));
        state.kept.erase(position);  // a wrong word is not asked for again
        return host_->crypto().equal(form.text("word"), word)
                   ? StepOutcome::passed()
                   : StepOutcome::again("word_card.wrong");
    }

private:
    Result<StepOutcome> takeNumber(const Card& card, LoginState& state,
                                   std::string_view number) const {
        if (!host_->crypto().equal(number, card.number)) {
            return StepOutcome::again("word_card.wrong");
        }
        const auto byte = static_cast<unsigned char>(host_->random().bytes(1).front());
        state.kept.set(position, static_cast<std::int64_t>(byte % card.words.size()));
        return StepOutcome::again();  // no message: the next page
    }

    Card cardOf(const LoginState& state) const {
        Card card;
        if (state.person) {
            std::istringstream text{std::string(cards_.text(state.person->user.login))};
            text >> card.number;
            for (std::string word; text >> word;) {
                card.words.push_back(word);
            }
        }
        return card;
    }

    Host* host_ = nullptr;
    ValueMap cards_;
};

constexpr Field fields[] = {
    {"cards", Kind::map, required, "by user name: the card's number, and its words"},
};

}  // namespace

GATEHOUSE_PLUGIN(WordCard, "word_card", "1.0.0", "Asks for a word of the person's card", fields)
