import type { Specification } from '../../spec/schema/specification.ts'
import type { Container } from '../pod.ts'
import type { Scratch } from './scratch-space.ts'

export const livekitConfigName = 'sfu-livekit'
export const livekitConfigKey = 'livekit.json'

const folder = '/etc/livekit'
const certificateFolder = '/etc/livekit-turn'

/** A media server is LiveKit: where it finds its configuration and its certificate. */
export function mediaFiles({ media }: Specification): Scratch {
  return {
    volumes: [
      { name: 'livekit', configMap: { name: livekitConfigName } },
      { name: 'turn-certificate', secret: { secretName: media.certificateSecret } },
    ],
    volumeMounts: [
      { name: 'livekit', mountPath: folder, readOnly: true },
      { name: 'turn-certificate', mountPath: certificateFolder, readOnly: true },
    ],
  }
}

export const mediaArguments: string[] = ['--config', `${folder}/${livekitConfigKey}`]

export function mediaEnvironment({ media, sessionStore }: Specification): Container['env'] {
  return [
    fromSecret('LIVEKIT_KEYS', media.keysSecret, 'keys'),
    fromSecret('REDIS_PASSWORD', sessionStore.passwordSecret, 'password'),
    { name: 'LIVEKIT_TURN_CERT', value: `${certificateFolder}/tls.crt` },
    { name: 'LIVEKIT_TURN_KEY', value: `${certificateFolder}/tls.key` },
  ]
}

function fromSecret(variable: string, name: string, key: string): Container['env'][number] {
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } }
}
