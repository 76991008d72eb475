/** The name of this open page: what it asks for is not told to it as news. */
export const PAGE = [...crypto.getRandomValues(new Uint32Array(3))]
  .map((number) => number.toString(36))
  .join("-");

const PATIENCE_MS = 20000;
const KEEPALIVE_BYTES = 50000;

/** Find the token that every write carries; read anew each time, since logging in changes it. */
export function csrfToken(cookies) {
  return cookies.match(/(?:^|;\s*)factcheck_csrf=([^;]*)/)?.[1] ?? "";
}

/** Whose page this is: the server refuses when meanwhile somebody else logged in. */
export function person() {
  return document.getElementById("saving")?.dataset.person ?? "";
}

/** What every request of the page says of itself. */
export function headersOf(more = {}) {
  const mine = person() ? { "X-Person": person() } : {};
  return { "HX-Request": "true", ...mine, ...more };
}

/** Ask for a fragment; returns its status and text. Rejects when the server cannot be reached. */
export async function get(url, { signal } = {}) {
  const signals = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])];
  return answerOf(await fetch(url, { headers: headersOf(), signal: AbortSignal.any(signals) }));
}

/** Send a form's data; returns the status, the fragment, and the version that it made. */
export async function post(url, body, headers = {}) {
  const token = { "X-CSRFToken": csrfToken(document.cookie), "X-Page": PAGE };
  const size = [...body].reduce((sum, [name, value]) => sum + name.length + 4 * value.length, 0);
  return answerOf(
    await fetch(url, {
      method: "POST",
      headers: headersOf({ ...token, ...headers }),
      body,
      keepalive: size < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );
}

async function answerOf(response) {
  const version = Number(response.headers.get("X-Version") ?? Number.NaN);
  return { status: response.status, html: await response.text(), version };
}

/** Read a fragment without putting it on the page. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** Return an address of the page for one thing: its pattern has 0 in the place of the number. */
export function addressOf(pattern, id) {
  return pattern.replace("/0/", `/${id}/`);
}
