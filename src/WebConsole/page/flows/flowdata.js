// Flows and approvals as the page needs them. What the API calls their parts stands here and nowhere else.

import { get, getFile, post, query } from "./api.js";

const flowPath = id => `flows/${encodeURIComponent(id)}`;
const approvalPath = id => `approvals/${encodeURIComponent(id)}`;

export const readFlow = (id, signal) => get(flowPath(id), { signal }).then(flowOf);
export const readFlows = ({ job = "", limit, cursor = null }, signal) => get(`flows${query({ job, limit, cursor })}`, { signal })
  .then(page => ({ items: page.items.map(flowOf), next: page.next_cursor }));
/** Items of a step with `each` in their order. */
export const readItems = (id, step, { status = "", limit, cursor = null }, signal) => get(`${flowPath(id)}/steps/${encodeURIComponent(step)}/items${query({ status, limit, cursor })}`, { signal })
  .then(page => ({ items: page.items.map(itemOf), next: page.next_cursor }));
export const retryFlow = (id, from) => post(`${flowPath(id)}/retry`, from === null ? {} : { from });
export const cancelFlow = id => post(`${flowPath(id)}/cancel`);

export const readApproval = (id, signal) => get(approvalPath(id), { signal }).then(approvalOf);
export const readPicture = (id, name, signal) => getFile(`${approvalPath(id)}/pictures/${encodeURIComponent(name)}`, { signal });
export const readApprovals = ({ status = "", limit = 100, cursor = null } = {}, signal) => get(`approvals${query({ status, limit, cursor })}`, { signal })
  .then(page => ({ items: page.items.map(approvalOf), next: page.next_cursor }));

export const decide = (id, isApproval, { digest, fields, comment }) => post(approvalPath(id), {
  decision: isApproval ? "approve" : "reject",
  digest,
  ...(isApproval ? { fields } : {}),
  ...(comment === "" ? {} : { comment }),
}).then(approvalOf);

function flowOf(raw) {
  const steps = (raw.steps ?? []).map(stepOf);
  // The API leaves out what only runs in place of another.
  for (const user of [...steps]) {
    for (const name of user.fallbacks) if (!steps.some(step => step.name === name)) steps.push(standIn(name, user));
  }
  const users = new Map(steps.flatMap(step => step.fallbacks.map(name => [name, step])));
  steps.forEach(step => {
    step.fallbackOf = users.get(step.name)?.name ?? null;
    // What has not begun when all is over never will.
    if (step.status === "pending" && raw.ended !== null) step.status = "unused";
  });
  return {
    id: raw.id, job: raw.job_name, run: raw.run_id, status: raw.status, reason: raw.reason, attempt: raw.attempt ?? 1,
    parent: raw.parent_id ?? null, waitsFor: raw.waits_for ?? null, started: raw.started, ended: raw.ended ?? null,
    args: raw.args ?? [], kwargs: raw.kwargs ?? {}, result: raw.result ?? null, resultFile: raw.result_file ?? null, steps, counts: countsOf(steps),
  };
}

// It runs under the name of the step that has failed.
function standIn(name, user) {
  const isTried = user.tried.some(rung => rung.what === "step");
  return { ...stepOf({ name }), status: isTried && user.status !== "waiting" ? user.status : isTried ? "failed" : "pending" };
}

function countsOf(steps) {
  const counts = {};
  steps.forEach(step => { counts[step.status] = (counts[step.status] ?? 0) + 1; });
  return counts;
}

const itemOf = raw => ({
  item: raw.item, status: raw.status, reason: raw.reason, attempt: raw.attempts, started: raw.started, ended: raw.ended,
  run: raw.run_id, flow: raw.flow_id, result: raw.result,
});

function stepOf(raw) {
  const definition = raw.definition ?? {};
  return {
    name: raw.name, kind: raw.kind ?? "", definition, needs: raw.needs ?? [],
    fallbacks: (definition.recover ?? []).map(rung => rung?.step).filter(Boolean),
    status: raw.status ?? "pending", reason: raw.reason ?? null, attempt: raw.attempts ?? 0,
    started: raw.started ?? null, ended: raw.ended ?? null, due: raw.due ?? null,
    trigger: raw.trigger_id ?? null, isFlow: (raw.flow_id ?? null) !== null, approval: raw.approval_id ?? null,
    result: raw.result ?? null, resultBytes: raw.result_bytes ?? null, resultFile: raw.result_file ?? null, items: raw.items ?? null,
    tried: (raw.tried ?? []).map(rung => ({ what: rung.recovery, reason: rung.reason, at: rung.at })),
    args: raw.args ?? definition.args ?? [], kwargs: raw.kwargs ?? definition.kwargs ?? {},
  };
}

function approvalOf(raw) {
  return {
    id: raw.id, kind: raw.kind, question: raw.question, shown: raw.shown ?? {}, digest: raw.digest,
    flow: raw.flow_id ?? null, step: raw.step ?? null, job: raw.job_name ?? null,
    fields: Object.entries(raw.fields ?? {}).map(([name, field]) => ({ name, label: field.label ?? name, type: field.type, choices: field.choices ?? [], isOptional: "default" in field, standard: field.default ?? null })),
    by: raw.by ?? [], need: raw.need ?? 1, status: raw.status, reason: raw.reason ?? null,
    created: raw.created, expires: raw.expires ?? null, onExpiry: raw.on_expiry ?? "reject", decided: raw.decided ?? null,
    result: raw.result ?? null, operation: raw.operation ?? null, askedBy: raw.asked_by ?? null, used: raw.used ?? null,
    decisions: (raw.decisions ?? []).map(one => ({ who: one.actor, isApproval: one.decision === "approve", at: one.at, by: one.origin ?? "", comment: one.comment ?? null, fields: one.fields ?? {} })),
  };
}

/** Whether an event may have changed a flow: something of it, or of an item of a step, happened. */
export const concernsFlow = (event, flow) => event.kind !== "run.progress"
  && (event.flow_id === flow.id || event.trigger_id === flow.id || (event.job_name?.startsWith(`${flow.job}/`) ?? false));

/** Whether after an event there may be more approvals, or less. */
export const concernsApprovals = event => event.kind.startsWith("approval.");
