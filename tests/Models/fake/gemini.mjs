// POST /v1beta/models/NAME:generateContent and :streamGenerateContent?alt=sse of Gemini.
import { tokensOf } from './behaviour.mjs';
import { IMAGE_TOKENS } from './openai.mjs';
import { Refusal } from './refusal.mjs';

const PATH = /^\/v1(?:beta)?\/models\/([^:/]+):(generateContent|streamGenerateContent)$/;
let answers = 0;

const invalid = (message) => new Refusal(400, 'invalid', message);

export const matches = (path) => PATH.test(path);

export const modelOf = (url) => decodeURIComponent(PATH.exec(url.pathname)[1]);

export const headers = () => ({});

export function requireKey(url, given) {
  const key = given['x-goog-api-key'] ?? url.searchParams.get('key');
  if (!key) {
    throw new Refusal(403, 'permission', "Method doesn't allow unregistered callers (callers without established identity).");
  }
  if (key === 'bad-key') {
    throw new Refusal(400, 'auth', 'API key not valid. Please pass a valid API key.');
  }
}

export function parse(url, given, body) {
  requireKey(url, given);
  refuseUnknown(body);
  const config = body.generationConfig ?? {};
  const stream = PATH.exec(url.pathname)[2] === 'streamGenerateContent';
  const seen = readContents(body.contents);
  const tools = (body.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []).map(toolOf);
  const choice = body.toolConfig?.functionCallingConfig ?? {};
  if (choice.allowedFunctionNames && choice.mode !== 'ANY' && choice.mode !== 'VALIDATED') {
    throw invalid('Function calling config: allowed_function_names should only be set when the function calling mode is ANY or VALIDATED.');
  }
  const schema = config.responseJsonSchema ?? config.responseSchema ?? null;
  if (schema && config.responseMimeType !== 'application/json') {
    throw invalid('GenerateContentRequest.generation_config.response_schema: only allowed when mime type is application/json');
  }
  if (config.responseSchema) {
    requireSubset(config.responseSchema, 'generation_config.response_schema');
  }
  const system = (body.systemInstruction?.parts ?? []).map((part) => part.text).join('');
  return {
    ...seen,
    model: modelOf(url),
    // It has no tokens of that class: what it keeps, it charges by the hour.
    writesCache: false,
    stream,
    sse: url.searchParams.get('alt') === 'sse',
    tools: choice.mode === 'NONE' ? [] : tools,
    toolChoice: choice.allowedFunctionNames?.[0],
    schema,
    max: config.maxOutputTokens ?? null,
    n: 1,
    input: seen.input + tokensOf(system) + (tools.length ? tokensOf(JSON.stringify(body.tools)) : 0),
  };
}

const KNOWN = new Set('contents systemInstruction tools toolConfig generationConfig safetySettings cachedContent model labels serviceTier store'.split(' '));

function refuseUnknown(body) {
  const unknown = Object.keys(body).find((name) => !KNOWN.has(name));
  if (unknown) {
    throw invalid(`Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`);
  }
}

/** `parameters` and `responseSchema` know a part of JSON Schema only. */
function requireSubset(schema, at) {
  for (const name of ['$ref', '$schema', '$defs', 'additionalProperties', 'const', 'allOf', 'oneOf']) {
    if (schema && typeof schema === 'object' && name in schema) {
      throw invalid(`Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`);
    }
  }
  Object.entries(schema?.properties ?? {}).forEach(([name, each]) => requireSubset(each, `${at}.properties[${name}]`));
  if (schema?.items) {
    requireSubset(schema.items, `${at}.items`);
  }
}

function toolOf(tool, index) {
  if (!/^[a-zA-Z_][\w.:-]{0,127}$/.test(tool.name ?? '')) {
    throw invalid(`* GenerateContentRequest.tools[0].function_declarations[${index}].name: Invalid function name.`);
  }
  if (tool.parameters) {
    requireSubset(tool.parameters, `tools[0].function_declarations[${index}].parameters`);
  }
  return { name: tool.name, schema: tool.parametersJsonSchema ?? tool.parameters ?? { type: 'OBJECT', properties: {} } };
}

function readContents(contents) {
  if (!Array.isArray(contents) || contents.length === 0) {
    throw invalid('* GenerateContentRequest.contents: contents is not specified');
  }
  const seen = { text: '', toolResults: [], images: 0, input: 3 };
  let called = [];
  contents.forEach((content, index) => {
    const role = content.role ?? 'user';
    if (role !== 'user' && role !== 'model' && role !== 'function') {
      throw invalid('Please use a valid role: user, model.');
    }
    if (!Array.isArray(content.parts) || content.parts.length === 0) {
      throw invalid(`* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.`);
    }
    const responses = content.parts.filter((part) => part.functionResponse).map((part) => resultOf(part.functionResponse));
    if (responses.length !== called.length) {
      throw invalid('Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.');
    }
    if (responses.some((each) => !called.includes(each.name))) {
      throw invalid('Please ensure that function response names match the function calls of the turn before.');
    }
    called = content.parts.filter((part) => part.functionCall).map((part) => part.functionCall.name);
    if (called.length && role !== 'model') {
      throw invalid('Please ensure that function call turn comes from the model.');
    }
    const text = content.parts.map((part) => partText(part, index, seen)).join('');
    if (role !== 'model') {
      seen.text = text;
      seen.toolResults = responses.map((each) => each.text);
    }
    seen.input += 4 + tokensOf(text) + responses.reduce((sum, each) => sum + tokensOf(each.text), 0);
  });
  if (called.length) {
    throw invalid('Please ensure that function call turn is followed by a function response turn.');
  }
  seen.input += IMAGE_TOKENS * seen.images;
  return seen;
}

function resultOf({ name, response }) {
  if (!name || typeof response !== 'object' || response === null || Array.isArray(response)) {
    throw invalid('Invalid value at \'contents.parts.function_response.response\': expected an object (google.protobuf.Struct).');
  }
  const values = Object.values(response);
  return { name, text: values.length === 1 && typeof values[0] === 'string' ? values[0] : JSON.stringify(response) };
}

function partText(part, index, seen) {
  if (part.inlineData || part.fileData) {
    const given = part.inlineData ?? part.fileData;
    if (!given.mimeType || !(given.data ?? given.fileUri) || given.data?.startsWith('data:')) {
      throw invalid(`Unable to process input image in contents[${index}].`);
    }
    seen.images += 1;
    return '';
  }
  if (part.functionCall && typeof (part.functionCall.args ?? {}) !== 'object') {
    throw invalid(`Invalid value at 'contents[${index}].parts.function_call.args'`);
  }
  if (part.text === undefined && !part.functionCall && !part.functionResponse) {
    throw invalid(`* GenerateContentRequest.contents[${index}].parts: required oneof field 'data' must have one initialized field`);
  }
  return part.text ?? '';
}

const FINISH = { stop: 'STOP', length: 'MAX_TOKENS', tool: 'STOP' };

/** The cached input is part of the prompt; the thoughts are not part of the candidates. What is 0 is left out. */
function usageOf({ input, cached_input: cached, cache_write: written, output, reasoning }) {
  const prompt = input + cached + written;
  return {
    promptTokenCount: prompt,
    ...(output ? { candidatesTokenCount: output } : {}),
    totalTokenCount: prompt + output + reasoning,
    ...(cached ? { cachedContentTokenCount: cached } : {}),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
    ...(reasoning ? { thoughtsTokenCount: reasoning } : {}),
  };
}

function frame(call, plan, parts, finish, produced) {
  const candidate = { ...(parts.length ? { content: { parts, role: 'model' } } : {}), ...(finish ? { finishReason: FINISH[plan.finish] } : {}), index: 0 };
  const usage = plan.usageForm === 'no-usage' ? {} : { usageMetadata: usageOf({ ...plan.usage, output: produced }) };
  return { candidates: [candidate], ...usage, modelVersion: call.model, responseId: `resp-${answers}` };
}

const callsOf = (plan) => plan.tools.map((tool) => ({ functionCall: { name: tool.name, args: tool.arguments }, thoughtSignature: 'c2lnbmF0dXJl' }));

export function whole(call, plan) {
  answers += 1;
  const parts = [...(plan.pieces.length ? [{ text: plan.pieces.join('') }] : []), ...callsOf(plan)];
  return frame(call, plan, parts, true, plan.usage.output);
}

/** Lines end with CR LF, as Google's do. The last event has the reason of the end and no content. */
export function events(call, plan) {
  answers += 1;
  let produced = 0;
  const chunks = plan.pieces.map((piece) => [frame(call, plan, [{ text: piece }], false, (produced += 1)), 1]);
  if (plan.tools.length) {
    chunks.push([frame(call, plan, callsOf(plan), false, (produced = plan.usage.output)), plan.usage.output]);
  }
  chunks.push([frame(call, plan, [], true, plan.usage.output), 0]);
  return chunks.map(([chunk, tokens], index) => ({
    text: call.sse ? `data: ${JSON.stringify(chunk)}\r\n\r\n` : `${index ? ',' : '['}${JSON.stringify(chunk)}${index + 1 === chunks.length ? ']' : ''}\r\n`,
    tokens,
  }));
}

export const errorEvent = () =>
  `data: ${JSON.stringify({ error: { code: 503, message: 'The model is overloaded. Please try again later.', status: 'UNAVAILABLE' } })}\r\n\r\n`;

const STATUS = {
  invalid: 'INVALID_ARGUMENT',
  context: 'INVALID_ARGUMENT',
  auth: 'INVALID_ARGUMENT',
  permission: 'PERMISSION_DENIED',
  missing: 'NOT_FOUND',
  rate: 'RESOURCE_EXHAUSTED',
  quota: 'RESOURCE_EXHAUSTED',
  overloaded: 'UNAVAILABLE',
  server: 'INTERNAL',
};

/** A key that is wrong is a 400 here, and the time to wait is in the body. */
export function refuse({ status, kind, message }) {
  const [used, limit] = message.split(' ');
  const code = { auth: 400, overloaded: 503 }[kind] ?? status;
  const details = {
    rate: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' }],
    auth: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
  }[kind];
  const text = {
    context: `The input token count (${used}) exceeds the maximum number of tokens allowed (${limit}).`,
    auth: 'API key not valid. Please pass a valid API key.',
  }[kind];
  return { status: code, headers: {}, body: { error: { code, message: text ?? message, status: STATUS[kind], ...(details ? { details } : {}) } } };
}
