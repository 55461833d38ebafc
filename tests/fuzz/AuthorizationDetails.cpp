// SPDX-License-Identifier: Apache-2.0
// The parameter authorization_details, up to what a person is shown of it.
#include "DetailNote.h"
#include "DetailReader.h"
#include "DetailView.h"
#include "Fuzz.h"
#include "json/Json.h"
#include "text/Printable.h"

namespace gatehouse::fuzz {

namespace {

DetailType makeType() {
    std::map<std::string, std::string> problems;
    DetailType type;
    type.title = Wording("Pay");
    type.text = Wording("{amount.value} to {creditor}");
    type.labels["account.iban"] = Wording("IBAN");
    type.schema = Schema::read(
        *parseJson(R"({"properties": {"amount": {"type": "object", "required": ["value"]},
            "creditor": {"type": "string", "maxLength": 70, "pattern": "^[A-Z][a-z ]*$"},
            "n": {"type": ["integer", "number"], "minimum": 0, "maximum": 1000},
            "actions": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": true}}})"),
        "schema", problems);
    ensure(problems.empty(), "the schema is understood");
    ensure(type.narrowing.read({{"n", "at_most"}}).empty(), "the words are known");
    return type;
}

/// All that stands on the page is one line of text.
void ensureReadable(const Value& shown) {
    const auto json = toJson(shown);
    ensure(!hasControl(json), "nothing on the page changes how the text around it is shown");
}

}  // namespace

void run(std::string_view input) {
    static const DetailType type = makeType();
    const auto read = readDetails(input);
    if (!read) {
        ensure(isErrorText(read.error().description), "a refusal can be told");
        return;
    }
    const auto note = noteOf(*read);
    ensure(detailsOf(note) == *read, "a note holds all of them");
    const auto again = readDetails(toJson(*note.find("details")));
    ensure(!again || *again == *read, "what is written is the same");
    for (const auto& detail : *read) {
        (void)type.schema.problem(detail);
        ensure(type.narrowing.isWithin(detail, detail), "each is within itself");
        ensureReadable(detailView(detail, &type, "de"));
        ensureReadable(detailView(detail, nullptr, "en"));
        (void)isFor(detail, {"https://api.example/"});
    }
}

}  // namespace gatehouse::fuzz
