import { PAGE } from "./page-name.js";

/** Find the token that every write carries; read anew each time, since logging in changes it. */
export function csrfToken(cookies) {
  return cookies.match(/(?:^|;\s*)factcheck_csrf=([^;]*)/)?.[1] ?? "";
}

/** Ask for a fragment; returns its status and text. Rejects when the server cannot be reached. */
export async function get(url, options = {}) {
  return answerOf(await fetch(url, { headers: { "HX-Request": "true" }, ...options }));
}

/** Send a form's data; returns the status and the fragment. */
export async function post(url, body) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken(document.cookie), "X-Page": PAGE };
  return answerOf(await fetch(url, { method: "POST", headers, body, keepalive: true }));
}

async function answerOf(response) {
  return { status: response.status, html: await response.text() };
}

/** Read a fragment without putting it on the page. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}
