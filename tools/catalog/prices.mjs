// Prices as the catalogue writes them: words of the form part=price, dollars for a million tokens (a thousand requests or
// searches), with further prices of long prompts behind it, as in input=3,200000>6.

const PARTS = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cache_read',
  cache_write_mtok: 'cache_write',
  cache_write_1h_mtok: 'cache_write_1h',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'input_audio',
  cache_audio_read_mtok: 'cache_read_audio',
  output_audio_mtok: 'output_audio',
  input_image_mtok: 'input_image',
  cache_image_read_mtok: 'cache_read_image',
  output_image_mtok: 'output_image',
  requests_kcount: 'request',
  web_searches_kcount: 'web_search',
}

/** What is priced by something that an answer's usage does not count; without a token price the price is not known. */
const UNCOUNTED = [
  'audio_hours',
  'input_audio_hours',
  'input_document_kpages',
  'input_annotated_document_kpages',
  'input_text_messages_kcount',
  'input_video_mtok',
  'output_video_mtok',
  'output_citation_mtok',
  'storage_searches_kcount',
]

/** The periods of a model of genai-prices, the last one that applies counting: [{when, rates}]. */
export function genaiPeriods(model) {
  const given = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]
  const periods = given.map(({ constraint, prices }) => ({ when: when(constraint), rates: rates(prices) }))
  if (periods.every((period) => Object.keys(period.rates).length === 0)) {
    // An empty list says nothing, but for the models that OpenRouter names free.
    return model.id.endsWith(':free') ? [{ when: null, rates: { input: ['0'], output: ['0'] } }] : []
  }
  return periods
}

function when(constraint) {
  if (constraint === undefined) return null
  if (constraint.type === 'start_date') return 'from:' + constraint.start_date
  const hours = [constraint.start_time, constraint.end_time].map((time) => /^(\d\d:\d\d):00Z$/.exec(time)[1])
  return 'daily:' + hours.join('-')
}

function rates(prices) {
  const known = {}
  for (const [key, price] of Object.entries(prices)) {
    if (key in PARTS) {
      known[PARTS[key]] =
        typeof price === 'number'
          ? [decimal(price)]
          : [decimal(price.base), ...price.tiers.map((tier) => `${tier.start}>${decimal(tier.price)}`)]
    } else if (!UNCOUNTED.includes(key)) {
      throw new Error('a price that the catalogue has no word for: ' + key)
    }
  }
  return known
}

/** The rates of a model of pi-ai. A zero is a price that is not published, unless the model is named free. */
export function piRates(model, anthropic) {
  const cost = model.cost
  if (cost.input < 0 || cost.output < 0) return {}
  if (cost.input === 0 && cost.output === 0) {
    return model.id.endsWith(':free') ? { input: ['0'], output: ['0'] } : {}
  }
  const tiers = [...(cost.tiers ?? [])].sort((a, b) => a.inputTokensAbove - b.inputTokensAbove)
  const known = {}
  const add = (part, price) => {
    if (price(cost) > 0) {
      known[part] = [decimal(price(cost)), ...tiers.map((tier) => `${tier.inputTokensAbove}>${decimal(price(tier))}`)]
    }
  }
  add('input', (rate) => rate.input)
  add('output', (rate) => rate.output)
  add('cache_read', (rate) => rate.cacheRead)
  add('cache_write', (rate) => rate.cacheWrite)
  if (anthropic && known.cache_write) {
    // Anthropic: what is kept for an hour costs twice the input, as pi-ai reckons it.
    add('cache_write_1h', (rate) => 2 * rate.input)
  }
  return known
}

/** The words of these periods; service tiers belong to the last one. */
export function words(periods, tiers) {
  const text = periods.flatMap(({ when, rates }) => [...(when ? [when] : []), ...words1(rates, '')])
  for (const [tier, rates] of Object.entries(tiers)) text.push(...words1(rates, tier + ':'))
  return text.join(' ')
}

function words1(rates, prefix) {
  const order = Object.values(PARTS)
  return Object.keys(rates)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((part) => `${prefix}${part}=${rates[part].join(',')}`)
}

/** The shortest decimal of a number, without an exponent and without what binary arithmetic has added. */
export function decimal(number) {
  if (!Number.isFinite(number) || number < 0) throw new Error('no price: ' + number)
  const short = Number(number.toPrecision(12))
  const text = String(short)
  return text.includes('e') ? short.toFixed(20).replace(/\.?0+$/, '') : text
}
