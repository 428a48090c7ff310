// What the provider charges, exact to 10^-12 dollars.
const CLASSES = ['input', 'cached_input', 'cache_write', 'output', 'reasoning'];
const DEFAULTS = { cached_input: 'input', cache_write: 'input', reasoning: 'output' };
const UNIT = 1_000_000_000_000n;

/** Dollars as a whole number of units; `digits` is 6 for a price of a million tokens (one token then has units of 10^-12). */
function exact(price, digits) {
  const [whole, fraction = ''] = Number(price).toFixed(digits).split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

function dollars(units) {
  const text = (units % UNIT).toString().padStart(12, '0').replace(/0+$/, '');
  return `${units / UNIT}${text ? '.' + text : ''}`;
}

export class Bill {
  constructor(prices) {
    this.prices = prices;
    this.reset();
  }

  reset() {
    this.models = new Map();
  }

  /** Charges one call. `usage` has disjoint classes: input is what was neither cached nor written, output is without reasoning. */
  charge(model, usage) {
    if (!this.models.has(model)) {
      const nothing = Object.fromEntries([...CLASSES, 'images'].map((name) => [name, 0]));
      this.models.set(model, { calls: 0, ...nothing, units: 0n });
    }
    const row = this.models.get(model);
    const price = this.prices[model] ?? {};
    row.calls += 1;
    row.units += exact(price.request ?? 0, 12) + exact(price.image ?? 0, 12) * BigInt(usage.images ?? 0);
    row.images += usage.images ?? 0;
    for (const name of CLASSES) {
      row[name] += usage[name] ?? 0;
      row.units += exact(price[name] ?? price[DEFAULTS[name]] ?? 0, 6) * BigInt(usage[name] ?? 0);
    }
  }

  /** Costs are decimal numbers in text, which lose nothing. */
  total() {
    let calls = 0;
    let units = 0n;
    const models = {};
    for (const [name, { units: own, ...row }] of this.models) {
      calls += row.calls;
      units += own;
      models[name] = { ...row, cost: dollars(own) };
    }
    return { calls, cost: dollars(units), models };
  }
}
