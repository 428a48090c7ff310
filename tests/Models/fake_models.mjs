// Providers of language models for tests: OpenAI (and what speaks its format, as Ollama), Azure, Anthropic and Gemini in their wire formats.
//
//     node fake_models.mjs [--port N] [--prices FILE]
//
// It listens on 127.0.0.1, prints its address as the first line, and ends on SIGTERM or at the end of its input. The model that is called
// chooses the behaviour: see fake/behaviour.mjs. GET /bill is what the provider charges, POST /bill/reset begins a new bill, GET /requests
// are the last 1,000 requests, and GET /requests?model=NAME those of a model. FILE has prices in US dollars for a million tokens, as JSON:
// {MODEL: {"input": 0.15, "output": 0.6, ...}}.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { parseArgs } from 'node:util';
import * as anthropic from './fake/anthropic.mjs';
import { planOf } from './fake/behaviour.mjs';
import { Bill } from './fake/bill.mjs';
import * as embeddings from './fake/embeddings.mjs';
import * as gemini from './fake/gemini.mjs';
import * as openai from './fake/openai.mjs';
import { Refusal } from './fake/refusal.mjs';
import * as responses from './fake/responses.mjs';
import { answer, sendJson } from './fake/transport.mjs';

const KEPT = 1000;
const KEYS = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie']);
const FORMATS = [embeddings, openai, responses, anthropic, gemini];

const { values: given } = parseArgs({ options: { port: { type: 'string', default: '0' }, prices: { type: 'string' } } });
const bill = new Bill(given.prices ? JSON.parse(readFileSync(given.prices, 'utf8')) : {});
const requests = [];

function record(request, body, model) {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, KEYS.has(name) ? '***' : value]));
  requests.push({ method: request.method, path: request.url.replace(/([?&]key=)[^&]*/, '$1***'), headers, model, body });
  if (requests.length > 2 * KEPT) {
    requests.splice(0, requests.length - KEPT);
  }
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function control(request, response, { pathname: path, searchParams: query }) {
  if (request.method === 'GET' && path === '/bill') {
    sendJson(response, 200, bill.total());
  } else if (request.method === 'POST' && path === '/bill/reset') {
    bill.reset();
    requests.length = 0;
    sendJson(response, 200, bill.total());
  } else if (request.method === 'GET' && path === '/requests') {
    const model = query.get('model');
    sendJson(response, 200, requests.slice(-KEPT).filter((each) => model === null || each.model === model));
  } else if (request.method === 'GET' && path === '/v1/models') {
    sendJson(response, 200, { object: 'list', data: [{ id: 'echo', object: 'model', created: 1700000000, owned_by: 'fake' }] });
  } else {
    return false;
  }
  return true;
}

async function serve(request, response) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const text = await bodyOf(request);
  if (control(request, response, url)) {
    return;
  }
  const format = FORMATS.find((each) => each.matches(url.pathname));
  if (!format) {
    record(request, text, null);
    sendJson(response, 404, { error: { message: `Invalid URL (${request.method} ${url.pathname})`, type: 'invalid_request_error', param: null, code: null } });
    return;
  }
  let call = null;
  try {
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      record(request, text, null);
      throw new Refusal(400, 'invalid', 'We could not parse the JSON body of your request.');
    }
    record(request, body, format.modelOf(url, body));
    if (request.method !== 'POST') {
      throw new Refusal(405, 'invalid', 'Not allowed to ' + request.method);
    }
    call = format.parse(url, request.headers, body);
    await answer(response, format, call, planOf(call), bill);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const { status, headers, body } = format.refuse(error, call);
    sendJson(response, status, body, headers);
  }
}

const server = http.createServer((request, response) => {
  request.on('error', () => {});
  response.on('error', () => {});
  serve(request, response).catch((error) => {
    if (error.code !== 'ECONNRESET') {
      console.error(error);
    }
    response.destroy();
  });
});
server.keepAliveTimeout = 120_000;
server.requestTimeout = 0;
server.on('connection', (socket) => socket.setNoDelay(true));
server.listen({ host: '127.0.0.1', port: Number(given.port), backlog: 4096 }, () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

const end = () => process.exit(0);
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.stdin.on('end', end).on('error', end).resume();
