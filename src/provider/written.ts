import type { JsonObject } from '../cluster/cluster.ts'
import type { Properties } from './values.ts'

export interface CreateInput {
  urn: string
  inputs: Properties
  timeoutS: number
  preview: boolean
}

export interface Written {
  id: string
  state: JsonObject
}
