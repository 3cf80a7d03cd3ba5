import type { Specification } from '../../../spec/schema/specification.ts'
import { jsonDocument } from '../json.ts'

/**
 * What a candidate may send, by quality. Whoever hands out access to a session reads them: the sources are part of the
 * grant, which the media server enforces and which can be changed in a running session; the rest is for the client.
 * The ladder's flag `audio-only` chooses the last one, `reduced-video` the second.
 */
export function mediaProfiles({ media }: Specification): string {
  const adaptive = { adaptiveStream: true, dynacast: true, simulcast: true }
  return jsonDocument({
    profiles: {
      full: { canPublishSources: ['camera', 'microphone'], videoKbps: media.fullVideoKbps, ...adaptive },
      'reduced-video': {
        canPublishSources: ['camera', 'microphone'],
        videoKbps: media.reducedVideoKbps,
        ...adaptive,
      },
      'audio-only': { canPublishSources: ['microphone'] },
    },
    choice: [
      { flag: 'audio-only', profile: 'audio-only' },
      { flag: 'reduced-video', profile: 'reduced-video' },
    ],
    otherwise: 'full',
  })
}
