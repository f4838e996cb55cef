// The places of the board, in the order of the line under its head: the word in the address, what it is called, the key after "g",
// and what its number counts. A new screen is a line here.
import { boardScreen } from "./screen_board.js";
import { alertScreen } from "./screen_alert.js";
import { alertsScreen, kindsScreen } from "./screen_alerts.js";
import { deskScreen, receiptsScreen } from "./screen_desk.js";
import { exceptionsScreen, guarantorsScreen, keyingScreen, noticesScreen } from "./screen_lists.js";
import { noticeScreen } from "./screen_notice.js";
import { paymentScreen, suspenseScreen } from "./screen_money.js";
import { proposalsScreen } from "./screen_proposals.js";
import { prorationScreen, reportScreen } from "./screen_reports.js";

export const PLACES = [
    { place: "board", name: "Board", key: "b", screen: boardScreen },
    { place: "exceptions", name: "Exceptions", key: "e", screen: exceptionsScreen, number: (s) => s.exceptions?.total },
    { place: "notices", name: "Notices", key: "n", screen: noticesScreen },
    { place: "keying", name: "Keying", key: "k", screen: keyingScreen, number: (s) => s.funnel?.statuses.awaiting_keying },
    { place: "suspense", name: "Suspense", key: "s", screen: suspenseScreen, number: (s) => s.suspense?.total },
    { place: "guarantors", name: "Guarantors", key: "u", screen: guarantorsScreen },
    {
        place: "alerts",
        name: "Alerts",
        key: "a",
        screen: alertsScreen,
        number: (s) => s.alerts?.open,
        hot: (s) => (s.alerts?.by_severity.critical ?? 0) > 0,
    },
    { place: "proposals", name: "Two people", key: "p", screen: proposalsScreen, number: (s) => s.proposals?.open },
    { place: "proration", name: "Proration", key: "r", screen: prorationScreen },
    { place: "tally", name: "Tally", key: "t", screen: reportScreen },
    { place: "desk", name: "Desk", key: "d", screen: deskScreen, number: (s) => s.desk?.unattributed.total },
    { place: "receipts", name: "Receipts", key: "c", screen: receiptsScreen },
];

const within = { notice: noticeScreen, payment: paymentScreen, alert: alertScreen, kinds: kindsScreen };
const parents = { notice: "notices", payment: "suspense", alert: "alerts", kinds: "alerts" };

export function screenOf(place) {
    return PLACES.find((one) => one.place === place)?.screen ?? (Object.hasOwn(within, place) ? within[place] : undefined);
}

export const placeOf = (place) => parents[place] ?? place;
