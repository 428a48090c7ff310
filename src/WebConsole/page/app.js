// The frame of the page: where one is, how the daemon does, and who one is.

import { html, render, useStore, useState, useEffect, useRef, openDialogs, closeDialog, openToasts, dismiss, Failure } from "./ui.js";
import { start, state, may, sees } from "./store.js";
import { hasKey, setKey, forgetKey } from "./api.js";
import { Overview } from "./overview.js";
import { Jobs, JobPage } from "./jobs.js";
import { RunPage, Runs } from "./run.js";
import { Timeline } from "./timeline.js";
import { Flows, FlowPage } from "./flows.js";
import { Approvals, ApprovalPage } from "./approvals.js";
import { Queue } from "./queue.js";
import { Devices } from "./devices.js";
import { Audit } from "./audit.js";
import { Edit } from "./edit.js";
import { Models } from "./models.js";
import { CallPage } from "./calls.js";
import { ModelFile } from "./modelfile.js";
import * as words from "./words.js";

const closeAll = () => openDialogs().forEach(closeDialog);

const views = {
  "": { title: "Overview", icon: "M3 11l7-7 7 7M5 9.5V17h10V9.5", view: Overview },
  jobs: { title: "Jobs", icon: "M3 5h2M8 5h9M3 10h2M8 10h9M3 15h2M8 15h9", view: Jobs, one: parts => html`<${JobPage} key=${parts[1]} name=${parts[1]} />` },
  runs: { title: "Runs", icon: "M4 5l5 5-5 5zM11 15h6M11 5h6M13 10h4", view: Runs, one: parts => html`<${RunPage} key=${parts[1]} id=${parts[1]} />` },
  flows: { title: "Flows", icon: "M3 4h5v4H3zM12 12h5v4h-5zM5.5 8v6H12", view: Flows, one: (parts, params) => html`<${FlowPage} key=${parts[1]} id=${parts[1]} params=${params} />` },
  approvals: { title: "Approvals", icon: "M4 4h12v9H9l-4 4v-4H4zM7 8l2.5 2.5L13 6.5", view: Approvals, badge: () => state.approvals.length, one: parts => html`<${ApprovalPage} key=${parts[1]} id=${parts[1]} />` },
  timeline: { title: "Timeline", icon: "M3 4v13M3 6h6M8 10h6M12 14h5", view: Timeline },
  queue: { title: "Queue", icon: "M3 10h9M9 6l4 4-4 4M17 4v12", view: Queue },
  models: { title: "Models", icon: "M10 3l6 3.5v7L10 17l-6-3.5v-7zM10 10v7M10 10l6-3.5M10 10L4 6.5", view: Models, one: parts => parts[1] === "file" ? html`<${FilePage} />` : html`<${CallPage} key=${parts[1]} id=${parts[1]} />` },
  devices: { title: "Devices", icon: "M3 4h14v9H3zM7 17h6M10 13v4", view: Devices },
  audit: { title: "Audit", icon: "M5 3h7l3 3v11H5zM8 9h4M8 12h4", view: Audit, role: "admin", all: true },
  edit: { title: "Job list", icon: "M12 4l4 4-9 9H3v-4zM10 6l4 4", view: Edit, role: "admin", all: true },
};

const numbered = { runs: "Run ", flows: "Flow ", approvals: "Approval ", models: "Call " };
const files = { "models/file": "models.yaml" };

function placeOf(hash) {
  const [path, search] = hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { parts, params: new URLSearchParams(search ?? "") };
}

function usePlace() {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const changed = () => setPlace(placeOf(location.hash));
    // A question belongs to the view in which it was asked.
    addEventListener("hashchange", closeAll);
    addEventListener("hashchange", changed);
    return () => {
      removeEventListener("hashchange", closeAll);
      removeEventListener("hashchange", changed);
    };
  }, []);
  return place;
}

function App() {
  const store = useStore();
  const place = usePlace();
  const view = views[place.parts[0] ?? ""];
  const title = files[place.parts.join("/")] ?? (place.parts[1] && view ? `${numbered[place.parts[0]] ?? ""}${place.parts[1]}` : view?.title ?? "Not found");
  useArrival(place.parts.join("/"), title);
  useTheme();
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <${Frame} current=${place.parts[0] ?? ""} />
    <main id="main" tabindex="-1">
      <${Connection} />
      ${store.connection === "key" ? html`<${KeyForm} />` : store.connection === "refused" && !store.isLoaded ? html`<h1 tabindex="-1">Access denied</h1><${Failure} error=${store.problem} again=${start} />`
        : !store.isLoaded ? html`<p class="starting" role="status">${store.connection === "lost" ? "Waiting for the daemon …" : "Loading the console …"}</p>`
          : !view || (view.role && !may(view.role)) ? html`<h1 tabindex="-1">Nothing is here</h1><p>${view ? `This takes the role ${view.role}; you have the role ${store.me.role}.` : "There is no such view."} <a href="#/">Go to the overview</a></p>`
            : place.parts[1] !== undefined && view.one ? view.one(place.parts, place.params)
              : html`<${view.view} params=${place.params} />`}
    </main>
    <div class="toasts" role="status" aria-live="polite">${openToasts().map(entry => html`<div key=${entry.id} class=${`toast ${entry.mood}`}>${entry.href ? html`<a href=${entry.href}>${entry.text}</a>` : entry.text}<button class="quiet" onClick=${() => dismiss(entry)} aria-label="Close this message">✕</button></div>`)}</div>
    ${openDialogs().map(dialog => html`<${dialog.body} key=${dialog.id} close=${() => closeDialog(dialog)} />`)}`;
}

const FilePage = () => may("admin") && sees() ? html`<${ModelFile} />` : html`<h1 tabindex="-1">Nothing is here</h1><p>This takes the role admin for all jobs. <a href="#/models">Go to the models</a></p>`;

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** Names the page after what it shows, and has screen readers begin at its heading. */
function useArrival(path, title) {
  const first = useRef(true);
  useEffect(() => {
    document.title = `${title} · AIOS`;
    // On a telephone the views are a row that is longer than the screen.
    document.querySelector(".side a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    document.querySelector("main h1")?.focus({ preventScroll: true });
  }, [path]);
}

const themes = ["auto", "light", "dark"];
const themeName = "aios-theme";

function useTheme() {
  useEffect(() => applyTheme(localStorage.getItem(themeName)), []);
}

function applyTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function ThemeButton() {
  const [theme, setTheme] = useState(() => localStorage.getItem(themeName) ?? "auto");
  const next = themes[(themes.indexOf(theme) + 1) % themes.length];
  const names = { auto: "system", light: "light", dark: "dark" };
  return html`<button class="quiet" onClick=${() => { localStorage.setItem(themeName, next); applyTheme(next); setTheme(next); }}>Colours: ${names[theme]}</button>`;
}

function Frame({ current }) {
  const shown = Object.entries(views).filter(([, view]) => (!view.role || may(view.role)) && (!view.all || sees()));
  return html`<header class="side">
    <a class="brand" href="#/"><img src="/console/icon.svg" alt="" width="26" height="26" />AIOS</a>
    <nav aria-label="Views"><ul>${shown.map(([key, view]) => html`<li key=${key}><a href=${`#/${key}`} aria-current=${key === current ? "page" : undefined}><svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${view.icon} /></svg>${view.title}<${Badge} count=${view.badge?.() ?? 0} /></a></li>`)}</ul></nav>
    <div class="foot">
      ${state.status && html`<span class="faint" title="This daemon">${state.status.device}<br />version ${state.status.version}</span>`}
      <${ThemeButton} />
      ${hasKey() && state.connection !== "key" && html`<button class="quiet" onClick=${() => { forgetKey(); start(); }}>Forget the key</button>`}
    </div>
  </header>`;
}

function Badge({ count }) {
  return count > 0 && html`<span class="badge"><span class="hidden">, </span>${words.number(count)}${count >= 100 ? "+" : ""}<span class="hidden"> waiting</span></span>`;
}

function Connection() {
  if (state.connection === "lost" && state.isLoaded) return html`<div class="notice warn" role="alert"><strong>The daemon cannot be reached.</strong> The page shows the last known state and updates by itself as soon as the daemon answers. If the daemon was stopped, start it with <code>aios</code>.</div>`;
  if (state.connection === "lost") return html`<div class="notice warn" role="alert"><strong>The daemon cannot be reached.</strong> If it was stopped, start it with <code>aios</code>. This page then updates by itself.</div>`;
  return html`<div role="alert"></div>`;
}

function KeyForm() {
  const [text, setText] = useState("");
  const [keep, setKeep] = useState(false);
  const submit = event => {
    event.preventDefault();
    setKey(text.trim(), keep);
    start();
  };
  return html`<section class="card narrow"><h1 tabindex="-1">A key is needed</h1>
    <p>${state.problem?.type === "wrong-key" ? state.problem.message : "You come from another machine, through a proxy, or as another user, so the daemon does not know you."}</p>
    <form class="form" onSubmit=${submit}>
      <label class="field"><span>Key</span><input type="password" autocomplete="off" required value=${text} onInput=${event => setText(event.target.value)} placeholder="aios_…" /></label>
      <label class="inline"><input type="checkbox" checked=${keep} onChange=${event => setKeep(event.target.checked)} /> Keep it in this browser</label>
      <div class="row"><button class="primary">Open the console</button></div>
    </form>
    <p class="faint">Somebody who may use the daemon's machine makes one with <code>aios keys add NAME --role operator</code>.</p>
  </section>`;
}

start();
const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);
