// One run: how it stands, what it says, what came of it.

import { get, follow, query } from "./api.js";
import { html, useStore, useData, useState, useEffect, useRef, useMemo, When, Duration, Status, Progress, Pending, Empty, Choice, link, jobLink, go, toast } from "./ui.js";
import { may } from "./store.js";
import { cancelRun, retry } from "./actions.js";
import { RunTable } from "./jobs.js";
import { readFlows } from "./flowdata.js";
import { ResultFile } from "./values.js";
import { CallsOfRun } from "./calls.js";
import * as words from "./words.js";

export function RunPage({ id }) {
  const state = useStore();
  const about = useData(signal => get(`runs/${id}`, { signal }), [id], event => event.run_id === Number(id) && event.kind !== "run.progress", 50);
  if (!about.value) return html`<h1 tabindex="-1">Run ${id}</h1><${Pending} data=${about} what="the run" />`;
  const live = state.running.get(Number(id));
  const run = about.value.ended ? about.value : { ...about.value, ...(live ? { progress: live.progress, progress_text: live.progress_text } : {}) };
  return html`
    <nav class="crumbs" aria-label="Where you are"><a href="#/jobs">Jobs</a> <span aria-hidden="true">›</span> <a href=${jobLink(run.job_name)}>${run.job_name}</a>${run.flow_id != null && html` <span aria-hidden="true">›</span> <a href=${link("flows", `${run.flow_id}`)}>flow ${run.flow_id}</a>`}</nav>
    <div class="head"><h1 tabindex="-1">Run ${run.id} <small><${Status} status=${run.status} /></small></h1>
      ${may("operator") && html`<div class="actions">${run.ended ? html`<button class="primary" onClick=${() => retry(run)}>Run the same again</button>` : html`<button onClick=${() => cancelRun(run)}>Stop</button>`}</div>`}</div>
    ${run.reason && html`<p class=${`notice ${words.moodOf(run.status)}`}>${run.reason}</p>`}
    <${FlowOf} run=${run} />
    ${!run.ended && html`<${Progress} run=${run} />`}
    <dl class="facts wide">
      <dt>Began</dt><dd><${When} at=${run.started} both /></dd>
      <dt>${run.ended ? "Took" : "Runs for"}</dt><dd><${Duration} run=${run} />${run.ended && html` <span class="faint">until <${When} at=${run.ended} local /></span>`}</dd>
      <dt>Attempt</dt><dd>${run.attempt}</dd>
      <dt>Device</dt><dd>${run.device}${run.pid != null && html` <span class="faint">process ${run.pid}</span>`}</dd>
      ${run.ended && html`<dt>Processor</dt><dd>${run.cpu_seconds == null ? "–" : words.span(run.cpu_seconds)}</dd>
      <dt>Memory</dt><dd>${run.peak_memory == null ? "–" : `${words.bytes(run.peak_memory)} at most`}</dd>
      <dt>Output</dt><dd>${words.bytes(run.output_bytes)}</dd>`}
      ${run.exit_code != null && html`<dt>Exit status</dt><dd>${run.exit_code}</dd>`}
      ${run.signal != null && html`<dt>Signal</dt><dd>${run.signal}</dd>`}
    </dl>
    ${run.result != null && html`<section class="card" aria-labelledby="result-title"><h2 id="result-title">Result</h2><pre class="result" tabindex="0">${JSON.stringify(run.result, null, 2)}</pre></section>`}
    ${run.result_file != null && html`<section class="card" aria-labelledby="file-title"><h2 id="file-title">Result</h2><${ResultFile} file=${run.result_file} /></section>`}
    <${CallsOfRun} id=${id} isOver=${run.ended != null} />
    <${Log} id=${id} isOver=${run.ended != null} />
    <${Attempts} run=${run} />`;
}

// A run of a job with steps says nothing itself.
function FlowOf({ run }) {
  const flows = useData(signal => run.pid == null ? readFlows({ job: run.job_name, limit: 1 }, signal) : Promise.resolve(null), [run.id]);
  return flows.value?.items.length > 0 && html`<p><a class="button" href=${link("flows", `${run.trigger_id}`)}>Show its steps</a></p>`;
}

function Attempts({ run }) {
  const runs = useData(signal => get(`runs?trigger=${run.trigger_id}&limit=50`, { signal }), [run.trigger_id, run.status], event => event.trigger_id === run.trigger_id && event.kind !== "run.progress", 400);
  if (!runs.value || runs.value.items.length < 2) return null;
  return html`<section class="card" aria-labelledby="attempts-title"><h2 id="attempts-title">Attempts</h2><${RunTable} runs=${runs.value.items} /></section>`;
}

const most = 5000; // lines that are kept in the page
const chunk = 100;
const ranks = { DEBUG: 0, INFO: 1, WARNING: 2, ERROR: 3, CRITICAL: 4 };
const levels = [["all", "All"], ["WARNING", "Warnings"], ["ERROR", "Errors"]];

/** The last lines and all that come, or from the first line on, page by page. */
function useLines(id) {
  const [, draw] = useState(0);
  const log = useRef(null);
  const [mode, setMode] = useState("end");
  useEffect(() => {
    const mine = { lines: [], state: "reading", hasEarlier: false, next: 0, hasMore: false };
    log.current = mine;
    let timer = null;
    const show = () => { timer ??= setTimeout(() => { timer = null; draw(count => count + 1); }, 80); };
    const abort = new AbortController();
    let stop = () => {};
    const add = lines => {
      mine.lines = mine.lines.concat(lines);
      if (mine.lines.length > most) {
        mine.lines = mine.lines.slice(-most);
        mine.hasEarlier = true;
      }
      show();
    };
    mine.readMore = async () => {
      const page = await get(`runs/${id}/logs?after=${mine.next}&limit=1000`, { signal: abort.signal });
      mine.hasMore = page.items.length === 1000;
      mine.next = page.next_after;
      mine.state = mine.hasMore ? "paged" : "over";
      add(page.items);
    };
    (async () => {
      if (mode === "start") return mine.readMore();
      const page = await get(`runs/${id}/logs?limit=1000`, { signal: abort.signal });
      mine.hasEarlier = page.items.length === 1000;
      mine.state = "live";
      add(page.items);
      let batch = [];
      stop = follow(`runs/${id}/logs?follow`, {
        after: page.next_after,
        onEvent: (kind, line) => {
          if (kind === "end") mine.state = "over";
          if (kind === "line") batch.push(line);
          if (kind === "line" && batch.length === 1) setTimeout(() => { const all = batch; batch = []; add(all); }, 50);
          show();
        },
      });
    })().catch(error => {
      if (error.name === "AbortError") return;
      mine.state = "failed";
      show();
    });
    draw(count => count + 1);
    return () => {
      abort.abort();
      clearTimeout(timer);
      stop();
    };
  }, [id, mode]);
  return { log: log.current ?? { lines: [], state: "reading" }, mode, setMode };
}

export function Log({ id, title = "Log" }) {
  const { log, mode, setMode } = useLines(id);
  const [level, setLevel] = useState("all");
  const [text, setText] = useState("");
  const [follows, setFollows] = useState(true);
  const [times, setTimes] = useState(false);
  const box = useRef();
  const wanted = text.trim().toLowerCase();
  const lines = useMemo(() => log.lines.filter(line =>
    (level === "all" || (ranks[line.level] ?? 1) >= ranks[level]) && (wanted === "" || words.plainText(line.message).toLowerCase().includes(wanted))),
  [log.lines, level, wanted]);
  useEffect(() => {
    if (follows && mode === "end" && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, follows]);
  const scrolled = () => {
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    setFollows(scrollHeight - scrollTop - clientHeight < 40);
  };
  // Whole chunks keep their number, so that only the last one is drawn again.
  const chunks = [];
  for (let from = 0; from < lines.length; from += chunk) chunks.push(lines.slice(from, from + chunk));
  const found = lines.length === log.lines.length ? words.plural(lines.length, "line") : `${words.number(lines.length)} of ${words.plural(log.lines.length, "line")}`;
  return html`<section class="card" aria-labelledby="log-title">
    <div class="head"><h2 id="log-title">${title} <small role="status">${found}${log.state === "live" && html` <span class="status busy"><span class="mark" aria-hidden="true">▸</span>live</span>`}</small></h2></div>
    <div class="tools">
      <input type="search" placeholder="Find in the lines shown" aria-label="Find in the log" value=${text} onInput=${event => setText(event.target.value)} />
      <${Choice} label="Level" value=${level} options=${levels} onChange=${setLevel} />
      <label class="inline"><input type="checkbox" checked=${times} onChange=${event => setTimes(event.target.checked)} /> times</label>
      ${mode === "start" ? html`<button class="quiet" onClick=${() => setMode("end")}>Go to the end</button>` : log.hasEarlier && html`<button class="quiet" onClick=${() => setMode("start")}>From the beginning</button>`}
    </div>
    ${log.state === "failed" && html`<p class="notice bad" role="alert">The log cannot be read.</p>`}
    ${lines.length === 0 ? html`<${Empty} title=${log.lines.length > 0 ? "No line fits" : log.state === "reading" ? "Reading the log …" : log.state === "live" ? "Nothing said yet" : "It said nothing"} />` : html`
      <div class=${`log ${times ? "times" : ""}`} ref=${box} onScroll=${scrolled} tabindex="0" role="log" aria-label="Log" aria-live="off">
        ${chunks.map(part => html`<${LogChunk} key=${part[0].id} lines=${part} wanted=${wanted} />`)}
        ${log.hasMore && html`<button class="more" onClick=${() => log.readMore()}>More lines</button>`}
      </div>
      ${mode === "end" && !follows && log.state === "live" && html`<button class="quiet" onClick=${() => setFollows(true)}>Follow the end again</button>`}`}
  </section>`;
}

function LogChunk({ lines, wanted }) {
  return useMemo(() => html`<div class="chunk">${lines.map(line => html`<div key=${line.id} class=${`line ${line.level.toLowerCase()} ${line.stream ?? ""}`}><time datetime=${line.timestamp}>${words.clockWithSeconds(line.timestamp)}</time><span class="text">${ranks[line.level] > 1 && html`<b class="level">${line.level.toLowerCase()}</b> `}${message(line.message, wanted)}</span></div>`)}</div>`, [lines.length, lines[0]?.id, lines.at(-1)?.id, wanted]);
}

function message(text, wanted) {
  const parts = words.ansi(text);
  return parts.map(([piece, name, style]) => name || style ? html`<span class=${name} style=${style}>${mark(piece, wanted)}</span>` : mark(piece, wanted));
}

function mark(piece, wanted) {
  if (wanted === "") return piece;
  const found = [];
  let from = 0;
  for (let at = piece.toLowerCase().indexOf(wanted); at >= 0; at = piece.toLowerCase().indexOf(wanted, from)) {
    found.push(piece.slice(from, at), html`<mark>${piece.slice(at, at + wanted.length)}</mark>`);
    from = at + wanted.length;
  }
  return [...found, piece.slice(from)];
}

const statuses = ["", "succeeded", "failed", "timed_out", "lost", "canceled", "running"];

/** The newest runs of all jobs. */
export function Runs({ params }) {
  const status = params.get("status") ?? "";
  const first = useData(signal => get(`runs${query({ status, limit: 100 })}`, { signal }), [status], event => event.kind === "run.started" || event.kind === "run.ended", 1000);
  const [older, setOlder] = useState({ items: [], cursor: null });
  useEffect(() => setOlder({ items: [], cursor: null }), [status]);
  const known = new Set((first.value?.items ?? []).map(run => run.id));
  const runs = [...(first.value?.items ?? []), ...older.items.filter(run => !known.has(run.id))];
  const cursor = older.items.length > 0 ? older.cursor : first.value?.next_cursor;
  const more = () => get(`runs${query({ status, limit: 200, cursor })}`).then(page => setOlder({ items: [...older.items, ...page.items], cursor: page.next_cursor }), error => toast(error.message, "bad"));
  return html`<h1 tabindex="-1">Runs</h1>
    <div class="tools"><label class="inline">Show <select value=${status} onChange=${event => go(`#/runs${query({ status: event.target.value })}`)}>${statuses.map(word => html`<option key=${word} value=${word}>${word === "" ? "all runs" : words.statusWord(word)}</option>`)}</select></label></div>
    ${!first.value ? html`<${Pending} data=${first} what="the runs" />` : runs.length === 0 ? html`<${Empty} title=${status === "" ? "Nothing has run yet" : "No such runs"} />` : html`<${RunTable} runs=${runs} withJob />
    ${cursor && html`<button class="more" onClick=${more}>Older runs</button>`}`}`;
}
