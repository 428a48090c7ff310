// A day on one axis: what ran, and what will.

import { get, query } from "./api.js";
import { html, useStore, useState, useEffect, useRef, useTicking, Empty, LongList, link, go } from "./ui.js";
import { watchEvents } from "./store.js";
import * as words from "./words.js";

const width = 1000; // of the drawing, whatever its size on the screen
const most = 1000; // runs of a job that are read for a day
const mostComing = 300;
const atOnce = 4; // requests

export function Timeline() {
  const state = useStore();
  const [days, setDays] = useState(0);
  const [text, setText] = useState("");
  const from = words.startOfDay(words.now(), days);
  const until = words.startOfDay(words.now(), days + 1);
  const rows = useRows(from, until, state.generation);
  const wanted = text.trim().toLowerCase();
  const items = [...state.jobs.values()].filter(job => job.name.toLowerCase().includes(wanted));
  items.sort((a, b) => Number(hasMarks(b, from)) - Number(hasMarks(a, from)));
  return html`
    <div class="head"><h1 tabindex="-1">Timeline <small>${words.dayName(from)}</small></h1>
      <div class="actions"><button onClick=${() => setDays(days - 1)}>‹ Day before</button><button onClick=${() => setDays(0)} disabled=${days === 0}>Today</button><button onClick=${() => setDays(days + 1)}>Day after ›</button></div></div>
    <div class="tools"><input type="search" placeholder="Find by name" aria-label="Find jobs" value=${text} onInput=${event => setText(event.target.value)} />
      <span class="legend"><span class="key good">succeeded</span> <span class="key bad">failed</span> <span class="key busy">running</span> <span class="key coming">coming</span></span></div>
    <div class="day">
      <${Axis} from=${from} until=${until} />
      <${LongList} label="Jobs of the day" items=${items} keyOf=${job => job.name} onVisible=${rows.want}
        row=${job => html`<${Row} job=${job} row=${rows.of(job.name)} from=${from} until=${until} />`}
        empty=${html`<${Empty} title="No job fits" />`} />
    </div>`;
}

const hasMarks = (job, from) => job.next !== null || (job.last_run !== null && Date.parse(job.last_run.ended ?? words.now()) >= from);

/** Reads the rows that are seen, a few at a time, and those again of which something happens. */
function useRows(from, until, generation) {
  const [, draw] = useState(0);
  const cache = useRef(new Map());
  const wanted = useRef([]);
  const busy = useRef(0);
  const day = `${from}`;
  if (cache.current.day !== day) {
    cache.current = new Map();
    cache.current.day = day;
  }

  const pump = () => {
    while (busy.current < atOnce) {
      const map = cache.current;
      const name = wanted.current.find(known => !map.has(known) || map.get(known).isStale);
      if (name === undefined) return;
      map.set(name, { ...map.get(name), isStale: false });
      busy.current++;
      readRow(name, from, until).then(row => map.set(name, row), () => map.set(name, { runs: [], coming: [] })).finally(() => {
        busy.current--;
        draw(count => count + 1);
        pump();
      });
    }
  };
  const touch = name => {
    const known = cache.current.get(name);
    if (known) known.isStale = true;
  };
  useEffect(() => {
    let timer = null;
    const stop = watchEvents(event => {
      if (event.job_name === null || event.kind === "run.progress") return;
      touch(event.job_name);
      timer ??= setTimeout(() => { timer = null; pump(); }, 1000);
    });
    return () => { clearTimeout(timer); stop(); };
  }, [day]);
  useEffect(pump, [day, generation]);
  return {
    of: name => cache.current.get(name),
    want: items => {
      wanted.current = items.map(job => job.name);
      pump();
    },
  };
}

async function readRow(name, from, until) {
  const isOver = until < words.now();
  const [runs, next] = await Promise.all([
    from > words.now() ? { items: [] } : get(`runs${query({ job: name, since: new Date(from).toISOString(), until: new Date(until).toISOString(), limit: most })}`),
    isOver ? { items: [] } : get(`jobs/${encodeURIComponent(name)}/next?count=${mostComing}`),
  ]);
  const coming = next.items.map(item => item.at && Date.parse(item.at)).filter(Boolean);
  return { runs: runs.items, coming: coming.filter(at => at >= from && at < until), isDense: coming.length === mostComing && coming.at(-1) < until };
}

function Axis({ from, until }) {
  const hours = [0, 3, 6, 9, 12, 15, 18, 21];
  const at = useTicking(() => words.now() >= from && words.now() < until ? `${(100 * (words.now() - from) / (until - from)).toFixed(2)}%` : "");
  return html`<div class="day-axis" aria-hidden="true"><span></span><div>${hours.map(hour => html`<span key=${hour} style=${{ left: `${hour / 24 * 100}%` }}>${String(hour).padStart(2, "0")}:00</span>`)}${at && html`<i class="now" style=${{ left: at }}></i>`}</div></div>`;
}

function Row({ job, row, from, until }) {
  const place = at => (at - from) / (until - from) * width;
  const paths = { good: "", bad: "", busy: "", calm: "" };
  for (const run of row?.runs ?? []) {
    const left = Math.max(0, place(Date.parse(run.started)));
    const right = Math.min(width, place(run.ended ? Date.parse(run.ended) : words.now()));
    paths[words.moodOf(run.status)] += `M${left.toFixed(1)} 3h${Math.max(2.5, right - left).toFixed(1)}v18h${-Math.max(2.5, right - left).toFixed(1)}z`;
  }
  const coming = row?.coming ?? [];
  const marks = coming.map(at => `M${place(at).toFixed(1)} 4v16`).join("");
  const open = event => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = from + (event.clientX - box.left) / box.width * (until - from);
    const near = nearest(row?.runs ?? [], at, (until - from) / box.width * 8);
    if (near) go(link("runs", near.id));
  };
  return html`<div class="day-row"><a class="name clip" href=${link("jobs", job.name)}>${job.name}</a>
    <svg viewBox=${`0 0 ${width} 24`} preserveAspectRatio="none" role="img" aria-label=${inWords(job, row)} onClick=${open}>
      ${[3, 6, 9, 12, 15, 18, 21].map(hour => html`<line key=${hour} class="grid" x1=${hour / 24 * width} x2=${hour / 24 * width} y1="0" y2="24" />`)}
      ${row?.isDense && html`<rect class="dense" x=${place(coming.at(-1))} y="8" width=${width - place(coming.at(-1))} height="8" />`}
      <path class="coming" d=${marks} />
      ${Object.entries(paths).map(([mood, path]) => path && html`<path key=${mood} class=${`fill-${mood}`} d=${path} />`)}
    </svg></div>`;
}

function nearest(runs, at, reach) {
  let best = null;
  let least = reach;
  for (const run of runs) {
    const began = Date.parse(run.started), ended = run.ended ? Date.parse(run.ended) : words.now();
    const away = at < began ? began - at : at > ended ? at - ended : 0;
    if (away <= least) [best, least] = [run, away];
  }
  return best;
}

function inWords(job, row) {
  if (!row?.runs) return `${job.name}: being read`;
  const bad = row.runs.filter(run => words.isBad(run.status)).length;
  const parts = [row.runs.length === 0 ? "no runs" : words.plural(row.runs.length, "run")];
  if (bad > 0) parts.push(`${bad} failed`);
  if (row.coming.length > 0) parts.push(`${row.isDense ? "more than " : ""}${row.coming.length} to come, next ${words.localTime(row.coming[0])}`);
  return `${job.name}: ${parts.join(", ")}`;
}
