/** Statements that are written once: Kysely takes several times longer to build a long one than the engine takes to run it. */
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What a statement may compare with or store. A list is given one place for each of its values. */
type Value = string | number | null | undefined | readonly (string | number)[];
type Values = Readonly<Record<string, Value>>;

/**
 * A statement that Kysely builds and compiles at its first use for a dialect and is run with other values from then on.
 *
 * @param build writes the statement. Values can only be handed on to Kysely in there: what is computed with them belongs
 * outside, or it would be the first one's for ever. Throws an error that says so where it tries.
 * @returns runs it in a connection or a transaction; gives all rows
 */
export function writtenOnce<Given extends Values, Row>(
  build: (db: Kysely<Database>, values: Given) => Compilable<Row>,
): (db: Kysely<Database>, values: Given) => Promise<Row[]> {
  // A Kysely and its transactions share the adapter of their dialect.
  const known = new WeakMap<object, Map<string, CompiledQuery<Row>>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    const shapes = known.get(adapter) ?? new Map<string, CompiledQuery<Row>>();
    known.set(adapter, shapes);
    const shape = shapeOf(values);
    let written = shapes.get(shape);
    if (!written) {
      if (shapes.size >= mostShapes) shapes.clear();
      written = build(db, placesOf(values) as Given).compile();
      shapes.set(shape, written);
    }
    const parameters = written.parameters.map(parameter =>
      parameter instanceof Place ? parameter.in(values) : parameter,
    );
    return (await db.executeQuery<Row>({ ...written, parameters })).rows;
  };
}

/** The same for at most one row. */
export function oneWrittenOnce<Given extends Values, Row>(
  build: (db: Kysely<Database>, values: Given) => Compilable<Row>,
): (db: Kysely<Database>, values: Given) => Promise<Row | undefined> {
  const all = writtenOnce(build);
  return async (db, values) => (await all(db, values))[0];
}

/** Lists may have any length; the commonest ones are written anew in no time should there be more. */
const mostShapes = 50;

/** What of the values changes the text: whether one is left out, and how many a list has. */
function shapeOf(values: Values): string {
  let shape = '';
  for (const name in values) {
    const value = values[name];
    shape += value === undefined ? `${name}?` : Array.isArray(value) ? `${name}${value.length},` : `${name},`;
  }
  return shape;
}

const placesOf = (values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((_, index) => new Place(name, index))
        : value === undefined
          ? undefined
          : new Place(name),
    ]),
  );

/** Stands for a value while the statement is built. */
class Place {
  readonly #name: string;
  readonly #index: number | undefined;
  constructor(name: string, index?: number) {
    this.#name = name;
    this.#index = index;
  }

  in(values: Values): unknown {
    const value = values[this.#name];
    return this.#index === undefined ? value : (value as readonly unknown[])[this.#index];
  }

  [Symbol.toPrimitive](): never {
    throw new Error(`The value ${this.#name} of a statement that is written once is not known in there.`);
  }
}
