import { z } from 'zod'
import { label, positive } from './scalars.ts'

export const degradationLevels = ['full', 'reduced', 'predefined', 'basic', 'fallback'] as const
export const components = ['llm', 'asr', 'tts', 'sfu', 'conductor', 'evaluation', 'network', 'all'] as const

const levelName = z.enum(degradationLevels)

const level = z.strictObject({
  levelNumber: z.int().min(1).max(5).describe('1 is full capability, 5 the last fallback'),
  title: z.string().min(1).describe('what the candidate gets'),
  speech: z.enum(['realTime', 'none']).describe('whether speech works'),
  questions: z.enum(['llm', 'predefined', 'none']).describe('where questions come from'),
  scoring: z.enum(['llm', 'manual', 'none']).describe('who scores'),
})

const transition = z.strictObject({
  from: levelName.describe('level before'),
  to: levelName.describe('level after'),
  on: z.string().min(1).describe('the failure that leads down'),
  component: z.enum(components).optional().describe('the component whose failure it is'),
})

const degradationTrigger = z.strictObject({
  component: z.enum(components).describe('what fails'),
  when: z.string().min(1).describe('the condition, in words'),
  metric: z
    .enum(['responseMs', 'accuracyPercent'])
    .optional()
    .describe('what is measured, where the condition is a number'),
  above: positive.optional().describe('fires above this value'),
  below: positive.optional().describe('fires below this value'),
  measuredBy: z.string().min(1).optional().describe('where the measured number comes from'),
  action: z.string().min(1).describe('what is done'),
  level: levelName.optional().describe('the level that the action amounts to, where it is one'),
})

/** What is given up, in which order, when parts fail. */
export const degradation = z.strictObject({
  levels: z
    .strictObject({
      full: level.describe('nothing is given up'),
      reduced: level.describe('scores are given by people'),
      predefined: level.describe('questions are fixed as well'),
      basic: level.describe('speech is given up as well'),
      fallback: level.describe('the interview is moved to another day'),
    })
    .describe('the rungs of the ladder, with what each one can do'),
  transitions: z.record(label, transition).describe('the arrows of the ladder'),
  triggers: z.record(label, degradationTrigger).describe('component failure and the action it leads to'),
})
