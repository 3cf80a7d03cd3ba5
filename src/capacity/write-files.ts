import { capacityCsv } from '../report/capacity-csv.ts'
import { writeReportFile } from '../report-file.ts'
import type { Platform } from '../spec/platform.ts'
import type { CapacityData } from './data.ts'
import type { CapacityModel } from './horizon.ts'
import { plannedRows, storageByMonth } from './over-time.ts'

/**
 * Writes the plan to the files that were asked for. What draws the page is loaded only where there is one.
 * @returns their names.
 */
export async function writeFiles(
  { html, csv }: { html: string | undefined; csv: string | undefined },
  data: CapacityData,
  { model, platform }: { model: CapacityModel; platform: Platform },
): Promise<string[]> {
  if (csv !== undefined) await writeReportFile(csv, capacityCsv(data))
  if (html !== undefined) {
    const { capacityPage } = await import('../report/capacity-page.ts')
    const text = capacityPage({
      data,
      rows: plannedRows(model),
      storage: storageByMonth(model),
      environment: platform.environment,
      configDigest: platform.digest,
    })
    await writeReportFile(html, text)
  }
  return [csv, html].filter((file) => file !== undefined)
}
