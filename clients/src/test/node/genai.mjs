// Google's own client for Node, with Gemini's API.
import { readFileSync } from 'node:fs';
import { GoogleGenAI } from '@google/genai';
import { CITY, joined, serve, TOOLS } from './own.mjs';

const { version } = JSON.parse(readFileSync('node_modules/@google/genai/package.json', 'utf8'));

const functionDeclarations = TOOLS.map(({ function: { name, description, parameters } }) => ({
  name,
  description,
  parametersJsonSchema: parameters,
}));

function asked({ request }, contents, signal) {
  return {
    model: request.model,
    contents,
    config: {
      tools: request.tools || request.run ? [{ functionDeclarations }] : undefined,
      thinkingConfig: request.think ? { includeThoughts: true } : undefined,
      maxOutputTokens: request.maxTokens,
      abortSignal: signal,
      ...(request.schema ? { responseMimeType: 'application/json', responseJsonSchema: CITY } : {}),
    },
  };
}

function parts(answer) {
  return answer.candidates?.[0]?.content?.parts ?? [];
}

function texts(all, thought) {
  return joined(all.filter((part) => Boolean(part.thought) === thought).map((part) => part.text));
}

await serve(version, {
  open: (call) =>
    new GoogleGenAI({
      apiKey: call.apiKey,
      httpOptions: {
        baseUrl: call.baseUrl,
        timeout: call.timeoutMillis,
        retryOptions: call.maxRetries ? { attempts: call.maxRetries + 1, initialDelay: 0.01 } : undefined,
      },
    }),

  first({ text, image }) {
    const first = [{ text }];
    if (image) {
      first.push({ inlineData: { mimeType: 'image/png', data: image } });
    }
    return [{ role: 'user', parts: first }];
  },

  complete: (client, call, contents) => client.models.generateContent(asked(call, contents)),

  stream: (client, call, contents, leaving) =>
    client.models.generateContentStream(asked(call, contents, leaving.signal)),

  text: (chunk) => texts(parts(chunk), false),

  assemble(chunks) {
    const last = chunks.at(-1);
    const content = { role: 'model', parts: chunks.flatMap(parts) };
    const [ended] = chunks.flatMap((chunk) => chunk.candidates?.[0]?.finishReason ?? []).slice(-1);
    return { usageMetadata: last?.usageMetadata, candidates: [{ content, finishReason: ended }] };
  },

  told(answer) {
    const all = parts(answer);
    return {
      text: texts(all, false),
      reasoning: texts(all, true),
      calls: all
        .filter((part) => part.functionCall)
        .map(({ functionCall: { id, name, args } }) => ({ id, name, arguments: JSON.stringify(args ?? {}) })),
      finish: answer.candidates?.[0]?.finishReason,
      input: answer.usageMetadata?.promptTokenCount,
      output: (answer.usageMetadata?.candidatesTokenCount ?? 0) + (answer.usageMetadata?.thoughtsTokenCount ?? 0),
    };
  },

  goOn: (contents, answer, results) => [
    ...contents,
    answer.candidates[0].content,
    {
      role: 'user',
      parts: results.map(({ id, name, result }) => ({ functionResponse: { id, name, response: { output: result } } })),
    },
  ],

  others: {
    async models(client, call, result) {
      result.models = [];
      for await (const model of await client.models.list()) {
        result.models.push(model.name);
      }
    },
    async model(client, call, result) {
      result.model = await client.models.get({ model: call.request.model });
    },
    async count(client, call, result) {
      const { model, text } = call.request;
      result.tokens = (await client.models.countTokens({ model, contents: text })).totalTokens;
    },
    async embed(client, call, result) {
      const { model, inputs } = call.request;
      const { embeddings } = await client.models.embedContent({ model, contents: inputs });
      result.vectors = embeddings.map((embedding) => embedding.values);
    },
  },

  raised: (error) => ({ status: error.status }),
});
