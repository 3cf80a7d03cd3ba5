import type { Report } from '../report/report.ts'
import { readSnapshot } from './read.ts'
import { redactionOf } from './redaction.ts'
import { countsOf, type SnapshotData } from './save.ts'

/** What a snapshot holds. @throws {Failure} for a file that is no snapshot, or was changed. */
export async function showSnapshot({ file }: { file: string }): Promise<Report<SnapshotData>> {
  const saved = await readSnapshot(file)
  const { digest, takenAt, environment, regions } = saved
  return {
    kind: 'SnapshotResult',
    environment,
    regions: regions.map(({ region }) => region),
    inputs: { snapshot: digest },
    data: { file, digest, takenAt, redacted: redactionOf(saved), regions: regions.map(countsOf) },
  }
}
