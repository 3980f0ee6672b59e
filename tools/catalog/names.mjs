// Which names mean a model: the rules of genai-prices, checked here and written for the catalogue.

const SIGNS = { equals: '=', starts_with: '^', ends_with: '$', contains: '*', regex: '~' }

/** Whether the rule means this name. */
export function means(rule, name) {
  const [[kind, what]] = Object.entries(rule)
  const lower = name.toLowerCase()
  switch (kind) {
    case 'or':
      return what.some((one) => means(one, name))
    case 'and':
      return what.every((one) => means(one, name))
    case 'equals':
      return lower === what.toLowerCase()
    case 'starts_with':
      return lower.startsWith(what.toLowerCase())
    case 'ends_with':
      return lower.endsWith(what.toLowerCase())
    case 'contains':
      return lower.includes(what.toLowerCase())
    case 'regex':
      return new RegExp(what).test(name)
    default:
      throw new Error('unknown rule ' + kind)
  }
}

/** The rule as a list of words, of which one has to hold; within a word all parts that && joins. */
export function written(rule, id) {
  const words = (rule.or ?? [rule]).flatMap((one) => (one.or ? one.or : [one])).map(word)
  return [...new Set(words)].filter((one) => one !== '=' + id.toLowerCase())
}

function word(rule) {
  if (rule.and) {
    return rule.and.map(word).join('&&')
  }
  const [[kind, what]] = Object.entries(rule)
  if (!(kind in SIGNS) || /\s|&&/.test(what)) {
    throw new Error('a rule the catalogue cannot say: ' + JSON.stringify(rule))
  }
  return SIGNS[kind] + (kind === 'regex' ? what : what.toLowerCase())
}

/** All names that the rule spells out. */
export function spelledOut(rule) {
  return (rule.or ?? [rule]).filter((one) => one.equals !== undefined).map((one) => one.equals)
}
