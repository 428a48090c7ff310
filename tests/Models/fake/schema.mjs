// A value that fits a JSON schema (or the OpenAPI subset of Gemini, whose types are in capitals).
export function exampleOf(schema, seed, root = schema) {
  if (schema === true || schema === undefined || schema === null) {
    return {};
  }
  if (schema.$ref) {
    return exampleOf(schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean).reduce((at, name) => at[name], root), seed, root);
  }
  if ('const' in schema) {
    return schema.const;
  }
  if (schema.enum) {
    return schema.enum[seed % schema.enum.length];
  }
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) {
    return exampleOf(choice[0], seed, root);
  }
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((each) => exampleOf(each, seed, root)));
  }
  const type = String(Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? 'object')).toLowerCase();
  switch (type) {
    case 'string':
      return stringOf(schema, seed);
    case 'integer':
    case 'number':
      return (schema.minimum ?? 1) + seed;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, (_, n) => exampleOf(schema.items, seed + n, root));
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => !schema.required || schema.required.includes(name))
          .map(([name, each]) => [name, exampleOf(each, seed, root)]),
      );
  }
}

function stringOf(schema, seed) {
  const formats = { date: '2026-01-02', 'date-time': '2026-01-02T03:04:05Z', email: 'somebody@example.com', uri: 'https://example.com/' };
  return formats[schema.format] ?? ['Berlin', 'Paris', 'Tokyo', 'Köln'][seed % 4].padEnd(schema.minLength ?? 0, 'x');
}
