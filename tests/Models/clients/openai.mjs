// npm `openai`: chat completions, responses and embeddings.
import { A_REPORT, BERLIN, CITY, FIVE_WORDS, PIXEL, QUESTION, REPORT, fails, holds, same } from './common.mjs';

const user = [{ role: 'user', content: QUESTION }];
const tools = [{ type: 'function', function: { name: 'weather', description: 'The weather of a city.', parameters: CITY, strict: true } }];
const format = { type: 'json_schema', json_schema: { name: 'report', schema: REPORT, strict: true } };
const flat = [{ type: 'function', name: 'weather', description: 'The weather of a city.', parameters: CITY, strict: true }];

export function checks(load, named) {
  const { OpenAI, ...kinds } = load('openai');
  const client = new OpenAI({ maxRetries: 0 });
  const chat = client.chat.completions;

  return {
    chat: async () => {
      const found = await chat.create({ model: named('echo'), messages: [{ role: 'system', content: 'Be short.' }, ...user], max_completion_tokens: 100 });
      same(found.choices[0].message.content, QUESTION, 'the text');
      same(found.choices[0].finish_reason, 'stop', 'finish_reason');
      same(found.object, 'chat.completion', 'object');
      holds(found.usage.prompt_tokens > 5 && found.usage.completion_tokens > 3, 'the usage is missing');
      same(found.usage.total_tokens, found.usage.prompt_tokens + found.usage.completion_tokens, 'total_tokens');
    },
    'chat-length': async () => {
      const found = await chat.create({ model: named('words-50'), messages: user, max_tokens: 3 });
      same([found.choices[0].message.content.trim(), found.choices[0].finish_reason], ['w1 w2 w3', 'length'], 'the text and finish_reason');
    },
    'chat-image': async () => {
      const content = [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } }];
      const found = await chat.create({ model: named('echo'), messages: [{ role: 'user', content }] });
      same(found.choices[0].message.content, 'What is it?', 'the text');
    },
    'chat-reasoning': async () => {
      const found = await chat.create({ model: named('think'), messages: user, max_completion_tokens: 2000 });
      same(found.usage.completion_tokens_details.reasoning_tokens > 0, true, 'there are reasoning_tokens');
      holds(found.usage.completion_tokens > found.usage.completion_tokens_details.reasoning_tokens, 'completion_tokens have the reasoning in them');
    },
    'chat-cached': async () => {
      const found = await chat.create({ model: named('cached'), messages: user });
      const { cached_tokens: cached } = found.usage.prompt_tokens_details;
      holds(cached > 0 && cached < found.usage.prompt_tokens, `prompt_tokens have the cached ones in them: ${JSON.stringify(found.usage)}`);
    },
    stream: async () => {
      let text = '';
      let finish = null;
      for await (const chunk of await chat.create({ model: named('words-5'), messages: user, stream: true })) {
        // Azure begins with one that is about the filters of the prompt.
        const silent = chunk.prompt_filter_results !== undefined;
        holds(chunk.choices.length === 1 || silent, `a chunk without choices, which nobody asked for: ${JSON.stringify(chunk)}`);
        text += chunk.choices[0]?.delta.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
      }
      same([text, finish], [FIVE_WORDS, 'stop'], 'the text and finish_reason');
    },
    'stream-usage': async () => {
      const chunks = [];
      for await (const chunk of await chat.create({ model: named('words-5'), messages: user, stream: true, stream_options: { include_usage: true } })) {
        chunks.push(chunk);
      }
      const last = chunks.at(-1);
      same(last.choices, [], 'the choices of the last chunk');
      same(last.usage.completion_tokens, 5, 'completion_tokens');
      same(new Set(chunks.map((chunk) => chunk.id).filter(Boolean)).size, 1, 'how many ids the chunks have');
    },
    'stream-helper': async () => {
      const runner = client.chat.completions.stream({ model: named('words-5'), messages: user });
      same((await runner.finalChatCompletion()).choices[0].message.content, FIVE_WORDS, 'the text');
    },
    'stream-left': async () => {
      const stream = await chat.create({ model: named('paced-50-20'), messages: user, stream: true });
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content) {
          break;
        }
      }
    },
    tool: async () => {
      const asked = await chat.create({ model: named('tool'), messages: user, tools });
      const [choice] = asked.choices;
      same(choice.finish_reason, 'tool_calls', 'finish_reason');
      const [call] = choice.message.tool_calls;
      same([call.function.name, JSON.parse(call.function.arguments)], ['weather', BERLIN], 'the call');
      const messages = [...user, choice.message, { role: 'tool', tool_call_id: call.id, content: 'sunny' }];
      const told = await chat.create({ model: named('tool'), messages, tools });
      same(told.choices[0].message.content, 'The tool said: sunny', 'the text');
    },
    'tool-parallel': async () => {
      const asked = await chat.create({ model: named('tool-2'), messages: user, tools, tool_choice: 'required' });
      const calls = asked.choices[0].message.tool_calls;
      same(calls.length, 2, 'how many calls there are');
      holds(calls[0].id !== calls[1].id, 'both calls have the same id');
      const results = calls.map((call, index) => ({ role: 'tool', tool_call_id: call.id, content: ['sunny', 'rainy'][index] }));
      const told = await chat.create({ model: named('tool-2'), messages: [...user, asked.choices[0].message, ...results], tools });
      same(told.choices[0].message.content, 'The tool said: sunny and rainy', 'the text');
    },
    'tool-stream': async () => {
      const stream = client.chat.completions.stream({ model: named('tool-2'), messages: user, tools });
      const message = (await stream.finalChatCompletion()).choices[0].message;
      same(message.tool_calls.map((call) => JSON.parse(call.function.arguments)), [BERLIN, { city: 'Paris', days: 2 }], 'the calls');
      const results = message.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: 'sunny' }));
      let text = '';
      for await (const chunk of await chat.create({ model: named('tool-2'), messages: [...user, message, ...results], tools, stream: true })) {
        text += chunk.choices[0]?.delta.content ?? '';
      }
      same(text, 'The tool said: sunny and sunny', 'the text');
    },
    'tool-choice': async () => {
      const other = { type: 'function', function: { name: 'other', parameters: CITY } };
      const found = await chat.create({
        model: named('tool'), messages: user, tools: [other, ...tools], tool_choice: { type: 'function', function: { name: 'weather' } },
      });
      same(found.choices[0].message.tool_calls[0].function.name, 'weather', 'the tool');
    },
    json: async () => {
      const found = await chat.parse({ model: named('json'), messages: user, response_format: format });
      same(JSON.parse(found.choices[0].message.content), A_REPORT, 'the object');
    },
    'json-stream': async () => {
      let text = '';
      for await (const chunk of await chat.create({ model: named('json'), messages: user, response_format: format, stream: true })) {
        text += chunk.choices[0]?.delta.content ?? '';
      }
      same(JSON.parse(text), A_REPORT, 'the object');
    },
    'error-model': async () => {
      const error = await fails(chat.create({ model: 'no-such-model', messages: user }), 404, kinds.NotFoundError);
      holds(error.error?.message && error.type, `the error has no message or type: ${JSON.stringify(error.error)}`);
    },
    'error-invalid': async () => {
      await fails(chat.create({ model: named('fail-400'), messages: user }), 400, kinds.BadRequestError);
    },
    'error-rate': async () => {
      await fails(chat.create({ model: named('fail-429'), messages: user }), 429, kinds.RateLimitError);
    },
    responses: async () => {
      const found = await client.responses.create({ model: named('echo'), instructions: 'Be short.', input: QUESTION });
      same([found.output_text, found.status, found.object], [QUESTION, 'completed', 'response'], 'the text, status and object');
      same(found.usage.total_tokens, found.usage.input_tokens + found.usage.output_tokens, 'total_tokens');
    },
    'responses-stream': async () => {
      const types = [];
      let text = '';
      let last = null;
      for await (const event of await client.responses.create({ model: named('words-5'), input: QUESTION, stream: true })) {
        types.push(event.type);
        text += event.type === 'response.output_text.delta' ? event.delta : '';
        last = event;
      }
      same([text, types[0], last.type], [FIVE_WORDS, 'response.created', 'response.completed'], 'the text, the first and last event');
      same(last.response.usage.output_tokens, 5, 'output_tokens');
    },
    'responses-tool': async () => {
      const asked = await client.responses.create({ model: named('tool'), input: user, tools: flat });
      const call = asked.output.find((item) => item.type === 'function_call');
      same([call?.name, JSON.parse(call?.arguments ?? '{}')], ['weather', BERLIN], 'the call');
      const input = [...user, call, { type: 'function_call_output', call_id: call.call_id, output: 'sunny' }];
      same((await client.responses.create({ model: named('tool'), input, tools: flat })).output_text, 'The tool said: sunny', 'the text');
    },
    'responses-json': async () => {
      const text = { format: { type: 'json_schema', name: 'report', schema: REPORT, strict: true } };
      same(JSON.parse((await client.responses.create({ model: named('json'), input: QUESTION, text })).output_text), A_REPORT, 'the object');
    },
    embeddings: async () => {
      const found = await client.embeddings.create({ model: named('echo'), input: ['one', 'two', 'one'] });
      same(found.data.map((each) => each.index), [0, 1, 2], 'the indexes');
      const [first, , third] = found.data.map((each) => each.embedding);
      holds(Array.isArray(first) && first.length > 1 && first.every(Number.isFinite), 'the embedding is a list of numbers');
      same(first, third, 'the embedding of the same text');
      holds(found.usage.prompt_tokens > 0, 'the usage is missing');
    },
    models: async () => {
      holds((await client.models.list()).data.length > 0, 'there are no models');
    },
  };
}
