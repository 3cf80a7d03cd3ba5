import { poolsOfRole } from '../tiers.ts'
import { scaledObject } from './scaled-object.ts'
import { scalingFidelity } from './scaling.ts'
import type { SystemContext, SystemPlan } from './system-plan.ts'

/** Speech recognition and synthesis scale on what waits for a worker. */
export function planSpeech(context: SystemContext): SystemPlan | undefined {
  if (!poolsOfRole(context.identity.role).includes('asr')) return undefined
  const asr = scaledObject(context, 'speech', 'asr')
  const tts = scaledObject(context, 'speech', 'tts')
  return {
    name: 'speech',
    component: 'iv:system:Speech',
    objects: [asr, tts],
    fidelity: [
      scalingFidelity(context, { row: 'ASR Workers', pool: 'asr', object: asr }),
      scalingFidelity(context, { row: 'TTS Workers', pool: 'tts', object: tts }),
    ],
    findings: [],
  }
}
