// Times as the desk says them: instants come in UTC with all their digits, people read New York's clock with its zone.
// Milliseconds are enough to show and to count down; whatever decides is decided elsewhere, to the nanosecond.

export const ZONE = "America/New_York";

const civil = new Intl.DateTimeFormat("en-US", {
    timeZone: ZONE,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
});

// Milliseconds since 1970; null where it is no instant.
export function millis(instant) {
    if (typeof instant !== "string") return null;
    const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(instant);
    if (!match) return null;
    const at = Date.parse(match[1] + "." + (match[2] ?? "").padEnd(3, "0").slice(0, 3) + match[3]);
    return Number.isNaN(at) ? null : at;
}

function parts(at) {
    const found = {};
    for (const part of civil.formatToParts(new Date(at))) found[part.type] = part.value;
    return found;
}

// Digits of the second that the stamp has beyond whole ones: ".001".
function fraction(instant) {
    const match = /\.(\d+)(?:Z|[+-])/.exec(instant);
    const digits = match ? match[1].replace(/0+$/, "") : "";
    return digits ? "." + digits : "";
}

// "17:00:00 EDT" of an instant, with its fraction where it has one.
export function clockTime(instant) {
    const at = millis(instant);
    if (at === null) return "\u2013";
    const p = parts(at);
    return `${p.hour}:${p.minute}:${p.second}${fraction(instant)} ${p.timeZoneName}`;
}

// "Mon 2002-07-01".
export function day(instant) {
    const at = millis(instant);
    if (at === null) return "\u2013";
    const p = parts(at);
    return `${p.weekday} ${p.year}-${p.month}-${p.day}`;
}

// "Mon 2002-07-01 17:00:00 EDT".
export function moment(instant) {
    return millis(instant) === null ? "\u2013" : `${day(instant)} ${clockTime(instant)}`;
}

// Shorter, where the year and the seconds are known or of no interest: "07-01 17:00 EDT".
export function briefMoment(instant) {
    const at = millis(instant);
    if (at === null) return "\u2013";
    const p = parts(at);
    return `${p.month}-${p.day} ${p.hour}:${p.minute} ${p.timeZoneName}`;
}

function two(number) {
    return String(number).padStart(2, "0");
}

// How long until something: "2 d 04:10:00", "04:10:00", "09:59"; after it "00:12 ago". The last second counts until it is over.
export function countdown(left) {
    if (left === null || left === undefined || Number.isNaN(left)) return "\u2013";
    const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor((seconds % 86400) / 3600);
    const clock = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
    const text = days > 0 ? `${days} d ${two(hours)}:${clock}` : hours > 0 ? `${two(hours)}:${clock}` : clock;
    return left < 0 ? text + " ago" : text;
}

// The instant of a civil time in New York, "2002-07-01T17:00" with or without seconds; null where it is none. In the hour that
// comes twice in autumn it is the first of the two.
export function instantOfCivil(text) {
    const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
    if (!match) return null;
    const [year, month, dayOfMonth, hour, minute, second] = match.slice(1).map((digits) => Number(digits ?? 0));
    const wanted = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second);
    for (const hours of [4, 5]) {
        const p = parts(wanted + hours * 3600000);
        if (Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) === wanted) {
            return new Date(wanted + hours * 3600000).toISOString().replace(".000Z", "Z");
        }
    }
    return null;
}

// "2002-07-01T17:00" of an instant, as a field for date and time wants it.
export function civilField(at) {
    const p = parts(at);
    return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}
