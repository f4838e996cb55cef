#include "rightsdesk/notice_parse.h"

#include <fstream>
#include <iostream>
#include <iterator>

#include "paper/form.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

int notice_parse(const std::string& file, std::ostream& out, std::ostream& err) {
    std::string text;
    if (file == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream input(file, std::ios::binary);
        if (!input) {
            err << file << ": cannot be read\n";
            return 2;
        }
        text.assign(std::istreambuf_iterator<char>(input), {});
    }
    const auto reading = paper::parse_form(text);
    if (!reading) {
        err << file << ": " << reading.error().message << "\n";
        return 2;
    }
    runtime::Json answer;
    answer["fields"] = runtime::to_json(reading->fields);
    for (auto& [name, value] : answer["fields"].items()) {
        if (value.is_array() && value.empty()) value = nullptr;
    }
    answer["read_from"] = runtime::Json::object();
    for (const auto& [field, sources] : reading->read_from) answer["read_from"][field] = sources.size() == 1 ? runtime::Json(sources.front()) : runtime::Json(sources);
    answer["missing"] = reading->missing;
    out << runtime::json_text(answer) << "\n";
    return 0;
}

}  // namespace rightsdesk::tools
