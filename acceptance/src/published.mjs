import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const FACTS = JSON.parse(
  readFileSync(new URL('../../server/src/test/resources/published-2026-04-15.json', import.meta.url), 'utf8'),
);
const JSON_API = 'application/vnd.api+json';
const VERBS = ['get', 'post', 'patch', 'delete'];
const AJV = new Ajv({ strict: false, validateFormats: false, allErrors: true });

const OPERATIONS = Object.entries(FACTS.paths)
  .flatMap(([path, verbs]) =>
    VERBS.filter((verb) => verbs[verb]).map((verb) => ({
      id: verbs[verb].operationId,
      verb,
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
      wildcards: path.split('{').length,
      responses: verbs[verb].responses,
      parameters: (verbs[verb].parameters ?? []).map(({ name }) => name),
      cursorInBody: takesCursor(verbs[verb].requestBody?.content[JSON_API]?.schema),
    })),
  )
  .sort((one, other) => one.wildcards - other.wildcards);

/** The published operation a request means; undefined when there is none. */
export function operation(method, path) {
  const verb = method.toLowerCase();
  return OPERATIONS.find((one) => one.verb === verb && one.pattern.test(path));
}

const compiled = new Map();
const REGISTRY = { false: 'strict', true: 'sparse' };

/**
 * What is wrong with an answer's document; empty when nothing is. Sparse fields may leave out what is
 * published as required.
 */
export function faults(operation, status, document, sparse) {
  const name = `${operation.id} ${status} ${sparse}`;
  if (!compiled.has(name)) {
    const schema = operation.responses[status]?.content?.[JSON_API]?.schema;
    compiled.set(name, schema ? AJV.compile(strict(whole(operation, schema), sparse)) : () => true);
  }
  return judged(compiled.get(name), document);
}

/** Reports are sent with what only their parameters tell of: an id, and links to their pages. */
function whole({ parameters, cursorInBody }, schema) {
  const isReport = parameters.some((name) => /^fields\[.*-report\]$/.test(name));
  if (!isReport && !cursorInBody) {
    return schema;
  }
  const text = { type: 'string' };
  const document = opened(schema);
  const { data, links } = document.properties;
  const pages = cursorInBody || parameters.includes('page_cursor') ? { next: text, prev: text } : {};
  const members = isReport ? { id: text } : {};
  return { ...document, properties: { data: withMembers(data, members), links: withMembers(links, pages) } };
}

function takesCursor(body) {
  return body !== undefined && 'page_cursor' in (properties(body, 'data', 'attributes') ?? {});
}

/** The members of what stands at a path in a schema. */
function properties(schema, ...path) {
  return path.reduce((members, name) => members?.[name] && opened(members[name]).properties, opened(schema).properties);
}

function withMembers(schema, more) {
  const { properties, ...rest } = opened(schema);
  return { ...rest, properties: { ...properties, ...more } };
}

/** Whether the operation is published to answer with this status. */
export function answers(operation, status) {
  return status in operation.responses;
}

function judged(validate, document) {
  return validate(document) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

/** What a reference or an allOf stands for. */
function opened(schema) {
  if (schema.$ref) {
    return opened(schema.$ref.slice(2).split('/').reduce((node, name) => node[name], FACTS));
  }
  const { allOf = [], ...rest } = schema;
  return allOf.map(opened).reduceRight((merged, part) => joined(part, merged), rest);
}

/** Both schemas in one: objects are joined, lists one after the other, else the second wins. */
function joined(one, other) {
  if (Array.isArray(one)) {
    return [...one, ...other];
  }
  if (one === null || typeof one !== 'object') {
    return other;
  }
  const both = Object.keys(other).map((name) => [name, name in one ? joined(one[name], other[name]) : other[name]]);
  return { ...one, ...Object.fromEntries(both) };
}

/**
 * OpenAPI 3.0 as JSON schema, with unknown members forbidden. Some options published as oneOf are alike, so that
 * an answer can be several of them.
 */
function strict(schema, sparse) {
  if (Array.isArray(schema)) {
    return schema.map((item) => strict(item, sparse));
  }
  if (schema === null || typeof schema !== 'object') {
    return schema;
  }
  if (schema.$ref) {
    const reference = { $ref: schema.$ref.replace('#/components/schemas/', `${REGISTRY[sparse]}#/$defs/`) };
    return schema.nullable === true ? orNull(reference) : reference;
  }
  const copy = Object.fromEntries(
    Object.entries(opened(schema)).map(([name, value]) => [
      name,
      name === 'properties' ? members(value, sparse) : strict(value, sparse),
    ]),
  );
  return translated(copy, sparse);
}

function translated({ nullable, required, oneOf, ...schema }, sparse) {
  if (schema.properties && Object.keys(schema.properties).length > 0) {
    schema.additionalProperties = false;
  }
  if (Array.isArray(required) && !sparse) {
    schema.required = required;
  }
  if (oneOf) {
    schema.anyOf = oneOf;
  }
  return nullable === true ? orNull(schema) : schema;
}

/** Links at the ends and empty to-one relations are null on the wire, whatever was published. */
function members(properties, sparse) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const schema = strict(value, sparse);
      const sentAsNull = name === 'next' || name === 'prev' || (name === 'data' && opened(value).properties);
      return [name, sentAsNull ? orNull(schema) : schema];
    }),
  );
}

function orNull(schema) {
  return { anyOf: [schema, { type: 'null' }] };
}

for (const sparse of [false, true]) {
  const schemas = Object.entries(FACTS.components.schemas);
  const $defs = Object.fromEntries(schemas.map(([name, schema]) => [name, strict(schema, sparse)]));
  AJV.addSchema({ $id: REGISTRY[sparse], $defs });
}

const TEXT = { type: 'string', minLength: 1 };
const ERRORS = AJV.compile({
  type: 'object',
  required: ['errors'],
  additionalProperties: false,
  properties: {
    errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'status', 'code', 'title', 'detail', 'source'],
        properties: {
          id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
          status: { type: 'integer' },
          code: TEXT,
          title: TEXT,
          detail: TEXT,
          source: {
            type: 'object',
            minProperties: 1,
            additionalProperties: false,
            properties: { pointer: { type: 'string', pattern: '^/' }, parameter: TEXT },
          },
          links: { type: 'object' },
          meta: { type: 'object' },
        },
        additionalProperties: false,
      },
    },
  },
});

/** What is wrong with the document of a refusal. */
export function errorFaults(status, requestId, document) {
  const shape = judged(ERRORS, document);
  if (shape.length > 0) {
    return shape;
  }
  const wrong = document.errors.filter((error) => error.status !== status).map(() => 'another status inside');
  return document.errors[0].id === requestId ? wrong : [...wrong, 'the first error is not named by the request id'];
}
