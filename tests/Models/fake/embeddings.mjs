// POST /v1/embeddings, the same of Azure, and :embedContent and :batchEmbedContents of Gemini.
import { tokensOf } from './behaviour.mjs';
import * as gemini from './gemini.mjs';
import * as openai from './openai.mjs';
import { Refusal } from './refusal.mjs';

const AZURE = /^\/openai\/deployments\/([^/]+)\/embeddings$/;
const GEMINI = /^\/v1(?:beta)?\/models\/([^:/]+):(embedContent|batchEmbedContents)$/;
const SIZE = 8;

export const matches = (path) => path === '/v1/embeddings' || AZURE.test(path) || GEMINI.test(path);

export const modelOf = (url, body) => decodeURIComponent((AZURE.exec(url.pathname) ?? GEMINI.exec(url.pathname))?.[1] ?? body?.model ?? '');

export const headers = () => ({});

export function parse(url, given, body) {
  const method = GEMINI.exec(url.pathname)?.[2];
  (method ? gemini : openai).requireKey(url, given);
  const texts = method ? geminiTexts(method, body) : openaiTexts(body.input);
  return {
    model: modelOf(url, body),
    embeds: true,
    method,
    texts,
    size: body.dimensions ?? body.requests?.[0]?.outputDimensionality ?? SIZE,
    base64: body.encoding_format === 'base64',
    text: texts[0],
    stream: false,
    tools: [],
    toolResults: [],
    max: 0,
    n: 1,
    images: 0,
    input: texts.reduce((sum, text) => sum + Math.max(1, tokensOf(text)), 0),
  };
}

const geminiTexts = (method, body) =>
  (method === 'embedContent' ? [body] : (body.requests ?? [])).map((each) => each.content.parts.map((part) => part.text).join(''));

function openaiTexts(input) {
  const list = Array.isArray(input) && typeof input[0] !== 'number' ? input : [input];
  if (input == null || list.length === 0 || list.some((each) => each === '')) {
    throw new Refusal(400, 'invalid', "'$.input' is invalid. Please check the API reference.", { param: 'input' });
  }
  // A list of numbers is text that the client has already cut into tokens, here counted as 4 bytes each.
  return list.map((each) => (Array.isArray(each) ? 'token'.slice(0, 4).repeat(each.length) : each));
}

/** The same text has the same vector, of length 1. */
function vectorOf(text, size) {
  let seed = 7;
  for (const byte of Buffer.from(text)) {
    seed = (seed * 31 + byte) % 65_521;
  }
  const values = Array.from({ length: size }, (_, n) => Math.sin(seed * (n + 1)));
  const length = Math.hypot(...values);
  return values.map((value) => Math.fround(value / length));
}

export function whole(call, plan) {
  const vectors = call.texts.map((text) => vectorOf(text, call.size));
  if (call.method) {
    const found = vectors.map((values) => ({ values }));
    return call.method === 'embedContent' ? { embedding: found[0] } : { embeddings: found };
  }
  const data = vectors.map((values, index) => ({
    object: 'embedding',
    index,
    embedding: call.base64 ? Buffer.from(new Float32Array(values).buffer).toString('base64') : values,
  }));
  const usage = plan.usageForm === 'no-usage' ? {} : { usage: { prompt_tokens: call.input, total_tokens: call.input } };
  return { object: 'list', data, model: call.model, ...usage };
}

export const refuse = (refusal, call) => (call?.method ? gemini : openai).refuse(refusal);
