// The pieces that ISO 20022's messages share. Inside this room.
#pragma once

#include <initializer_list>
#include <string>

#include "bank/building.h"
#include "bank/xml_stream.h"

namespace rightsdesk::bank {

// Where an element is, for people: "line 40, Ntry".
std::string place_of(const XmlElement& element);
base::Error at_place(const XmlElement& element, const base::Error& error);

// Refuses an element that has twice what may be in it once: which of two amounts is meant, nobody knows.
base::Result<> hold_single(const XmlElement& element, std::initializer_list<std::string_view> names);

// An amount with its currency from an element such as Amt. Invalid when it has none.
struct IsoAmount {
    std::int64_t minor = 0;
    std::string currency;
};
// A decimal of XML Schema, which may have a plus in front of it, in the currency's smallest unit.
base::Result<std::int64_t> iso_decimal(std::string_view text, std::string_view currency);
base::Result<IsoAmount> iso_amount(const XmlElement& element, const std::string& currency_otherwise = "");

// A day from an element with Dt or DtTm in it, or with the text itself; nothing when `element` is null.
base::Result<std::optional<IsoTime>> iso_day(const XmlElement* element);

// Dbtr with or without Pty, else its ultimate one: the name.
std::string party_name(const XmlElement& parties, std::string_view role);
// The agent's BIC, clearing member id or name.
std::string agent_name(const XmlElement* agent);
// An account: the IBAN, else the other id.
std::string account_id(const XmlElement* account);
// RmtInf, all of what it says: unstructured texts, references, additional texts.
std::string remittance_text(const XmlElement& details);
// Refs or PmtId.
References iso_references(const XmlElement* references);
// Where no reference of the clearing system is the IMAD, one of the others may be: Fedwire's banks write it in any of them.
void find_imad(References& into);
// RmtInf, the first reference that the creditor gave the debtor (ISO 11649 or a country's own).
std::string creditor_reference(const XmlElement& details);
// "PMNT/ICDT/DMCT", else the bank's own code.
std::string transaction_code(const XmlElement* code);
// RtrInf: the code, or the bank's own.
std::string return_reason_of(const XmlElement& details);

}  // namespace rightsdesk::bank
