// What the checks of all clients share.
export const FIVE_WORDS = 'w1 w2 w3 w4 w5';
export const QUESTION = 'Which weather does it have? 東京 🙂';
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const CITY = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } },
  required: ['city', 'days'],
  additionalProperties: false,
};

/** What the fake provider makes of that schema. */
export const BERLIN = { city: 'Berlin', days: 1 };

export const REPORT = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    kind: { type: 'string', enum: ['good', 'bad'] },
    lines: { type: 'array', items: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'], additionalProperties: false } },
  },
  required: ['title', 'kind', 'lines'],
  additionalProperties: false,
};

export const A_REPORT = { title: 'Berlin', kind: 'good', lines: [{ amount: 1 }] };

export function same(found, expected, what) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  }
}

export function holds(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

export async function fails(promise, status, type) {
  let error;
  try {
    await promise;
  } catch (thrown) {
    error = thrown;
  }
  holds(error, `the call succeeded, expected the status ${status}`);
  same(error.status, status, `the status of "${error.message}"`);
  holds(!type || error instanceof type, `found ${error.constructor.name}, expected ${type?.name}: ${error.message}`);
  return error;
}
