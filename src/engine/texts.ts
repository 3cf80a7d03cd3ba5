import { Failure, type FailureDetails } from '../failure.ts'
import type { FailureCode } from '../exit-codes.ts'

/*
 * All that `iv` knows of the words of Pulumi, of the bundled and of the official provider. Nothing else reads
 * them. test/fixtures/engine holds recorded outputs of the pinned version; a test against the real engine fails
 * when a text changes.
 */

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const colourTags = /<\{%[^%]*%\}>/g
const urns = /urn:pulumi:[^\s"'`]+/g

/** Without colours and with objects named as people name them. */
export function plainText(message: string, label: (urn: string) => string | undefined): string {
  const bare = message.replace(escapes, '').replace(colourTags, '').trim()
  const named = bare.replace(urns, (urn) => label(urn) ?? urn.split('::').at(-1) ?? urn)
  return named.replace(/^error: /, '').replace(/^preview failed: /i, '')
}

export interface EngineEnd {
  /** Of the process; undefined when a signal ended it. */
  exitCode: number | undefined
  stderr: string
  /** Error diagnostics from the event stream, in order, already plain. */
  errors: readonly { label: string | undefined; message: string }[]
  stack: string
  region: string
}

interface Rule {
  text: RegExp
  code: FailureCode
  /** Replaces the engine's own words where these are no help. */
  message?: (end: EngineEnd, match: RegExpExecArray) => string
  next: string
  retryable?: boolean
}

const rules: readonly Rule[] = [
  {
    text: /currently locked by[^]*?created by (\S+) \(pid (\d+)\) at (\S+)/,
    code: 'LOCKED',
    message: (end, match) =>
      `stack ${end.stack} is locked by ${match[1]} (process ${match[2]}) since ${match[3]}`,
    next: 'wait for that run to end, then try again',
    retryable: true,
  },
  {
    text: /currently locked by|Another update is currently in progress/,
    code: 'LOCKED',
    message: (end) => `stack ${end.stack} is locked by another run`,
    next: 'wait for that run to end, then try again',
    retryable: true,
  },
  {
    text: /no stack named '([^']+)' found/,
    code: 'NOT_FOUND',
    message: (_, match) => `there is no stack ${match[1]}`,
    next: 'deploy the region first, or check --env and --region',
  },
  {
    text: /incorrect passphrase/,
    code: 'AUTH',
    message: (end) => `the passphrase does not open the secrets of stack ${end.stack}`,
    next: 'set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one it was made with',
  },
  {
    text: /passphrase must be set|get passphrase/,
    code: 'AUTH',
    message: (end) => `the secrets of stack ${end.stack} need a passphrase`,
    next: 'set PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it',
  },
  {
    text: /no space left on device/,
    code: 'OPERATION',
    message: (end) => `the state of stack ${end.stack} could not be written: no space left on device`,
    next: 'free some space, then run the same command again',
    retryable: true,
  },
  {
    text: /failed to load checkpoint[^]*(unexpected end of JSON input|invalid character)/,
    code: 'OPERATION',
    message: (end) =>
      `the state of stack ${end.stack} is cut short: it was being written when disk or power failed`,
    next: 'iv deploy goes back to the backup beside it, where that is whole',
  },
  {
    text: /certificate (has expired|is not yet valid|signed by unknown authority)|CERT_HAS_EXPIRED|Unauthorized|\b401\b/,
    code: 'AUTH',
    next: 'renew the credentials of the context, then try again',
  },
  {
    // RBAC says who asked for what; an admission plugin's refusal also reads "is forbidden", without a user.
    text: /is forbidden: User "[^"]*" cannot|access denied|invalid access token/i,
    code: 'AUTH',
    next: 'ask for the missing permission: iv doctor shows which are needed',
  },
  {
    text: /admission webhook|denied the request|denied request|violates PodSecurity|exceeded quota/,
    code: 'OPERATION',
    next: 'the cluster refuses this object: change the specification or the policy that it names',
  },
  {
    text: /apply conflict|conflict(s)? with "|conflict: \S+ owns /i,
    code: 'OPERATION',
    next: 'give the field its specified value again with the tool that changed it, or deploy with --take-ownership',
  },
  {
    text: /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|connection refused|no such host|i\/o timeout/,
    code: 'OPERATION',
    next: 'check that the server is up: iv doctor',
    retryable: true,
  },
]

/** What the end of an operation means. The first rule that fits decides; an object's own error is said first. */
export function engineFailure(end: EngineEnd): Failure {
  const own = end.errors.filter((error) => !isNoise(error.message))
  const all = [end.stderr, ...end.errors.map((error) => error.message)].join('\n')
  if (own.length > 0 && own.every((error) => offPlan.test(error.message))) {
    return new Failure(
      'CHANGES',
      `the region changed after it was shown, so the engine stopped: ${said(own, end)}`,
      {
        region: end.region,
        next: 'look at it again with iv preview; what had been shown may be done in part',
      },
    )
  }
  for (const rule of rules) {
    const match = rule.text.exec(all)
    if (!match) continue
    const message = rule.message?.(end, match) ?? said(own.length > 0 ? own : [], end)
    return new Failure(rule.code, message, details(end, rule))
  }
  if (
    end.errors.some((error) => thrown.test(error.message)) &&
    own.every((error) => error.label === undefined)
  ) {
    const defect = { region: end.region, next: 'this is a defect of iv: please report it' }
    return new Failure('INTERNAL', `the program of stack ${end.stack} failed: ${said(own, end)}`, defect)
  }
  return new Failure(
    end.exitCode === expectedNoChanges ? 'CHANGES' : 'OPERATION',
    said(own, end),
    details(end),
  )
}

/** A step that failed is also missing afterwards: only where nothing else went wrong is it about the plan. */
const offPlan = /violates plan|not allowed by the plan|expected resource operations/

/** The first of two messages about a program that threw: with a stack trace; the second has the reason alone. */
const thrown = /^Unhandled exception:/

/** Exit code of the engine for "no changes were expected". */
const expectedNoChanges = 7

/** Sentences that only say that there are other sentences. */
function isNoise(message: string): boolean {
  return /^(update failed|preview failed$|destroy failed|resource .*(registration|operation) failed|one or more errors occurred|unhandled exception:)/i.test(
    message,
  )
}

const shown = 3

function said(own: EngineEnd['errors'], end: EngineEnd): string {
  if (own.length === 0) return lastLine(end)
  const lines = [
    ...new Set(own.map((error) => [error.label, firstLines(error.message)].filter(Boolean).join(': '))),
  ]
  const more = lines.length > shown ? ` (and ${lines.length - shown} more)` : ''
  return `${lines.slice(0, shown).join('; ')}${more}`
}

function firstLines(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '))
    .slice(0, 2)
    .join(' ')
}

function lastLine(end: EngineEnd): string {
  const lines = end.stderr.split('\n').map((line) => plainText(line, () => undefined))
  const line = lines.findLast((text) => text !== '' && !isNoise(text))
  if (line !== undefined) return line
  return end.exitCode === undefined
    ? `the engine was killed while it worked on stack ${end.stack}`
    : `the engine ended with ${end.exitCode} and gave no reason (stack ${end.stack})`
}

function details(end: EngineEnd, rule?: Rule): FailureDetails {
  return {
    region: end.region,
    next: rule?.next ?? 'fix the cause, then run the same command again: it goes on from here',
    retryable: rule?.retryable ?? false,
  }
}
