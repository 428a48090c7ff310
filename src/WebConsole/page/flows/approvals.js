// Questions to a person: the inbox, and one question with all that was shown.

import { html, useStore, useData, useState, useEffect, useRef, When, Pending, Empty, Choice, Dialog, openDialog, act, link, go, toast } from "./ui.js";
import { state, mayDecide, refreshApprovals, dropApproval } from "./store.js";
import { readApproval, readApprovals, readPicture, decide, concernsApprovals } from "./flowdata.js";
import { StepStatus } from "./steps.js";
import { Fields, Value, differences } from "./values.js";
import * as words from "./words.js";

const shows = [["waiting", "Waiting"], ["all", "All"]];

/** The inbox. */
export function Approvals({ params }) {
  const store = useStore();
  const show = params.get("show") === "all" ? "all" : "waiting";
  const all = useData(signal => show === "all" ? readApprovals({ limit: 100 }, signal) : Promise.resolve(null), [show], concernsApprovals, 500);
  const items = show === "all" ? all.value?.items : store.approvals;
  return html`<div class="head"><h1 tabindex="-1">Approvals <small>${store.approvals.length === 0 ? "" : `${words.number(store.approvals.length)} waiting`}</small></h1></div>
    <div class="tools"><${Choice} label="Which approvals" value=${show} options=${shows} onChange=${next => go(next === "all" ? "#/approvals?show=all" : "#/approvals")} /></div>
    ${!items ? html`<${Pending} data=${all} what="the approvals" />` : items.length === 0 ? html`<${Empty} title="Nothing waits for a person">Steps of flows that ask for an approval are listed here.<//>` : html`<ul class="cards" aria-label="Approvals">
      ${items.map(approval => html`<li key=${approval.id} class="card"><${Entry} approval=${approval} /></li>`)}</ul>`}`;
}

function Entry({ approval }) {
  return html`<a class="name cover" href=${link("approvals", `${approval.id}`)}>${approval.question}</a>
    <div class="row faint">${approval.job && html`<span>${approval.job}${approval.step && ` › ${approval.step}`}</span>`}${approval.askedBy && html`<span>${approval.askedBy}</span>`}<span>asked <${When} at=${approval.created} /></span>
      ${approval.status === "waiting" ? approval.expires && html`<span>until <${When} at=${approval.expires} both /></span>` : html`<${StepStatus} status=${approval.status} />`}</div>`;
}

/** One question. */
export function ApprovalPage({ id }) {
  useStore();
  const about = useData(signal => readApproval(id, signal), [id], concernsApprovals, 400);
  const first = useRef(null);
  const approval = about.value;
  if (!approval) return html`<h1 tabindex="-1">Approval ${id}</h1><${Pending} data=${about} what="the approval" />`;
  const reload = () => {
    refreshApprovals();
    about.again();
  };
  if (first.current?.id !== approval.id) first.current = approval;
  return html`
    <nav class="crumbs" aria-label="Where you are"><a href="#/approvals">Approvals</a>${approval.flow !== null && html` <span aria-hidden="true">›</span> <a href=${`${link("flows", `${approval.flow}`)}?step=${encodeURIComponent(approval.step)}`}>${approval.job}, flow ${approval.flow}</a>`}</nav>
    <h1 tabindex="-1">${approval.question}</h1>
    <${Changed} former=${first.current} now=${approval} />
    <dl class="facts wide">
      <dt>State</dt><dd><${StepStatus} status=${approval.status} />${approval.need > 1 && approval.status === "waiting" && html` <span class="faint">${approval.decisions.filter(one => one.isApproval).length} of ${approval.need} people have approved</span>`}</dd>
      <dt>Asked</dt><dd><${When} at=${approval.created} both /></dd>
      ${approval.expires && html`<dt>${approval.status === "waiting" ? "Until" : "Was open until"}</dt><dd><${When} at=${approval.expires} both />${approval.status === "waiting" && html`<span class="faint">; then ${expiryWords[approval.onExpiry] ?? approval.onExpiry}</span>`}</dd>`}
      ${approval.askedBy && html`<dt>Asked by</dt><dd>${approval.askedBy}</dd>`}
      ${approval.used && html`<dt>Done</dt><dd><${When} at=${approval.used} both /></dd>`}
      ${approval.by.length > 0 && html`<dt>May decide</dt><dd>${approval.by.join(", ")}</dd>`}
      ${approval.status !== "waiting" && approval.reason && html`<dt>Why</dt><dd>${words.inLocalTime(approval.reason)}</dd>`}
    </dl>
    <section class="card" aria-labelledby="shown-title"><h2 id="shown-title">What it is about</h2><${Fields} value=${approval.shown} draw=${(name, value) => isPicture(value) ? html`<${Picture} key=${value.sha256} id=${approval.id} name=${name} path=${value.picture} />` : null} /></section>
    <${Decisions} approval=${approval} />
    ${approval.status === "waiting" && (isMine(approval) ? html`<p class="notice calm">${approval.kind === "confirmation" ? "Whoever asked confirms it there." : "You asked for it, so another person must decide."}</p>` : mayDecide() ? html`<${Answer} key=${approval.digest} approval=${approval} reload=${reload} again=${about.again} />` : html`<p class="notice calm">You can read this. To decide takes the role approver, operator or admin.</p>`)}`;
}

// The person who asks for an operation cannot decide about it; the daemon refuses that, too.
const isMine = approval => approval.kind === "confirmation" || (approval.askedBy !== null && approval.askedBy === state.me?.actor);

const expiryWords = { reject: "it counts as rejected", approve: "it is approved by itself", escalate: "others are asked" };

// What somebody has read is not what is asked now.
function Changed({ former, now }) {
  if (former.digest === now.digest || now.status !== "waiting") return null;
  const changes = [...(former.question === now.question ? [] : [["question", former.question, now.question]]), ...differences(former.shown, now.shown)];
  return html`<div class="notice warn" role="alert"><strong>It has changed since you read it, so nothing was decided.</strong>
    ${changes.length === 0 ? html`<p>The flow has another plan now. Read it again, then decide.</p>` : html`<dl class="facts">${changes.map(([name, before, after]) => html`<dt key=${name}>${name}</dt><dd><del><${Value} value=${before} /></del> <span aria-hidden="true">→</span> <ins><${Value} value=${after} /></ins></dd>`)}</dl>`}</div>`;
}

const isPicture = value => typeof value?.picture === "string" && typeof value.sha256 === "string";

// It comes with the key in a header, so an address alone cannot name it.
function Picture({ id, name, path }) {
  const file = useData(signal => readPicture(id, name, signal), [id, name]);
  const [address, setAddress] = useState(null);
  useEffect(() => {
    if (!file.value) return undefined;
    const made = URL.createObjectURL(file.value);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file.value]);
  return address ? html`<img class="picture" src=${address} alt=${name} title=${path} />` : html`<${Pending} data=${file} what="the picture" />`;
}

function Decisions({ approval }) {
  if (approval.decisions.length === 0) return null;
  return html`<section class="card" aria-labelledby="decisions-title"><h2 id="decisions-title">Who decided</h2><ul class="rows">${approval.decisions.map((one, place) => html`<li key=${place}>
    <div class="row"><strong>${one.who}</strong><${StepStatus} status=${one.isApproval ? "approved" : "rejected"} /><span class="faint"><${When} at=${one.at} both /></span></div>
    ${one.comment && html`<div>${one.comment}</div>`}${Object.keys(one.fields).length > 0 && html`<${Fields} value=${one.fields} />`}</li>`)}</ul></section>`;
}

function Answer({ approval, reload, again }) {
  const form = useRef();
  const why = useRef();
  const [given, setGiven] = useState(() => Object.fromEntries(approval.fields.map(field => [field.name, firstOf(field)])));
  const [comment, setComment] = useState("");
  const ask = isApproval => {
    // The browser says what is missing: a value, or why it is rejected.
    why.current.setCustomValidity(isApproval || comment.trim() !== "" ? "" : "Say why it is rejected.");
    if (isApproval ? !form.current.reportValidity() : !why.current.reportValidity()) return;
    const fields = Object.fromEntries(approval.fields.filter(field => given[field.name] !== "" || !field.isOptional).map(field => [field.name, valueOf(field, given[field.name])]));
    const send = async () => {
      try {
        const after = await decide(approval.id, isApproval, { digest: approval.digest, fields, comment: comment.trim() });
        toast(after.status === "waiting" ? "Your approval counts; more people must approve." : `${!isApproval ? "Rejected" : isRecovery(approval) ? "Answered" : "Approved"}: ${approval.question}`);
        if (after.status === "waiting") refreshApprovals();
        else dropApproval(after.id);
        again();
        document.querySelector("main h1")?.focus();
      } catch (error) {
        await act(() => Promise.reject(error), null);
        if (error.status === 409) await lookAgain(approval, reload);
      }
    };
    openDialog(({ close }) => html`<${Dialog} title=${!isApproval ? "Reject?" : isRecovery(approval) ? "Send this answer?" : "Approve?"} close=${close} danger=${!isApproval}>
      <p>${approval.question}</p>
      ${isApproval && approval.fields.length > 0 && html`<${Fields} value=${named(approval, fields)} />`}
      ${comment.trim() !== "" && html`<p class="faint">${comment.trim()}</p>`}
      <div class="row end"><button type="button" onClick=${close}>Back</button><button type="button" class=${isApproval ? "primary" : "primary bad"} autofocus onClick=${() => { close(); send(); }}>${!isApproval ? "Yes, reject" : isRecovery(approval) ? "Yes, send it" : "Yes, approve"}</button></div><//>`);
  };
  return html`<section class="card answer" aria-labelledby="answer-title"><h2 id="answer-title">Your decision</h2>
    <form class="form" ref=${form} onSubmit=${event => event.preventDefault()}>
      ${approval.fields.map(field => html`<${Input} key=${field.name} field=${field} value=${given[field.name]} onChange=${value => setGiven(old => ({ ...old, [field.name]: value }))} />`)}
      <label class="field"><span>Comment <small>needed to reject</small></span><textarea ref=${why} rows="2" maxlength="10000" value=${comment} onInput=${event => { event.target.setCustomValidity(""); setComment(event.target.value); }}></textarea></label>
      <div class="row decide"><button type="button" class="primary" onClick=${() => ask(true)}>${isRecovery(approval) ? "Answer" : "Approve"}</button><button type="button" onClick=${() => ask(false)}>Reject</button></div>
    </form></section>`;
}

// Somebody else was first, the time was, or it is asked anew of what is true now.
async function lookAgain(approval, reload) {
  const open = approval.flow === null ? null : (await readApprovals({ status: "waiting" }).catch(() => ({ items: [] }))).items.find(other => other.flow === approval.flow && other.step === approval.step);
  if (open && open.id !== approval.id) {
    toast("It is asked anew.", "bad");
    refreshApprovals();
    go(link("approvals", `${open.id}`));
  } else {
    reload();
  }
}

// What becomes of a step that has failed: the answer is one of the fields.
const isRecovery = approval => approval.kind === "recovery";

const named = (approval, fields) => Object.fromEntries(approval.fields.filter(field => field.name in fields).map(field => [field.label, fields[field.name]]));

function firstOf(field) {
  if (field.type === "boolean") return field.standard === null ? "" : String(field.standard);
  return field.standard === null ? "" : String(field.standard);
}

function valueOf(field, text) {
  if (field.type === "number") return Number(text);
  return field.type === "boolean" ? text === "true" : text;
}

function Input({ field, value, onChange }) {
  const isNeeded = !field.isOptional;
  const set = event => onChange(event.target.value);
  const input = field.type === "number" ? html`<input type="number" step="any" inputmode="decimal" required=${isNeeded} value=${value} onInput=${set} />`
    : field.type === "boolean" || field.type === "choice" ? html`<select required=${isNeeded} value=${value} onChange=${set}><option value="">${isNeeded ? "choose …" : "–"}</option>${(field.type === "boolean" ? [["true", "yes"], ["false", "no"]] : field.choices.map(choice => [choice, choice])).map(([key, text]) => html`<option key=${key} value=${key}>${text}</option>`)}</select>`
      : html`<input required=${isNeeded && field.type !== "text"} value=${value} onInput=${set} />`;
  return html`<label class="field"><span>${field.label}${field.isOptional && html` <small>optional</small>`}</span>${input}</label>`;
}
