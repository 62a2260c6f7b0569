// Everything works without this file. It renews the queue when something changed in it, and a list
// that is being enrolled, and keeps a form from being sent twice by a double click.
"use strict";

const live = () => document.querySelector("[data-live]");

async function renew() {
  if (!live() || live().contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { "X-Nazorg-Refresh": "1" } });
  if (answer.redirected) return location.reload(); // the session has ended
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (!fresh || fresh.innerHTML === live().innerHTML) return;
  if (Number(fresh.dataset.danger) > Number(live().dataset.danger)) alarm();
  live().replaceWith(document.adoptNode(fresh));
  for (const count of document.querySelectorAll(".nazorg-tabs")) {
    count.replaceWith(document.adoptNode(page.querySelector(".nazorg-tabs")));
  }
  document.title = page.title;
  const news = document.querySelector("[data-news]");
  if (news) news.textContent = news.dataset.text;
}

let missed = false; // what changed while the reader was in the list is shown when they leave it
function news() {
  missed = live().contains(document.activeElement);
  renew().catch(() => undefined);
}

// One tab listens for all: a browser opens six connections to a server, and no more. A browser comes
// back by itself after silence, but not after an error page, such as a restart's: then we do.
const AGAIN_AFTER = 10000;

function listen() {
  const tabs = new BroadcastChannel("nazorg-live");
  const tell = (word) => (word === "ended" ? location.reload() : news());
  tabs.onmessage = (event) => tell(event.data);
  const open = () => {
    const events = new EventSource(live().dataset.live);
    for (const word of ["queue", "ended"]) {
      events.addEventListener(word, () => {
        if (word === "ended") events.close();
        tabs.postMessage(word);
        tell(word);
      });
    }
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(open, AGAIN_AFTER);
    });
    return new Promise(() => undefined);
  };
  if (navigator.locks) navigator.locks.request("nazorg-live", open);
  else open();
  document.addEventListener("focusout", () => setTimeout(() => missed && news(), 0));
}

// Sound only for danger, only where somebody switched it on.
const SOUND = "nazorg-geluid";
let audio = null;

function alarm() {
  if (localStorage.getItem(SOUND) !== "aan") return;
  audio = audio || new AudioContext();
  for (const [at, tone] of [[0, 660], [0.25, 880], [0.5, 660]]) {
    const note = audio.createOscillator();
    const loud = audio.createGain();
    note.frequency.value = tone;
    loud.gain.setValueAtTime(0.2, audio.currentTime + at);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.22);
    note.connect(loud).connect(audio.destination);
    note.start(audio.currentTime + at);
    note.stop(audio.currentTime + at + 0.22);
  }
}

const sound = document.querySelector("[data-sound]");
if (sound) {
  const show = () => sound.setAttribute("aria-pressed", localStorage.getItem(SOUND) === "aan");
  sound.hidden = false;
  sound.addEventListener("click", () => {
    localStorage.setItem(SOUND, localStorage.getItem(SOUND) === "aan" ? "uit" : "aan");
    show();
    alarm(); // so that one knows what it sounds like
  });
  show();
}

if (live()?.dataset.live.startsWith("/")) listen();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if (form.method === "post" && !("download" in form.dataset)) form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// The first message, with the name and the municipality as they are typed.
document.addEventListener("input", ({ target }) => {
  const text = target.matches("select") ? target.selectedOptions[0]?.text : target.value;
  const fills = document.querySelectorAll(`[data-fill="${CSS.escape(target.name ?? "")}"]`);
  if (!fills.length) return;
  for (const fill of fills) fill.textContent = (target.value && text.trim()) || "…";
  for (const line of document.querySelectorAll("[data-until-changed]")) line.hidden = true;
});

// How far a list is that is being enrolled: asked again and again, until it is done.
setInterval(() => {
  if (live()?.dataset.live === "soon" && !document.hidden) renew().catch(() => undefined);
}, 2000);
