/*
 * Without a connection: the to-dos and forms that were opened on this device stay there to be read and filled in, and
 * form.js keeps what is written until it can be sent. Everything else goes straight to the server. Whoever signs off
 * takes their pages with them.
 */
"use strict";
const PAGES = "guiling pages";
const ASSETS = "guiling assets";
const MAX_PAGES = 60;
const base = new URL(self.registration.scope).pathname;
const KEPT = /^(todos|tasks\/[^/]+|new\/[^/]+|items\/[^/]+|items\/[^/]+\/requests\/[^/]+)$/;

const pathOf = (url) => url.pathname.substring(base.length);
const offline = async () => (await caches.match(base + "offline")) ?? Response.error();

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(ASSETS).then((assets) => assets.add(base + "offline")));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/* A page that may keep nothing says so; this worker goes on until that page is left, and would begin anew. */
let keeping = true;
const forget = async () => {
  keeping = false;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
};
self.addEventListener("message", (event) => {
  if (event.data === "forget") {
    event.waitUntil(forget());
  }
});

const keep = async (name, request, response, limit) => {
  if (!keeping) {
    return;
  }
  const cache = await caches.open(name);
  await cache.put(request, response);
  if (!keeping) {
    await caches.delete(name);
    return;
  }
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - limit)).map((key) => cache.delete(key)));
};

/* The server's answer, and what was kept where there is none. */
const page = async (event) => {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && answer.type === "basic" && !answer.redirected) {
      event.waitUntil(keep(PAGES, event.request.url, answer.clone(), MAX_PAGES));
    }
    return answer;
  } catch {
    const pages = await caches.open(PAGES);
    return (await pages.match(event.request.url, { ignoreVary: true })) ?? offline();
  }
};

const asset = async (event) => {
  const kept = await caches.match(event.request.url, { ignoreVary: true });
  if (kept) {
    return kept;
  }
  const answer = await fetch(event.request);
  if (answer.ok) {
    event.waitUntil(keep(ASSETS, event.request.url, answer.clone(), MAX_PAGES));
  }
  return answer;
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(base)) {
    return;
  }
  const path = pathOf(url);
  const { mode, method } = event.request;
  if (path === "logout" || path === "login") {
    event.waitUntil(caches.delete(PAGES));
  } else if (mode === "navigate" && KEPT.test(path)) {
    event.respondWith(method === "GET" ? page(event) : fetch(event.request).catch(offline));
  } else if (method === "GET" && /^(assets|webjars\/(tabler|htmx))/.test(path)) {
    event.respondWith(asset(event));
  }
});
