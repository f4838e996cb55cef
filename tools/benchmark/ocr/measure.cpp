#include "ocr/measure.h"

#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <set>
#include <span>
#include <stdexcept>
#include <thread>

#include "paper/field_meaning.h"
#include "paper/page.h"
#include "support/fax_files.h"

namespace rightsdesk::benchmark {

namespace {

// The blanks of a form that a field is written in.
std::vector<std::string> blanks_of(const std::string& field) {
    if (field == "aggregate_cents") return {"aggregate"};
    if (field == "certificate_numbers") return {"certificates"};
    if (field == "guarantor_name") return {"firm"};
    if (field == "subscription_price") return {"price"};
    if (field == "address" || field == "guarantor_address") return {field, field + "1", field + "2", field + "3"};
    return {field};
}

std::string written_for(const support::FaxedForm& form, const std::string& field) {
    std::string written;
    for (const std::string& blank : blanks_of(field)) {
        const auto found = form.written.find(blank);
        if (found != form.written.end()) written += (written.empty() ? "" : " ") + found->second;
    }
    return paper::tidy(written);
}

class Measurer {
public:
    Measurer(const OcrRequest& request, std::vector<OcrRow>& rows) : request_(request), rows_(rows) {}

    void work() {
        auto reader = reading::Reader::open(request_.templates);
        if (!reader) throw std::runtime_error(reader.error().message);
        while (true) {
            const std::size_t job = next_.fetch_add(1);
            if (job >= rows_.size() * request_.forms) return;
            OcrRow& row = rows_[job % rows_.size()];
            const std::uint64_t seed = request_.first_seed + job / rows_.size();
            const auto form = make(row, seed);
            const OcrTally tally = measure(*reader, form);
            const std::lock_guard lock(mutex_);
            row.tally.add(tally);
        }
    }

private:
    support::FaxedForm make(const OcrRow& row, std::uint64_t seed) {
        // Fonts are looked up in one cache of the process.
        const std::lock_guard lock(making_);
        return support::fax_form(seed, {.quality = row.quality, .layout = row.layout});
    }

    OcrTally measure(reading::Reader& reader, const support::FaxedForm& form) {
        const std::string octets = support::tiff_of(form, support::coding_of(form));
        const auto read = reader.read(std::as_bytes(std::span(octets)));
        if (!read) throw std::runtime_error("seed " + std::to_string(form.seed) + ": " + read.error().message);
        OcrTally tally;
        tally.forms = 1;
        tally.timings = reader.timings();
        tally.pages = tally.timings.pages;
        tally.keyed = read->verdict == reading::Verdict::kNeedsKeying ? 1 : 0;
        tally.other_layout = read->layout != form.request.layout ? 1 : 0;
        if (tally.other_layout != 0) tell(form, "layout", form.request.layout, read->layout + " (" + read->reason + ")");
        if (form.ours) compare(form, *read, tally);
        return tally;
    }

    void compare(const support::FaxedForm& form, const reading::PageReading& read, OcrTally& tally) {
        const std::set<std::string> missing(read.missing.begin(), read.missing.end());
        domain::NoticeFields::visit_members(form.meant, [&](std::string_view name, const auto& /*member*/) {
            const std::string field(name);
            const auto meant = paper::value_text(form.meant, field);
            const auto value = paper::value_text(read.fields, field);
            if (!meant && !value) return;
            ++tally.fields;
            auto& [bad, all] = tally.by_field[field];
            ++all;
            const bool flagged = missing.contains(field) || read.verdict == reading::Verdict::kNotANotice || read.verdict == reading::Verdict::kNotOurs;
            if (meant == value) {
                ++tally.right;
            } else {
                ++bad;
                ++(value ? tally.wrong : flagged ? tally.flagged : tally.unnoticed);
                tell(form, (value ? "WRONG " : flagged ? "flagged " : "UNNOTICED ") + field, written_for(form, field), seen(read, field));
            }
            const auto reading = std::find_if(read.readings.begin(), read.readings.end(), [&](const auto& one) { return one.field == field; });
            if (reading != read.readings.end() && !written_for(form, field).empty()) count_confusions(written_for(form, field), paper::tidy(reading->text), tally.confusions);
        });
    }

    static std::string seen(const reading::PageReading& read, const std::string& field) {
        for (const domain::ReadField& reading : read.readings) {
            if (reading.field != field) continue;
            std::string text = "\"" + paper::tidy(reading.text) + "\" " + std::to_string(reading.confidence);
            for (const std::string& candidate : reading.candidates) text += " | " + paper::tidy(candidate);
            return text;
        }
        return "(nothing)";
    }

    void tell(const support::FaxedForm& form, const std::string& what, const std::string& written, const std::string& got) {
        if (!request_.tell) return;
        const std::lock_guard lock(mutex_);
        std::cerr << base::to_text(form.request.quality) << " " << form.request.layout << " " << form.seed << ": " << what << ": \"" << written << "\" read as " << got << "\n";
    }

    const OcrRequest& request_;
    std::vector<OcrRow>& rows_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::mutex making_;
};

}  // namespace

void OcrTally::add(const OcrTally& other) {
    forms += other.forms;
    pages += other.pages;
    fields += other.fields;
    right += other.right;
    flagged += other.flagged;
    wrong += other.wrong;
    unnoticed += other.unnoticed;
    keyed += other.keyed;
    other_layout += other.other_layout;
    for (const auto& [pair, count] : other.confusions) confusions[pair] += count;
    for (const auto& [field, counts] : other.by_field) {
        by_field[field].first += counts.first;
        by_field[field].second += counts.second;
    }
    timings.decode += other.timings.decode;
    timings.clean += other.timings.clean;
    timings.recognise += other.timings.recognise;
    timings.fields += other.timings.fields;
    timings.pages += other.timings.pages;
}

void count_confusions(const std::string& truth, const std::string& seen, std::map<std::pair<std::string, std::string>, std::size_t>& into) {
    // Letters of several octets are none of a form's: one sign stands for them.
    std::string read = seen;
    std::replace_if(read.begin(), read.end(), [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; }, '?');
    const std::size_t rows = truth.size() + 1;
    const std::size_t columns = read.size() + 1;
    std::vector<std::size_t> cost(rows * columns);
    const auto at = [&](std::size_t row, std::size_t column) -> std::size_t& { return cost[row * columns + column]; };
    for (std::size_t row = 0; row < rows; ++row) at(row, 0) = row;
    for (std::size_t column = 0; column < columns; ++column) at(0, column) = column;
    for (std::size_t row = 1; row < rows; ++row) {
        for (std::size_t column = 1; column < columns; ++column) {
            at(row, column) = std::min({at(row - 1, column - 1) + (truth[row - 1] == read[column - 1] ? 0U : 1U), at(row - 1, column) + 1, at(row, column - 1) + 1});
        }
    }
    std::size_t row = truth.size();
    std::size_t column = read.size();
    while (row > 0 || column > 0) {
        const bool both = row > 0 && column > 0;
        if (both && at(row, column) == at(row - 1, column - 1) + (truth[row - 1] == read[column - 1] ? 0U : 1U)) {
            --row;
            --column;
            if (truth[row] != read[column]) ++into[{std::string(1, truth[row]), std::string(1, read[column])}];
        } else if (row > 0 && at(row, column) == at(row - 1, column) + 1) {
            ++into[{std::string(1, truth[--row]), ""}];
        } else {
            ++into[{"", std::string(1, read[--column])}];
        }
    }
}

std::vector<OcrRow> measure_ocr(const OcrRequest& request) {
    std::vector<OcrRow> rows;
    rows.reserve(request.qualities.size() * request.layouts.size());
    for (const support::Quality quality : request.qualities) {
        for (const std::string& layout : request.layouts) rows.push_back({quality, layout, {}});
    }
    Measurer measurer(request, rows);
    std::vector<std::thread> threads;
    std::vector<std::string> failures(request.jobs);
    threads.reserve(request.jobs);
    for (std::size_t job = 0; job < request.jobs; ++job) {
        threads.emplace_back([&measurer, &failures, job] {
            try {
                measurer.work();
            } catch (const std::exception& error) {
                failures[job] = error.what();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& failure : failures) {
        if (!failure.empty()) throw std::runtime_error(failure);
    }
    return rows;
}

}  // namespace rightsdesk::benchmark
