// What the drivers of providers' own clients share: the conversation, as a caller would have it, and how it is told. What a
// call may ask for is in Call.java. Nothing is judged here.
import { createInterface } from 'node:readline';

export const CITY = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
// As most of the libraries want it.
export const TOOLS = [
  { name: 'get_weather', description: 'The weather in a city', parameters: CITY },
  { name: 'get_time', description: 'The time', parameters: { type: 'object', properties: {} } },
].map((declared) => ({ type: 'function', function: declared }));

// Whole answers: what was asked, in the library's words, and what it gave back.
async function once(library, client, call, turns, result) {
  if (call.operation === 'complete') {
    const answer = await library.complete(client, call, turns);
    result.raw.push(answer);
    return answer;
  }
  const chunks = [];
  const leaving = new AbortController();
  for await (const chunk of await library.stream(client, call, turns, leaving)) {
    chunks.push(chunk);
    result.raw.push(chunk);
    const text = library.text(chunk);
    if (text) {
      result.texts.push(text);
      if (result.texts.length === call.stopAfter) {
        result.leftAt = Date.now();
        leaving.abort();
        return null;
      }
    }
  }
  return library.assemble(chunks);
}

// With `run` the tools that the model calls are run, and their results sent back with its answer as the library gave it.
async function converse(library, client, call, result) {
  let turns = library.first(call.request);
  let answer = await once(library, client, call, turns, result);
  if (call.request.run) {
    const { calls } = library.told(answer);
    result.asked = calls;
    const results = calls.map(({ id, name }) => ({ id, name, result: name + ': rain' }));
    turns = library.goOn(turns, answer, results);
    answer = await once(library, client, call, turns, result);
  }
  if (answer) {
    result.completion = library.told(answer);
  }
}

async function answer(library, call) {
  const result = { texts: [], raw: [] };
  try {
    const client = library.open(call);
    if (call.operation === 'complete' || call.operation === 'stream') {
      await converse(library, client, call, result);
    } else {
      await library.others[call.operation](client, call, result);
    }
  } catch (error) {
    const name = error.constructor.name;
    result.error = { class: name, message: error.message ?? String(error), ...library.raised(error) };
  }
  return result;
}

// Puts pieces of text together; undefined where there are none.
export function joined(pieces) {
  const some = pieces.filter((piece) => piece !== undefined && piece !== null);
  return some.length ? some.join('') : undefined;
}

// Answers each line of standard input with a line; the first line says which library this is.
export async function serve(version, library) {
  console.log(JSON.stringify({ library: version, runtime: 'Node ' + process.version }));
  // What a library has to say is for the log: the lines of standard output are answers.
  console.log = console.error;
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(library, JSON.parse(line))) + '\n');
  }
}
