import { namespaceName } from '../names.ts'
import { speechProvidersName } from '../rules/policy-files.ts'
import { poolsOfRole, tierOf } from '../tiers.ts'
import { type WorkName, workOf } from '../work.ts'
import { configMap } from './config-map.ts'
import { jsonDocument } from './json.ts'
import { mostNodes, nodePool } from './node-pool.ts'
import { scaledObject } from './scaled-object.ts'
import { scalingFidelity } from './scaling.ts'
import { idOf, type SystemContext, type SystemPlan } from './system-plan.ts'

/** Speech recognition and synthesis scale on what waits for a worker, and a second engine stands by for both. */
export function planSpeech(context: SystemContext): SystemPlan | undefined {
  if (!poolsOfRole(context.identity.role).includes('asr')) return undefined
  const asr = scaledObject(context, 'speech', 'asr')
  const tts = scaledObject(context, 'speech', 'tts')
  const providers = configMap(
    context,
    { system: 'speech', name: speechProvidersName, reader: 'conductor' },
    { 'providers.json': speechProviders(context) },
  )
  return {
    name: 'speech',
    component: 'iv:system:Speech',
    objects: [speechNodes(context), providers, asr, tts],
    fidelity: [
      scalingFidelity(context, { row: 'ASR Workers', pool: 'asr', object: asr }),
      scalingFidelity(context, { row: 'TTS Workers', pool: 'tts', object: tts }),
      {
        demand: 'Component Failure Handling: check fallback providers, switch to fallback ASR',
        carried: 'exact',
        objects: [idOf(providers), { kind: 'Deployment', name: 'fallback-speech' }],
        reason:
          'the conductor reads the providers in order; when it turns to the next one is said in its resilience document',
      },
    ],
    findings: [],
  }
}

/** In the order in which they are tried. What comes after the last one is the ladder's: text. */
function speechProviders({ platform, identity }: SystemContext): string {
  const provider = (name: WorkName) => ({
    name,
    host: `${name}.${namespaceName(identity.platform, tierOf(name))}.svc`,
    port: workOf(platform.specification, name).port,
  })
  return jsonDocument({
    recognition: [provider('asr'), provider('fallback-speech')],
    synthesis: [provider('tts'), provider('fallback-speech')],
  })
}

function speechNodes(context: SystemContext) {
  const { pools } = context.platform.specification
  return nodePool(context, {
    system: 'speech',
    shape: pools.asr.nodeShape,
    capacityTypes: ['reserved', 'on-demand'],
    nodes: mostNodes(context, pools.asr.nodeShape),
    consolidateAfter: '5m',
    budgets: [{ nodes: '10%' }],
    graceSeconds:
      Math.max(pools.asr.terminationGrace.secondsCeil, pools.tts.terminationGrace.secondsCeil) + 60,
  })
}
