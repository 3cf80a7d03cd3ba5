import { gitCommit } from '../git-commit.ts'
import { exitCodeOf, type Outcome, strongest } from '../exit-codes.ts'
import type { Failure, Finding } from '../failure.ts'
import { type Envelope, makeEnvelope } from '../report/envelope.ts'
import type { Report, Writer } from '../report/report.ts'
import { colourStyle, plainStyle, type Style } from '../report/style.ts'
import { NdjsonHost } from '../events/ndjson-host.ts'
import { type Format, isMachineFormat } from './formats.ts'
import type { SeenFlags, Session } from './session.ts'
import { canPaint, columns, writeError, writeOut } from './terminal.ts'

/** How a command came to its end: with a report, with a failure, or (partial results) with both. */
export interface Ending<D> {
  writer?: Writer<D> | undefined
  report?: Report<D> | undefined
  failure?: Failure | undefined
  flags: SeenFlags
}

/** Prints exactly one document on stdout where there is a result, everything else on stderr. @returns the exit code. */
export async function present<D>(ending: Ending<D>, session: Session): Promise<number> {
  const failure = failureIn(ending)
  const outcome = strongest([ending.report?.outcome ?? 'OK', failure?.code ?? 'OK'])
  if (isMachineFormat(session.format) || session.format === 'yaml') {
    await printEnvelope(await envelopeOf(ending, outcome, session), session)
  } else printText(ending, session)
  return exitCodeOf(outcome)
}

async function printEnvelope(envelope: Envelope, session: Session): Promise<void> {
  if (session.host instanceof NdjsonHost) session.host.result(envelope)
  else writeOut(session.format === 'yaml' ? await toYaml(envelope) : JSON.stringify(envelope, undefined, 2))
}

async function envelopeOf<D>(ending: Ending<D>, outcome: Outcome, session: Session): Promise<Envelope> {
  const { flags } = ending
  const report: Report<unknown> = ending.report ?? { kind: 'Error', data: {} }
  const { clock, runId } = session.collaborators
  return makeEnvelope({
    kind: report.kind,
    outcome,
    runId: report.runId ?? runId,
    startedAt: session.startedAt,
    durationMs: clock.monotonicMs() - session.startedMs,
    environment: report.environment ?? flags.env,
    regions: report.regions ?? flags.region ?? [],
    inputs: { ...report.inputs, git: await commitOf(report, session) },
    data: report.data,
    findings: findingsOf(ending),
    error: failureIn(ending),
  })
}

/** Only what rests on a specification has a commit; everything else need not wait for git. */
async function commitOf(report: Report<unknown>, session: Session): Promise<string | undefined> {
  return report.inputs === undefined ? undefined : gitCommit(session.collaborators)
}

async function toYaml(envelope: Envelope): Promise<string> {
  const { stringify } = await import('yaml')
  // Through JSON, so that both formats show the same values of our own types.
  return stringify(JSON.parse(JSON.stringify(envelope))).trimEnd()
}

function printText<D>(ending: Ending<D>, session: Session): void {
  const { report, writer, flags } = ending
  const failure = failureIn(ending)
  const paint = canPaint(session.collaborators.environment) && !flags['no-color']
  const style = paint ? colourStyle(columns()) : { ...plainStyle, width: columns() }
  if (report && writer) writeOut(renderText(writer, report.data, { format: session.format, style }))
  for (const finding of findingsOf(ending)) writeError(findingLine(finding))
  if (!failure) return
  writeError(`error: ${failure.region ? `${failure.region}: ` : ''}${failure.message}`)
  if (failure.next !== undefined) writeError(`next: ${failure.next}`)
  if (flags['log-level'] === 'debug') writeError(stackOf(failure))
}

function renderText<D>(writer: Writer<D>, data: D, look: { format: Format; style: Style }): string {
  if (look.format === 'wide') return writer.wide?.(data, look.style) ?? writer.text(data, look.style)
  if (look.format === 'markdown') {
    return writer.markdown?.(data) ?? `\`\`\`\n${writer.text(data, plainStyle)}\n\`\`\``
  }
  return writer.text(data, look.style)
}

function failureIn<D>(ending: Ending<D>): Failure | undefined {
  return ending.failure ?? ending.report?.error
}

function findingsOf<D>(ending: Ending<D>): readonly Finding[] {
  const failure = failureIn(ending)
  return [...new Set([...(ending.report?.findings ?? []), ...(failure?.findings ?? [])])]
}

function findingLine(finding: Finding): string {
  const place = finding.place ?? finding.path
  const hint = finding.hint === undefined ? '' : ` (${finding.hint})`
  return `${finding.severity}: ${place === undefined ? '' : `${place}: `}${finding.message}${hint}`
}

function stackOf(failure: Failure): string {
  const cause = failure.cause instanceof Error ? failure.cause : failure
  return cause.stack ?? String(cause)
}
