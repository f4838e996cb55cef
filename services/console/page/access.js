// Who may do what, as the gateway judges it too: the page does not offer what would be refused, and says why.

// What each command is called on the page.
export const COMMANDS = {
    "cure-defect": "Cure",
    "propose-waiver": "Propose a waiver",
    "reject-notice": "Reject",
    "key-notice": "Key",
    "withdraw-notice": "Withdraw",
    "confirm-by-telephone": "Record the telephone confirmation",
    "settle-certificates": "Settle the certificates",
    "return-certificates": "Record that they went back",
    "amend-notice": "Record the amendment",
    "certify-owners": "Record the certification",
    "match-by-schedule": "Match by schedule",
    "represent-instrument": "Record that it was deposited again",
    "record-rights-sale": "Record the sale",
    "reverse-rights-sale": "Reverse the sale",
    "settle-sending": "Try again or abandon",
    "release-item": "Release",
    "accept-clock": "Accept the clock",
    "propose-watermark": "Declare a watermark",
    "withdraw-watermark": "Withdraw it",
    "approve-watermark": "Approve it",
    "match-payment": "Match",
    "unmatch-payment": "Take the match back",
    "settle-receipt": "Say when the money came",
    "attribute-notice": "Attribute",
    "attribute-payment": "Attribute",
    "take-back-notice": "Take back",
    "take-back-payment": "Take back",
    "report-refund": "Record the bank's word on the refund",
    "acknowledge-alert": "Acknowledge",
    "silence-alerts": "Silence",
    "lift-silence": "Lift the silence",
    "propose-extension": "Propose an extension",
    "propose-suspension": "Propose a suspension",
    "propose-resumption": "Propose to resume",
    "propose-termination": "Propose to terminate",
    "propose-allocation": "Propose the allocation",
    "propose-closing": "Propose a closing",
    "propose-final-price": "Propose the final price",
    "settle-offering": "Settle the offering",
    approve: "Approve",
};

// "" when the session may give the command, otherwise why not.
export function whyNot(session, command) {
    const role = command === "approve" || command === "approve-watermark" ? "approver" : "operator";
    if (session.roles.includes(role)) return "";
    return `needs the role ${role}; you are ${session.roles.join(" and ") || "nothing"}`;
}

// "" when the session may approve the proposal, otherwise why not. Two people are two people: who proposed or approved has spoken.
export function whyNotApprove(session, proposal) {
    if (proposal.status !== "open") return `it is ${proposal.status}`;
    const lacking = whyNot(session, "approve");
    if (lacking) return lacking;
    if (proposal.by_person && proposal.proposed_by === session.operator) return "you proposed it: another person approves";
    if (proposal.approved_by.includes(session.operator)) return "you have approved it: another person must, too";
    return "";
}
