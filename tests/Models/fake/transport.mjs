// Sends an answer, with the faults that networks and providers have.
import { setTimeout as pause, setImmediate as yielded } from 'node:timers/promises';

const HTML = '<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>Please sign in to this network</h1></body></html>\n';

export function sendJson(response, status, body, headers = {}) {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length, ...headers });
  response.end(text);
}

/** Answers a call by its plan, and charges it when it is produced, whatever becomes of the connection then. */
export async function answer(response, format, call, plan, bill) {
  const { fault } = plan;
  if (fault === 'hang') {
    return;
  }
  if (fault === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(HTML);
    return;
  }
  if (plan.wait) {
    await pause(plan.wait);
  }
  if (fault === 'reset-before') {
    bill.charge(call.model, plan.usage);
    response.socket.resetAndDestroy();
  } else if (call.stream) {
    await sendStream(response, format, call, plan, bill);
  } else {
    if (plan.pace) {
      await pause(plan.pace * plan.pieces.length);
    }
    bill.charge(call.model, plan.usage);
    await sendWhole(response, format, call, plan);
  }
}

async function sendWhole(response, format, call, plan) {
  const body = Buffer.from(JSON.stringify(format.whole(call, plan)));
  const headers = { 'content-type': 'application/json', ...format.headers() };
  const half = Math.floor(body.length / 2);
  const { fault } = plan;
  if (fault === null) {
    response.writeHead(200, { ...headers, 'content-length': body.length });
    response.end(body);
    return;
  }
  // These bodies are chunked, so that their length says nothing about what is missing.
  response.writeHead(200, headers);
  if (fault === 'reset-after') {
    response.write(body.subarray(0, half));
    await reset(response);
  } else if (fault === 'cut-stream') {
    response.end(body.subarray(0, half));
  } else if (fault === 'cut-utf8' || fault === 'half-utf8') {
    await sendInHalves(response, body, fault === 'half-utf8');
  } else {
    response.write(body.subarray(0, half));
  }
}

/** An event is {text, tokens}: tokens of the output that are produced with it; 0 for one without content. */
async function sendStream(response, format, call, plan, bill) {
  const events = format.events(call, plan);
  const { fault } = plan;
  const contents = events.flatMap((event, index) => (event.tokens > 0 ? [index] : []));
  const cuts = {
    'reset-after': contents[Math.floor(contents.length / 2)],
    'cut-stream': contents[Math.floor(contents.length / 2)],
    'late-error': contents[0] + 1,
    'early-error': contents[0],
    'hang-after': contents[0] + 1,
  };
  const last = cuts[fault] ?? events.length;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', ...format.headers() });
  if (fault === 'cut-utf8' || fault === 'half-utf8') {
    bill.charge(call.model, plan.usage);
    await sendInHalves(response, Buffer.from(events.map((event) => event.text).join('')), fault === 'half-utf8');
    return;
  }
  if (plan.pace === null) {
    if (fault !== 'early-error') {
      bill.charge(call.model, fault === 'late-error' ? { ...plan.usage, output: 1 } : plan.usage);
    }
    for (const event of events.slice(0, last)) {
      response.write(event.text);
    }
  } else {
    await sendPaced(response, call, plan, bill, events);
  }
  if (fault === 'reset-after') {
    await reset(response);
  } else if (fault === 'late-error' || fault === 'early-error') {
    response.end(format.errorEvent());
  } else if (fault !== 'hang-after') {
    response.end();
  }
}

/** If the client leaves, what was produced until then is charged. */
async function sendPaced(response, call, plan, bill, events) {
  let produced = 0;
  let gone = false;
  response.on('close', () => {
    gone = !response.writableFinished;
  });
  for (const event of events) {
    if (event.tokens > 0) {
      await (plan.pace ? pause(plan.pace) : yielded());
    }
    if (gone) {
      bill.charge(call.model, { ...plan.usage, output: Math.min(produced, plan.usage.output) });
      return;
    }
    produced += event.tokens;
    response.write(event.text);
  }
  bill.charge(call.model, plan.usage);
}

/** The first half ends within a character of several bytes. */
async function sendInHalves(response, body, lost) {
  const at = body.findLastIndex((byte, index) => byte >= 0xc0 && index < (body.length * 2) / 3) + 1;
  response.write(body.subarray(0, at));
  await pause(20);
  response.end(lost ? undefined : body.subarray(at));
}

/** The other side has time to read what came before: a reset discards what is still in its buffer. */
async function reset(response) {
  await pause(100);
  response.socket?.resetAndDestroy();
}
