// npm `@google/genai`, which speaks to Gemini only: GOOGLE_GEMINI_BASE_URL and GEMINI_API_KEY.
import { A_REPORT, BERLIN, CITY, FIVE_WORDS, QUESTION, REPORT, fails, holds, same } from './common.mjs';

const config = { tools: [{ functionDeclarations: [{ name: 'weather', description: 'The weather of a city.', parametersJsonSchema: CITY }] }] };

export function checks(load, named) {
  const { ApiError, GoogleGenAI } = load('@google/genai');
  const client = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY, httpOptions: { baseUrl: process.env.GOOGLE_GEMINI_BASE_URL } });
  const ask = (model, contents, more = {}) => client.models.generateContent({ model: named(model), contents, config: more });

  return {
    chat: async () => {
      const found = await ask('echo', QUESTION, { systemInstruction: 'Be short.', maxOutputTokens: 100 });
      same([found.text, found.candidates[0].finishReason], [QUESTION, 'STOP'], 'the text and finishReason');
      holds(found.usageMetadata.promptTokenCount > 5, 'the usage is missing');
    },
    stream: async () => {
      let text = '';
      let last = null;
      for await (const chunk of await client.models.generateContentStream({ model: named('words-5'), contents: QUESTION })) {
        text += chunk.text ?? '';
        last = chunk;
      }
      same([text, last.usageMetadata.candidatesTokenCount], [FIVE_WORDS, 5], 'the text and candidatesTokenCount');
    },
    tool: async () => {
      const contents = [{ role: 'user', parts: [{ text: QUESTION }] }];
      const asked = await ask('tool-2', contents, config);
      same(asked.functionCalls.map((call) => [call.name, call.args]), [['weather', BERLIN], ['weather', { city: 'Paris', days: 2 }]], 'the calls');
      const parts = asked.functionCalls.map(({ name }) => ({ functionResponse: { name, response: { output: 'sunny' } } }));
      const told = await ask('tool-2', [...contents, asked.candidates[0].content, { role: 'user', parts }], config);
      same(told.text, 'The tool said: sunny and sunny', 'the text');
    },
    json: async () => {
      const found = await ask('json', QUESTION, { responseMimeType: 'application/json', responseJsonSchema: REPORT });
      same(JSON.parse(found.text), A_REPORT, 'the object');
    },
    error: async () => {
      await fails(ask('fail-429', QUESTION), 429, ApiError);
    },
    embeddings: async () => {
      const found = await client.models.embedContent({ model: named('echo'), contents: ['one', 'two'] });
      same(found.embeddings.length, 2, 'how many embeddings there are');
    },
  };
}
