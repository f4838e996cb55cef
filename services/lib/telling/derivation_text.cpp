#include "telling/derivation_text.h"

#include <ostream>

#include "base/texts.h"
#include "domain/money_text.h"

namespace rightsdesk::telling {

namespace {

std::string text_of(const domain::DerivedNumber& number) {
    if (number.unit == domain::ColumnUnit::kMoney) return domain::money_text(domain::Money(number.value.whole));
    return domain::exact_text(number.value);
}

std::string spaced(std::string name) {
    for (char& letter : name) {
        if (letter == '_') letter = ' ';
    }
    return name;
}

void print_step(std::ostream& out, const domain::DerivationStep& step) {
    out << spaced(step.step) << "\n    " << step.words << "\n";
    std::vector<std::string> numbers;
    for (const domain::DerivedNumber& number : step.numbers) numbers.push_back(spaced(number.name) + " " + text_of(number));
    if (!numbers.empty()) out << "    " << base::joined(numbers, "; ") << "\n";
    out << "    [" << step.clause << " = " << step.value << "] " << step.rule << "\n";
}

runtime::Json number_document(const domain::DerivedNumber& number) {
    const domain::Ratio& fraction = number.value.fraction;
    if (fraction.numerator == 0) return number.value.whole;
    return {{"whole", number.value.whole}, {"numerator", fraction.numerator}, {"denominator", fraction.denominator}};
}

}  // namespace

void print_derivation(std::ostream& out, const domain::Derivation& derivation) {
    out << "How " << derivation.notice << " came to its shares: " << to_text(derivation.kind) << " allocation, revision " << derivation.revision << "\n\n";
    for (const domain::DerivationStep& step : derivation.steps) print_step(out, step);
    out << "\n" << domain::grouped(derivation.basic.value) << " basic and " << domain::grouped(derivation.over.value) << " over-subscription shares";
    if (derivation.differs.empty()) {
        out << ", which is what the log says.\n";
        return;
    }
    out << ".\n\nIT DIFFERS FROM THE LOG:\n";
    for (const std::string& difference : derivation.differs) out << "    " << difference << "\n";
}

runtime::Json derivation_document(const domain::Derivation& derivation) {
    runtime::Json steps = runtime::Json::array();
    for (const domain::DerivationStep& step : derivation.steps) {
        runtime::Json numbers = runtime::Json::object();
        for (const domain::DerivedNumber& number : step.numbers) {
            numbers[number.name + (number.unit == domain::ColumnUnit::kMoney ? "_cents" : "")] = number_document(number);
        }
        steps.push_back({{"step", step.step}, {"words", step.words}, {"numbers", numbers}, {"clause", step.clause}, {"value", step.value}, {"rule", step.rule}});
    }
    return {{"notice", derivation.notice},
            {"kind", to_text(derivation.kind)},
            {"revision", derivation.revision},
            {"steps", steps},
            {"derived", {{"basic", derivation.basic.value}, {"over", derivation.over.value}}},
            {"recorded", {{"basic", derivation.recorded_basic.value}, {"over", derivation.recorded_over.value}}},
            {"differs", derivation.differs}};
}

}  // namespace rightsdesk::telling
