// The job list and other files: written here, looked through as one writes, saved through the API.

import { get, post, put, request } from "./api.js";
import { html, useData, useState, useEffect, useLayoutEffect, useRef, useMemo, When, Empty, Pending, Dialog, Choice, openDialog, confirm, toast, go } from "./ui.js";
import { lineBreak, indent } from "./indent.js";
import { askToConfirm } from "./confirming.js";
import { complete, jobGrammar } from "./complete.js";
import { state } from "./store.js";
import * as words from "./words.js";

const pauseBeforeLook = 300; // ms without a key
const mostPreviews = 40;

/** What a file is: where it is read and saved, what says whether it is right, and what can be written in it. */
const jobList = {
  title: "Job list",
  crumb: null,
  path: name => `job-list/files/${encodeURIComponent(name)}`,
  judge: (text, name, signal) => post("job-list/validate", { text, file: name, occurrences: 3 }, { signal }),
  schema: "job-list/schema",
  grammar: jobGrammar,
  count: judgement => words.plural(judgement.jobs, "job"),
  starter: "",
};

export function Edit({ params }) {
  const names = useData(signal => get("job-list/files", { signal }), []);
  if (!names.value) return html`<h1 tabindex="-1">Job list</h1><${Pending} data=${names} what="the job list" />`;
  const files = names.value.items.map(item => item.file);
  const wanted = params.get("file");
  const name = wanted ?? files[0] ?? "jobs.yaml";
  return html`<${Editor} key=${name} source=${jobList} name=${name} files=${files} isNew=${!files.includes(name)} again=${names.again} line=${Number(params.get("line")) || 0} />`;
}

function useFile(source, name, isNew) {
  const [file, setFile] = useState(null);
  const [error, setError] = useState(null);
  const read = async () => {
    try {
      setError(null);
      if (isNew) return setFile({ text: "", tag: null });
      const { body, etag } = await request("GET", source.path(name), { withResponse: true });
      setFile({ text: body.text, tag: etag });
    } catch (failed) {
      setError(failed);
    }
  };
  useEffect(() => { read(); }, [name]);
  return { file, setFile, read, error };
}

// A text area has \n only; a file that had \r\n gets it back.
const toPage = text => text.replaceAll("\r\n", "\n");
const toFile = (text, model) => model.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;

export function Editor({ source, name, files = null, isNew, again, line = 0 }) {
  const { file, setFile, read, error } = useFile(source, name, isNew);
  const [text, setText] = useState(null);
  const [isSaving, setSaving] = useState(false);
  const draftName = `aios-draft ${name}`;
  useEffect(() => {
    if (file && text === null) setText(sessionStorage.getItem(draftName) ?? (isNew ? source.starter : toPage(file.text)));
  }, [file]);
  const isChanged = file !== null && text !== null && text !== toPage(file.text);
  useEffect(() => {
    if (isChanged) sessionStorage.setItem(draftName, text);
    else if (text !== null) sessionStorage.removeItem(draftName);
    const leave = event => isChanged && event.preventDefault();
    addEventListener("beforeunload", leave);
    return () => removeEventListener("beforeunload", leave);
  }, [text, isChanged]);
  // Who comes from a job wants to see it.
  const isThere = text !== null;
  useEffect(() => { if (isThere && line > 0) jump({ line, column: 1 }); }, [isThere, line]);
  const judgement = useJudgement(source, name, text);
  const schema = useData(signal => get(source.schema, { signal }), []);
  const fields = useMemo(() => source.grammar.fieldsOf(schema.value), [schema.value]);
  const [kind, setKind] = useState(null);
  const errors = judgement?.errors ?? [];
  const mine = errors.filter(mistake => mistake.file === name);

  const save = async headers => {
    setSaving(true);
    try {
      const sent = toFile(text, file.text);
      const answer = await put(source.path(name), { text: sent }, { headers, withResponse: true });
      setFile({ text: sent, tag: answer.etag });
      toast(`${name} is saved and comes into force at once.`);
      if (isNew) again();
    } catch (failed) {
      if (failed.status === 412) conflict(failed);
      else if (failed.confirmation) askToConfirm(failed, confirmed => save({ ...headers, ...confirmed }));
      else toast(failed.message, "bad");
    } finally {
      setSaving(false);
    }
  };
  const conflict = failed => confirm({
    title: "This file was changed elsewhere",
    text: `${failed.message} Your text is still here.`,
    yes: "Save mine in its place",
    act: () => save({ "If-Match": "*" }),
    extra: { label: "Take theirs, drop mine", act: async () => { sessionStorage.removeItem(draftName); setText(null); await read(); } },
  });
  const saveIt = () => isChanged && mine.length === 0 && !isSaving && save(isNew && !file.tag ? { "If-None-Match": "*" } : { "If-Match": file.tag });

  return html`${source.crumb}
    <div class="head"><h1 tabindex="-1">${source.title}</h1>
      <div class="actions">
        ${isChanged && html`<button onClick=${() => confirm({ title: "Drop your changes?", text: `${name} goes back to what is saved.`, yes: "Drop them", act: () => setText(toPage(file.text)) })}>Drop changes</button>`}
        <button class="primary" disabled=${!isChanged || mine.length > 0 || isSaving} onClick=${saveIt}>${isSaving ? "Saving …" : isChanged ? "Save" : "Saved"}</button>
      </div></div>
    <div class="tools">
      ${files && html`<label class="inline">File <select value=${name} onChange=${event => choose(event.target.value, files)}>${[...new Set([...files, name])].map(other => html`<option key=${other} value=${other}>${other}</option>`)}<option value="">new file …</option></select></label>`}
      <${Verdict} judgement=${judgement} mine=${mine} count=${source.count} />
    </div>
    ${error ? html`<${Pending} data=${{ error, again: read }} />` : text === null ? html`<p class="faint" role="status">Reading ${name} …</p>` : html`
    <div class="editor-columns">
      <${TextArea} text=${text} setText=${setText} mistakes=${mine} save=${saveIt} name=${name} grammar=${source.grammar} fields=${fields} onKind=${setKind} />
      <div>
        <${Mistakes} judgement=${judgement} name=${name} />
        <${Preview} judgement=${judgement} />
        ${schema.value && html`<${Fields} kinds=${source.grammar.kinds} fields=${fields} kind=${kind} />`}
      </div>
    </div>`}`;
}

function choose(name, files) {
  if (name !== "") return go(`#/edit?file=${encodeURIComponent(name)}`);
  openDialog(({ close }) => html`<${NewFile} close=${close} files=${files} />`);
}

function NewFile({ close, files }) {
  const [name, setName] = useState("");
  const wrong = name !== "" && !/^[^.\/\\][^\/\\]*\.(ya?ml|json)$/i.test(name) ? "Expected a name that ends with .yaml, such as backups.yaml." : files.includes(name) ? "There is one of this name." : null;
  return html`<${Dialog} title="New file" close=${close}><form class="form" onSubmit=${event => { event.preventDefault(); if (name && !wrong) { close(); go(`#/edit?file=${encodeURIComponent(name)}`); } }}>
    <label class="field"><span>Name</span><input value=${name} placeholder="backups.yaml" onInput=${event => setName(event.target.value.trim())} /></label>
    ${wrong && html`<p class="notice bad">${wrong}</p>`}
    <div class="row end"><button type="button" onClick=${close}>Cancel</button><button class="primary" disabled=${!name || wrong !== null}>Begin it</button></div></form><//>`;
}

/** What the daemon says of the text, asked when nobody has written for a moment. */
function useJudgement(source, name, text) {
  const [judgement, setJudgement] = useState(null);
  useEffect(() => {
    if (text === null) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      source.judge(text, name, abort.signal).then(setJudgement, () => {});
    }, judgement === null ? 0 : pauseBeforeLook);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [name, text]);
  return judgement;
}

function TextArea({ text, setText, mistakes, save, name, grammar, fields, onKind }) {
  const area = useRef();
  const gutter = useRef();
  const count = useMemo(() => text.split("\n").length, [text]);
  // One text for all numbers: a list may have thousands of lines, and is drawn again at each key.
  const numbers = useMemo(() => Array.from({ length: count }, (_, line) => line + 1).join("\n"), [count]);
  const bad = [...new Set(mistakes.map(mistake => mistake.line))].filter(line => line > 0 && line <= count);
  const sync = () => { gutter.current.scrollTop = area.current.scrollTop; };
  useLayoutEffect(sync);
  // With the layout, so that it listens before the editor's own effects ask for a line.
  useLayoutEffect(() => {
    const jump = event => {
      const { line, column } = event.detail;
      const at = text.split("\n").slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0) + Math.max(0, column - 1);
      area.current.focus();
      area.current.setSelectionRange(at, at);
      area.current.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(area.current).lineHeight));
    };
    addEventListener("aios-jump", jump);
    return () => removeEventListener("aios-jump", jump);
  }, [text]);
  const leaves = useRef(false); // Escape was pressed: the next Tab goes to the next element
  // The browser does it, so that it can be undone.
  const put = (from, to, inserted) => {
    area.current.setSelectionRange(from, to);
    const isDone = inserted === "" ? from === to || document.execCommand("delete") : document.execCommand("insertText", false, inserted);
    if (!isDone) area.current.setRangeText(inserted, from, to, "end");
    setText(area.current.value);
  };
  const [offer, setOffer] = useState(null); // what can be written here, and which of it is chosen
  const look = isAsked => {
    const { selectionStart, selectionEnd, value } = area.current;
    const found = complete(value, selectionStart, grammar, fields, [...state.jobs.keys()]);
    onKind(found.kind);
    const isShown = selectionStart === selectionEnd && found.options.length > 0 && (isAsked || found.from < selectionStart);
    setOffer(isShown ? { ...found, chosen: isAsked ? 0 : -1 } : null);
  };
  const accept = option => {
    put(offer.from, area.current.selectionStart, option.insert);
    setOffer(null);
    area.current.focus();
  };
  // True if the key belongs to what is offered.
  const takes = event => {
    if (event.key === "Escape") return setOffer(null) ?? true;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const count = offer.options.length;
      setOffer({ ...offer, chosen: (offer.chosen + (event.key === "ArrowDown" ? 1 : offer.chosen < 0 ? 0 : -1) + count) % count });
    } else if (event.key === "Tab" && !event.shiftKey) accept(offer.options[Math.max(0, offer.chosen)]);
    else if (event.key === "Enter" && offer.chosen >= 0) accept(offer.options[offer.chosen]);
    else return false;
    return true;
  };
  const key = event => {
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      return look(true);
    }
    if (offer && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && takes(event)) return event.preventDefault();
    const { selectionStart, selectionEnd, value } = area.current;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      save();
    } else if (isPlain && event.key === "Enter") {
      event.preventDefault();
      put(selectionStart, selectionEnd, lineBreak(value, selectionStart));
    } else if (isPlain && event.key === "Tab" && !leaves.current) {
      event.preventDefault();
      const change = indent(value, selectionStart, selectionEnd, event.shiftKey);
      put(change.from, change.to, change.with);
      area.current.setSelectionRange(change.start, change.end);
    }
    if (event.key !== "Shift") leaves.current = event.key === "Escape";
    return undefined;
  };
  // Moving away closes the offer; what is written opens it.
  const moved = event => { if (["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(event.key) || (!offer && event.key.startsWith("Arrow"))) { setOffer(null); onKind(complete(area.current.value, area.current.selectionStart, grammar, fields).kind); } };
  return html`<div class="editor">
    <div class="gutter" ref=${gutter} aria-hidden="true"><div class="numbers">${numbers}${bad.map(line => html`<span key=${line} class="bad" style=${{ top: `${20 * (line - 1)}px` }}>${line}</span>`)}</div></div>
    <textarea ref=${area} aria-label=${`Text of ${name}`} aria-invalid=${mistakes.length > 0 ? "true" : "false"} spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" value=${text} onInput=${event => { setText(event.target.value); look(false); }} onScroll=${() => { sync(); setOffer(null); }} onKeyDown=${key} onKeyUp=${moved} onClick=${() => { setOffer(null); onKind(complete(area.current.value, area.current.selectionStart, grammar, fields).kind); }} onBlur=${() => { leaves.current = false; setOffer(null); }} aria-describedby="editor-help" aria-autocomplete="list" aria-controls=${offer ? "editor-offer" : undefined} aria-activedescendant=${offer && offer.chosen >= 0 ? `offer-${offer.chosen}` : undefined}></textarea>
    ${offer && html`<${Offer} offer=${offer} area=${area.current} accept=${accept} />`}
    <p class="editor-help" id="editor-help">Tab indents by two, Shift-Tab less. Control-Space shows what can be written. Escape, then Tab leaves the text.</p>
  </div>`;
}

// Below the caret: the font has one width, and lines do not wrap.
function Offer({ offer, area, accept }) {
  const list = useRef();
  const lines = area.value.slice(0, offer.from).split("\n");
  useLayoutEffect(() => list.current.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [offer.chosen]);
  const width = useMemo(() => {
    const ruler = document.createElement("canvas").getContext("2d");
    ruler.font = getComputedStyle(area).font;
    return ruler.measureText("m").width;
  }, []);
  const below = area.offsetTop + 10 + 20 * lines.length - area.scrollTop;
  const left = Math.max(0, Math.min(area.offsetLeft + 10 + width * lines.at(-1).length - area.scrollLeft, area.offsetLeft + area.clientWidth - 260));
  // Above the caret where there is no room below.
  const isAbove = below > area.clientHeight * 0.6;
  const place = { left: `${left}px`, top: isAbove ? "auto" : `${below + 2}px`, bottom: isAbove ? `${area.parentElement.clientHeight - below + 22}px` : "auto" };
  return html`<ul class="offer" id="editor-offer" role="listbox" aria-label="What can be written here" ref=${list} style=${place}>${offer.options.map((option, number) => html`<li key=${option.text} id=${`offer-${number}`} role="option" aria-selected=${number === offer.chosen ? "true" : "false"} onMouseDown=${event => { event.preventDefault(); accept(option); }}><code>${option.text}</code>${option.about && html`<span class="faint clip">${option.about.replaceAll("`", "")}</span>`}</li>`)}</ul>`;
}

function Verdict({ judgement, mine, count }) {
  const [mood, mark, text] = verdictOf(judgement, mine, count);
  return html`<span class=${`status ${mood}`} role="status"><span class="mark" aria-hidden="true">${mark}</span>${text}</span>`;
}

function verdictOf(judgement, mine, count) {
  if (judgement === null) return ["calm", "…", "being checked"];
  const found = count(judgement);
  const elsewhere = judgement.errors.length - mine.length;
  if (mine.length > 0) return ["bad", "✕", words.plural(mine.length, "mistake")];
  if (elsewhere > 0) return ["bad", "✕", `${found}, ${words.plural(elsewhere, "mistake")} in other files`];
  if (judgement.warnings.length > 0) return ["calm", "!", `${found}, ${words.plural(judgement.warnings.length, "warning")}`];
  return ["good", "✓", `${found}, no mistakes`];
}

const jump = mistake => dispatchEvent(new CustomEvent("aios-jump", { detail: mistake }));

function Mistakes({ judgement, name }) {
  if (!judgement) return null;
  const shown = [...judgement.errors.map(mistake => [mistake, "bad"]), ...judgement.warnings.map(mistake => [mistake, "calm"])].slice(0, 50);
  if (shown.length === 0) return null;
  return html`<section class="card" aria-labelledby="mistakes-title"><h2 id="mistakes-title">${judgement.errors.length > 0 ? "What is wrong" : "Warnings"}</h2><ul class="rows">${shown.map(([mistake, mood], place) => html`<li key=${place}>
    ${mistake.file === name && mistake.line > 0 ? html`<button class="quiet text" onClick=${() => jump(mistake)}><span class=${`status ${mood}`}>line ${mistake.line}</span> ${short(mistake)}</button>` : html`<span class=${`status ${mood}`}>${mistake.file}</span> ${short(mistake)}`}
    ${mistake.excerpt && html`<pre class="excerpt" tabindex="0">${mistake.excerpt}</pre>`}
  </li>`)}</ul></section>`;
}

// The place is said already.
const short = mistake => mistake.message.replace(/^[^:]*(:\d+:\d+)?: /, "");

function Preview({ judgement }) {
  if (!judgement || judgement.next.length === 0) return null;
  return html`<section class="card" aria-labelledby="preview-title"><h2 id="preview-title">When these would run</h2><div class="preview" tabindex="0" role="group" aria-label="Next occurrences"><ul class="rows">${judgement.next.slice(0, mostPreviews).map(job => html`<li key=${job.job_name}>
    <strong>${job.job_name}</strong> <span class="faint">${job.schedule ?? words.kindWord(job.type)}</span>
    <div>${job.at.length > 0 ? job.at.map((at, place) => html`${place > 0 && html`<span class="faint"> · </span>`}<span class="num"><${When} at=${at} local /></span>`) : html`<span class="faint">${job.reason}</span>`}</div></li>`)}</ul>${judgement.jobs > mostPreviews && html`<p class="faint">and ${words.number(judgement.jobs - mostPreviews)} more</p>`}</div></section>`;
}

/** What can be said where the caret is. */
function Fields({ kinds, fields, kind }) {
  const [text, setText] = useState("");
  const [chosen, choose] = useState(null);
  useEffect(() => choose(null), [kind]);
  const shownKind = chosen ?? (kinds.some(([known]) => known === kind) ? kind : kinds[0][0]);
  const wanted = text.trim().toLowerCase();
  const shown = Object.entries(fields[shownKind]).filter(([name, field]) => `${name} ${field.description ?? ""}`.toLowerCase().includes(wanted));
  return html`<section class="card" aria-labelledby="fields-title"><h2 id="fields-title">What a ${shownKind} can say</h2>
    <div class="tools"><${Choice} label="Fields of" value=${shownKind} options=${kinds} onChange=${choose} />
    <input type="search" placeholder="Find a field" aria-label="Find a field" value=${text} onInput=${event => setText(event.target.value)} /></div>
    <div class="fields" tabindex="0" role="group" aria-label="Fields"><dl class="facts">${shown.map(([name, field]) => html`<dt key=${name}><code>${name}</code></dt><dd>${coded(field.description ?? "")}</dd>`)}</dl></div>
    ${shown.length === 0 && html`<${Empty} title="No field fits" />`}</section>`;
}

const coded = text => text.split("`").map((part, place) => place % 2 === 1 ? html`<code>${part}</code>` : part);
