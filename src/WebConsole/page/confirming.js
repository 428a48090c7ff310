// An operation of AIOS itself that is confirmed before it is done: by typing what is at stake, or by another person.

import { html, useData, useState, Dialog, Pending, When, openDialog, link } from "./ui.js";
import { readApproval, concernsApprovals } from "./flowdata.js";
import { Fields } from "./values.js";

/** Asks for what a problem says must be confirmed; `again` does it with the headers that confirm it. */
export function askToConfirm(problem, again) {
  const needed = problem.confirmation;
  const Body = needed.by === "other" ? Another : Typed;
  openDialog(({ close }) => html`<${Dialog} title=${needed.question} close=${close} danger>
    <${Fields} value=${needed.shown} />
    <${Body} needed=${needed} close=${close} confirm=${() => { close(); again({ Confirm: needed.header }); }} /><//>`);
}

function Typed({ needed, close, confirm }) {
  const [text, setText] = useState("");
  const isRight = text.trim() === needed.name;
  return html`<form class="form" onSubmit=${event => { event.preventDefault(); if (isRight) confirm(); }}>
    <label class="field"><span>Type <code>${needed.name}</code> to confirm it</span><input value=${text} autofocus autocomplete="off" spellcheck="false" onInput=${event => setText(event.target.value)} /></label>
    <p class="faint">It can be confirmed until <${When} at=${needed.expires} />.</p>
    <div class="row end"><button type="button" onClick=${close}>No, leave it</button><button class="primary bad" disabled=${!isRight}>Confirm</button></div></form>`;
}

function Another({ needed, close, confirm }) {
  const about = useData(signal => readApproval(needed.approval_id, signal), [needed.approval_id], concernsApprovals, 300);
  const approval = about.value;
  const address = link("approvals", `${needed.approval_id}`);
  if (!approval) return html`<${Pending} data=${about} what="the approval" />`;
  return html`<p role="status">${approval.status === "waiting" ? html`Another person must approve that. <a href=${address} onClick=${close}>Approval ${approval.id}</a> waits until <${When} at=${approval.expires} />; your text is kept meanwhile.`
    : approval.status === "approved" ? html`<a href=${address} onClick=${close}>Approval ${approval.id}</a> is ${approval.reason}.`
      : html`<a href=${address} onClick=${close}>Approval ${approval.id}</a> is ${approval.status}${approval.reason && `: ${approval.reason}`}.`}</p>
    <div class="row end"><button type="button" onClick=${close}>Close</button><button type="button" class="primary bad" disabled=${approval.status !== "approved"} onClick=${confirm}>Do it now</button></div>`;
}
