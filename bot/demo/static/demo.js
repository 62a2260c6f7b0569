// The demo's page. The server says how things stand, with ready pieces of HTML; this file puts them
// in place, and sends what a visitor does. A piece is only touched where it has changed, so that
// focus, scroll and what a screen reader hears stay as they should.
"use strict";

const CALM = 900;
const LIVELY = 250;
const LIVELY_FOR = 4000;
const SIGN_IN = "/inloggen";

const body = document.body;
const frame = document.getElementById("frame");
const chat = document.getElementById("chat");
const compose = document.getElementById("compose");
const field = document.getElementById("text");
const trouble = document.getElementById("trouble");
const guide = document.getElementById("guide");

let client = sessionStorage.getItem("client") || body.dataset.client;
let version = "";
let livelyUntil = 0;
let timer = 0;
let polling = false;
let last = null; // how things stood
let consolePath = "";
let wasRole = "";

// How things stand

function later() {
  clearTimeout(timer);
  const lively = Date.now() < livelyUntil || (last && last.journey);
  timer = setTimeout(poll, lively ? LIVELY : CALM);
}

async function poll() {
  if (polling) return;
  polling = true;
  const asked = client;
  try {
    const address = `/demo/stand?klant=${client}&taal=${body.dataset.language}`;
    const answer = await fetch(address, { cache: "no-store", headers: { "If-None-Match": version } });
    trouble.hidden = true;
    const now = answer.status === 200 ? await answer.json() : null;
    if (now && asked === client) { // else another telephone was chosen in the meantime
      version = answer.headers.get("ETag");
      show(now);
    }
  } catch {
    trouble.textContent = body.dataset.lost;
    trouble.hidden = false;
  } finally {
    polling = false;
    later();
  }
}

function hurry() {
  livelyUntil = Date.now() + LIVELY_FOR;
  clearTimeout(timer);
  poll();
}

function show(now) {
  const other = last && last.client !== now.client;
  const arrived = last && last.journey && !now.journey;
  const news = last && last.desk !== now.desk;
  if (other) chat.setAttribute("aria-live", "off"); // another telephone is not news
  const greet = last !== null && !other && !now.journey;
  for (const [name, html] of Object.entries(now.pieces)) {
    if (!last || last.pieces[name] !== html) {
      merge(document.querySelector(`[data-piece="${name}"]`), html, greet);
    }
  }
  if (!guide.hidden) text("spoken", document.querySelector(".guide__task").textContent.trim());
  if (other) chat.scrollTop = 0; // the end: see .chat
  if (other) setTimeout(() => chat.setAttribute("aria-live", "polite"), 300);
  document.getElementById("device").classList.toggle("device--telegram", now.telegram);
  text("time", now.time);
  text("device-time", now.time);
  text("day", now.day);
  compose.hidden = !now.can_type;
  field.placeholder = now.type_as;
  compose.querySelector("label").textContent = now.type_as;
  document.getElementById("journey").hidden = !now.journey;
  body.classList.toggle("is-travelling", Boolean(now.journey));
  if (now.journey) {
    text("journey-text", now.journey.text);
    document.getElementById("journey-bar").value = now.journey.share;
  }
  body.dataset.area = guide.hidden ? "" : now.area || "";
  if (other || !last) document.querySelector(".person[aria-current]")?.scrollIntoView({ block: "nearest" });
  last = now;
  wasRole = now.role || wasRole;
  client = now.client;
  sessionStorage.setItem("client", client);
  if (arrived) reloadConsole();
  else if (news && !now.journey) refreshConsole();
}

function text(id, words) {
  const place = document.getElementById(id);
  if (place.textContent !== words) place.textContent = words;
}

// Children are known by their data-key: what is new comes in, what has changed is replaced.
function merge(place, html, greet) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const old = new Map([...place.children].map((one) => [one.dataset.key, one]));
  let next = place.firstElementChild;
  for (const one of [...fresh.content.children]) {
    const known = old.get(one.dataset.key);
    old.delete(one.dataset.key);
    if (known && known.outerHTML === one.outerHTML) {
      if (known === next) next = next.nextElementSibling;
      else place.insertBefore(known, next);
      continue;
    }
    if (known) {
      if (known === next) next = next.nextElementSibling;
      known.remove();
    } else if (greet) one.classList.add("is-new");
    place.insertBefore(one, next);
    if (!known && greet) setTimeout(() => clean(one), 1500);
  }
  for (const gone of old.values()) gone.remove();
  if (focused && document.activeElement.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function clean(one) {
  one.classList.remove("is-new");
  if (!one.className) one.removeAttribute("class");
}

// The console in its frame

function pathOfConsole() {
  try {
    return frame.contentWindow.location.pathname;
  } catch {
    return "";
  }
}

function reloadConsole() {
  if (pathOfConsole() === SIGN_IN && wasRole) {
    frame.src = `/demo/als/${wasRole}?naar=${consolePath}`; // idle by the demo's clock only
  } else frame.contentWindow.location.reload();
}

// A list or a file that is looked at is renewed; one in which somebody is typing is left alone.
function refreshConsole() {
  const inside = frame.contentDocument;
  if (!inside || !/^\/(werkvoorraad|deelnemers)/.test(pathOfConsole())) return;
  if (inside.activeElement && inside.activeElement !== inside.body && document.activeElement === frame) return;
  frame.contentWindow.location.reload();
}

frame.addEventListener("load", () => {
  const path = pathOfConsole();
  if (path && path !== SIGN_IN) {
    consolePath = path;
    document.getElementById("own-tab").href = path;
  }
  hurry();
});

// What a visitor does

async function act(name, what) {
  const answer = await fetch(`/demo/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ client, ...what }),
  }).catch(() => null);
  if (answer && answer.status === 409) {
    trouble.textContent = (await answer.json()).error;
    trouble.hidden = false;
  }
  hurry();
}

function choose(reference) {
  client = reference;
  sessionStorage.setItem("client", client);
  version = "";
  hurry();
}

function reveal(area) {
  const place = document.getElementById(area);
  place.scrollIntoView({ block: "start", behavior: "smooth" });
  place.focus({ preventScroll: true });
  place.classList.remove("is-pointed");
  void place.offsetWidth; // so that the animation begins anew
  place.classList.add("is-pointed");
}

function setGuide(open) {
  guide.hidden = !open;
  body.dataset.area = open && last ? last.area || "" : "";
  document.getElementById("guide-again").setAttribute("aria-expanded", String(open));
  sessionStorage.setItem("guide", open ? "open" : "closed");
}

document.addEventListener("click", (event) => {
  const one = event.target.closest("button, a");
  if (!one || one.getAttribute("aria-disabled") === "true") return;
  const data = one.dataset;
  if (data.choose) choose(data.choose);
  if (data.say || data.press) chat.scrollTop = 0;
  if (data.say) act("bericht", { text: data.say });
  if (data.press) act("knop", { data: data.press });
  if ("openLink" in data) act("uitnodiging", {});
  if (data.journey) act("klok", { to: data.journey });
  if (data.show) reveal(data.show);
  if ("read" in data && matchMedia("(max-width: 60rem)").matches) reveal("console");
  if (one.id === "guide-close") {
    setGuide(false);
    document.getElementById("guide-again").focus();
  }
  if (one.id === "guide-again") setGuide(guide.hidden);
  if (one.id === "again") {
    one.setAttribute("aria-disabled", "true");
    act("opnieuw", {}).then(() => {
      sessionStorage.removeItem("client");
      location.reload();
    });
  }
});

compose.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = field.value.trim();
  field.value = "";
  field.focus();
  chat.scrollTop = 0;
  if (words) act("bericht", { text: words });
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else poll();
});

setGuide(sessionStorage.getItem("guide") !== "closed");
poll();
