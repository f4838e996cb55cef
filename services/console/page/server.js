// What the page says to the gateway: questions, and commands. The addresses are those of the gateway's README, and stand here only.

export class Trouble extends Error {
    constructor(status, word, message, retryAfter) {
        super(message);
        this.status = status; // 0: the gateway did not answer
        this.word = word;
        this.retryAfter = retryAfter;
    }
}

const PATIENCE_MS = 15000;

async function ask(method, path, body, csrf) {
    const headers = { Accept: "application/json" };
    if (csrf) headers["X-CSRF-Token"] = csrf;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let answer;
    try {
        answer = await fetch(path, {
            method,
            headers,
            body: body === undefined ? undefined : JSON.stringify(body),
            credentials: "same-origin",
            cache: "no-store",
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
    } catch {
        throw new Trouble(0, "unreachable", "The gateway does not answer", null);
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const told = await answer.json().catch(() => ({}));
    throw new Trouble(answer.status, told.error ?? "unknown", told.message ?? `The gateway answered ${answer.status}`, told.retry_after_s ?? null);
}

const part = encodeURIComponent;

// "?a=1&b=2" of what is there.
export function query(parameters) {
    const pairs = Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    return pairs.length ? "?" + pairs.map(([name, value]) => `${part(name)}=${part(value)}`).join("&") : "";
}

export const addresses = {
    session: "/api/session",
    offerings: "/api/offerings",
    alertKinds: "/api/alert-kinds",
    events: (offering) => `/api/offerings/${part(offering)}/events`,
    notices: (offering, parameters) => `/api/offerings/${part(offering)}/notices${query(parameters)}`,
    notice: (offering, notice) => `/api/offerings/${part(offering)}/notices/${part(notice)}`,
    derivation: (offering, notice, kind) => `/api/offerings/${part(offering)}/notices/${part(notice)}/derivation${query({ kind })}`,
    exceptions: (offering, parameters) => `/api/offerings/${part(offering)}/exceptions${query(parameters)}`,
    rightsSales: (offering, parameters) => `/api/offerings/${part(offering)}/rights-sales${query(parameters)}`,
    sendings: (offering) => `/api/offerings/${part(offering)}/sendings`,
    keying: (offering) => `/api/offerings/${part(offering)}/keying${query({ limit: 100 })}`,
    payments: (offering, parameters) => `/api/offerings/${part(offering)}/payments${query(parameters)}`,
    payment: (offering, payment) => `/api/offerings/${part(offering)}/payments/${part(payment)}`,
    alerts: (offering, parameters) => `/api/offerings/${part(offering)}/alerts${query(parameters)}`,
    alert: (offering, log, number) => `/api/offerings/${part(offering)}/alerts/${part(log)}/${part(number)}`,
    report: (offering, kind, format) => `/api/offerings/${part(offering)}/reports/${part(kind)}${query({ format })}`,
    document: (digest) => `/api/documents/${part(digest)}`,
    pages: (digest) => `/api/documents/${part(digest)}/pages`,
    page: (digest, number) => `/api/documents/${part(digest)}/pages/${part(number)}`,
    command: (name) => `/api/commands/${part(name)}`,
};

export const look = (path) => ask("GET", path);
export const signIn = (name, password) => ask("POST", addresses.session, { name, password });
export const signOut = (csrf) => ask("DELETE", addresses.session, undefined, csrf);
export const send = (name, body, csrf) => ask("POST", addresses.command(name), body, csrf);

async function fetched(path, patience = PATIENCE_MS) {
    const answer = await fetch(path, { credentials: "same-origin", signal: AbortSignal.timeout(patience) }).catch(() => null);
    if (answer?.ok) return answer;
    const told = (await answer?.json().catch(() => null)) ?? {};
    throw new Trouble(answer?.status ?? 0, told.error ?? "document", told.message ?? "the gateway does not answer", told.retry_after_s ?? null);
}

// The text of a document, as text; at most `most` characters of it are kept.
export const documentText = async (digest, most) => (await (await fetched(addresses.document(digest))).text()).slice(0, most);
export const documentOctets = async (digest) => (await fetched(addresses.document(digest))).arrayBuffer();
// Of a document that the gateway has drawn: {pages, shown}, and a page as a picture. Others may be drawn first.
const DRAWING_MS = 60000;
export const documentPages = async (digest) => (await fetched(addresses.pages(digest), DRAWING_MS)).json();
export const documentPage = async (digest, number) => createImageBitmap(await (await fetched(addresses.page(digest, number), DRAWING_MS)).blob());
