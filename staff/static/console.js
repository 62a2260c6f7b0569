// Everything works without this file. It renews the queue while it is looked at, and keeps a form
// from being sent twice by a double click.
"use strict";

const EVERY = 15000;

async function renew() {
  const live = document.querySelector("[data-live]");
  if (!live || document.hidden || live.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { "X-Nazorg-Refresh": "1" } });
  if (answer.redirected) return location.reload(); // the session has ended
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (!fresh || fresh.innerHTML === live.innerHTML) return;
  live.replaceWith(document.adoptNode(fresh));
  for (const count of document.querySelectorAll(".nazorg-tabs")) {
    count.replaceWith(document.adoptNode(page.querySelector(".nazorg-tabs")));
  }
  const news = document.querySelector("[data-news]");
  if (news) news.textContent = news.dataset.text;
}

if (document.querySelector("[data-live]")) {
  setInterval(() => renew().catch(() => undefined), EVERY);
}

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

// How far a list is that is being enrolled: looked at more often, until it is done.
setInterval(() => {
  if (document.querySelector("[data-live=soon]")) renew().catch(() => undefined);
}, 2000);
