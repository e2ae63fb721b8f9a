// Spares the reload: sends a phone's form, and puts in what changed. Without it, nothing is lost.
"use strict";

const POLL_MILLISECONDS = 4000;
const MINE = ["-aviso", "-chip", "-opciones"];
const SENDING = ["enviar", "dos_veces"];
let pending = 0; // an answer to an older question must not undo a newer one

async function load(request) {
  const turn = ++pending;
  const response = await fetch(request);
  if (!response.ok) throw new Error(String(response.status));
  const text = await response.text();
  if (turn === pending) show(new DOMParser().parseFromString(text, "text/html"), request.method);
}

function show(next, method) {
  for (const phone of document.querySelectorAll("[data-phone]")) {
    const fresh = next.getElementById(phone.id);
    for (const part of phone.querySelectorAll("[data-part]")) {
      const newer = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      // What somebody is typing, has opened or has not read outlives a look for news.
      const mine = MINE.some((end) => part.dataset.part.endsWith(end));
      if (method === "POST" || !mine) replace(part, newer);
    }
    const log = phone.querySelector("[data-log]");
    if (log) append(log, fresh.querySelector("[data-log]"));
  }
}

function replace(part, newer) {
  if (part.innerHTML === newer.innerHTML) return;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const name = focused && (focused.id || focused.value);
  part.innerHTML = newer.innerHTML;
  if (!focused) return;
  const same = [...part.querySelectorAll("input, button:enabled")];
  (same.find((element) => (element.id || element.value) === name) || same[0] || part).focus();
}

// Only what is new is added, so that a screen reader reads only that.
function append(log, newer) {
  const ids = (list) => [...list.children].map((item) => item.dataset.id);
  const before = ids(log);
  const after = new Set(ids(newer));
  if (!before.every((id) => after.has(id))) log.replaceChildren();
  const kept = new Set(ids(log));
  for (const item of [...newer.children]) if (!kept.has(item.dataset.id)) log.append(item);
}

// The keys of a handset, for the mouse and the thumb; a keyboard has its own.
document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-key]");
  const field = key && key.closest("form").elements.texto;
  if (!field) return;
  field.value += key.dataset.key;
  field.focus();
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-phone] form");
  if (!form) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  // Cleared at once: who types fast is already at her next answer when this one arrives.
  const sent = SENDING.includes(body.get("boton")) ? form.elements.texto : null;
  if (sent) sent.value = "";
  try {
    await load(new Request(form.action, { method: "POST", body }));
  } catch {
    if (sent && !sent.value) sent.value = body.get("texto");
    form.closest("[data-phone]").querySelector(".notice").textContent = "No se pudo enviar. Intente de nuevo.";
  } finally {
    delete form.dataset.busy;
  }
});

setInterval(() => {
  const idle = !document.hidden && !document.querySelector("form[data-busy]");
  if (idle) load(new Request(location.pathname)).catch(() => {});
}, POLL_MILLISECONDS);
