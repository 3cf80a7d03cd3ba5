import { capacityEvents } from './capacity-events.ts'
import { degradeEvents } from './degrade-events.ts'
import { deployEvents } from './deploy-events.ts'
import { engineEvents } from './engine-events.ts'
import { lockEvents } from './lock-events.ts'
import { runEvents } from './run-events.ts'
import { sandboxEvents } from './sandbox-events.ts'
import { simulateEvents } from './simulate-events.ts'
import { statusEvents } from './status-events.ts'
import { stepEvents } from './step-events.ts'
import { toolchainEvents } from './toolchain-events.ts'
import type { EventDefinition } from './define.ts'

/** Everything `iv` can report while it works. The reference page is generated from here. */
export const registry = {
  ...capacityEvents,
  ...degradeEvents,
  ...deployEvents,
  ...engineEvents,
  ...lockEvents,
  ...runEvents,
  ...sandboxEvents,
  ...simulateEvents,
  ...statusEvents,
  ...stepEvents,
  ...toolchainEvents,
}

export type EventId = keyof typeof registry
export type Payload<I extends EventId> =
  (typeof registry)[I] extends EventDefinition<infer P> ? P & object : never

/** The line a person reads. */
export function textOf<I extends EventId>(id: I, data: Payload<I>): string {
  const definition = registry[id] as EventDefinition<Payload<I>>
  return definition.text(data)
}

/** Whether it takes the place of the one before, in a view that can be redrawn. */
export function isPicture(id: EventId): boolean {
  const definition: EventDefinition<never> = registry[id]
  return definition.picture === true
}

export function levelOf(id: EventId): EventDefinition<never>['level'] {
  return registry[id].level
}
